"""A large table in a zip: as it is published, and as it is kept here (rules.md T8).

A zip may hold several tables and words about them; which one is read its first line says. The
table is written to a file of its own and never is in memory as a whole.
"""

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO

from banding_portal.files.archive import MAX_ENTRIES, check_directory_entry, chunks_of
from banding_portal.files.gate import ZIP, check_text
from banding_portal.files.limits import DAMAGED, Limits, RefusedFileError

FIRST = 10_000
"""Bytes in which the headings of a table are looked for."""
BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
NO_TABLE = "There is no .csv file in the zip."
TOO_MANY = f"There are more than {MAX_ENTRIES} files in the zip. Unzip it and upload the one table."


def packed(filename: str, chunks: Iterable[bytes]) -> bytes:
    """A zip with this file, put together as it comes in."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        entry = zipfile.ZipInfo(PurePath(filename).name or "table.csv")
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as stream:
            for chunk in chunks:
                stream.write(chunk)
    return out.getvalue()


def first_lines(filename: str, content: bytes) -> dict[str, str]:
    """The first line of each table: of those in a zip, or of the file itself.

    Raises RefusedFileError with a sentence.
    """
    if not content.startswith(ZIP):
        return {filename: first_line(content[:FIRST])}
    with opened(content) as archive:
        found = {}
        for entry in tables_in(archive):
            with archive.open(entry) as stream:
                found[entry.filename] = first_line(stream.read(FIRST))
        return found


def first_line(start: bytes) -> str:
    return start.decode("utf-8-sig", errors="replace").partition("\n")[0].strip()


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except RefusedFileError:
        raise
    except BAD_ZIP as error:
        raise RefusedFileError(DAMAGED) from error


def tables_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise RefusedFileError(TOO_MANY)
    found = [each for each in entries if each.filename.lower().endswith(".csv")]
    if not found:
        raise RefusedFileError(NO_TABLE)
    for entry in found:
        check_directory_entry(entry)
    return found


@contextmanager
def unpacked(content: bytes, name: str, limits: Limits) -> Iterator[IO[bytes]]:
    """The table of this name, or the only one, looked through and written to a file.

    Raises RefusedFileError with a sentence.
    """
    if len(content) > limits.max_bytes:
        raise RefusedFileError(limits.too_large)
    with tempfile.TemporaryFile() as file:
        with opened(content) as archive:
            tables = tables_in(archive)
            entry = next((each for each in tables if each.filename == name), tables[0])
            if entry.file_size > limits.max_unpacked:
                raise RefusedFileError(limits.too_much_unpacked)
            for chunk in chunks_of(archive, entry):
                if file.tell() + len(chunk) > limits.max_unpacked:
                    raise RefusedFileError(limits.too_much_unpacked)
                check_text(chunk, ".csv")
                file.write(chunk)
        file.seek(0)
        yield file
