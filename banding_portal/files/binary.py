"""Formulas, errors of Excel and passwords in old (.xls) and binary (.xlsb) workbooks. Pure.

The library that reads them shows a formula as its last result and an error as a blank cell; a
file with either is refused (rules.md T5). Only what says so is looked at, nothing is understood.
"""

import struct
from collections.abc import Iterator

from banding_portal.files.limits import DAMAGED, RefusedFileError

FORMULAS = (
    "The file holds formulas or errors such as #REF!, which can only be told cell by cell in an "
    "Excel workbook (.xlsx). Save it as one and upload that."
)
LOCKED = (
    "The file is protected with a password. In Excel choose File, Info, Protect Workbook, "
    "Encrypt with Password, empty the box and save."
)
LONGEST_CHAIN = 20_000
END_OF_CHAIN = 0xFFFFFFFA
FORMULA_RECORDS, ERROR_RECORD, LOCKED_RECORD = (0x0006, 0x0206, 0x0406), 0x0205, 0x002F
BINARY_FORMULAS, BINARY_ERROR = (8, 9, 10, 11), 3


def check_old_workbook(content: bytes) -> None:
    """Raises RefusedFileError for an .xls file with a password, a formula or an error."""
    try:
        for kind, data in old_records(workbook_stream(content)):
            if kind == LOCKED_RECORD:
                raise RefusedFileError(LOCKED)
            if kind in FORMULA_RECORDS or (kind == ERROR_RECORD and data[7:8] == b"\1"):
                raise RefusedFileError(FORMULAS)
    except (struct.error, IndexError) as error:
        raise RefusedFileError(DAMAGED) from error


def old_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record of the stream."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def workbook_stream(content: bytes) -> bytes:
    """The stream with the cells out of the container that old workbooks are."""
    sector = 1 << struct.unpack_from("<H", content, 30)[0]
    if sector not in (512, 4096):
        raise RefusedFileError(DAMAGED)
    table = sector_table(content, sector)
    directory = chained(content, sector, table, struct.unpack_from("<I", content, 48)[0])
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, size = struct.unpack_from("<II", directory, at + 116)
            return chained(content, sector, table, start)[:size]
    raise RefusedFileError(DAMAGED)


def sector_table(content: bytes, sector: int) -> list[int]:
    """The sector that follows each one. Only what 109 parts of it hold: 7 MB, more than a file."""
    parts = struct.unpack_from("<109I", content, 76)
    table: list[int] = []
    for part in parts:
        if part >= END_OF_CHAIN:
            break
        data = content[(part + 1) * sector : (part + 2) * sector]
        table += struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
    return table


def chained(content: bytes, sector: int, table: list[int], start: int) -> bytes:
    pieces: list[bytes] = []
    while start < END_OF_CHAIN:
        if len(pieces) > LONGEST_CHAIN:
            raise RefusedFileError(DAMAGED)
        pieces.append(content[(start + 1) * sector : (start + 2) * sector])
        start = table[start]
    return b"".join(pieces)


def check_binary_sheet(part: bytes, most: int) -> bool:
    """Whether a sheet of an .xlsb file has no more than so many records.

    Raises RefusedFileError where one of them is a formula or an error.
    """
    at = count = 0
    while at < len(part):
        kind, at = number_at(part, at, 2)
        length, at = number_at(part, at, 4)
        if kind in BINARY_FORMULAS or kind == BINARY_ERROR:
            raise RefusedFileError(FORMULAS)
        at += length
        count += 1
        if count > most:
            return False
    return True


def number_at(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where the next begins."""
    number = 0
    for place in range(longest):
        byte = part[at + place] if at + place < len(part) else 0
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, at + place + 1
    return number, at + longest
