"""The zip around a workbook: its directory first, then what it really unpacks to.

Sizes in a directory can lie, so they are checked as stated and again while inflating; nothing
is kept of a part but the few bytes at the border of two chunks.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from banding_portal.files import parts
from banding_portal.files.limits import DAMAGED, Limits, RefusedFileError

MAX_ENTRIES = 500
MAX_STYLES = 70_000
"""Excel itself holds 65,490 in a workbook; each takes the careful reader time and memory."""
CHUNK = 256 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED_FLAG = 0x1
NOT_EXCEL_MADE = (
    "The file was not put together the way Excel does it ({}). Open it in Excel and save it again."
)


def check_archive(content: bytes, limits: Limits) -> str:
    """Which kind of workbook it is, as the ending such files have.

    Raises RefusedFileError for an archive that is not a plain, honest workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            check_directory(entries, limits)
            kind = parts.kind_by_names([entry.filename for entry in entries])
            unpack_to_nowhere(archive, limits)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise RefusedFileError(DAMAGED) from error
    except (RuntimeError, ValueError, UnicodeError) as error:
        if isinstance(error, RefusedFileError):
            raise
        raise RefusedFileError(DAMAGED) from error


def unpack_to_nowhere(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Every part is looked at, and its real size and its tags are counted."""
    unpacked = tags = styles = 0
    for entry in archive.infolist():
        watch = parts.watch_for(entry.filename, limits)
        for chunk in chunks_of(archive, entry):
            unpacked += len(chunk)
            tags += chunk.count(b"<")
            styles += chunk.count(b"<xf") + chunk.count(b":xf")
            if unpacked > limits.max_unpacked or tags > limits.max_tags or styles > MAX_STYLES:
                raise RefusedFileError(limits.too_much_unpacked)
            watch.look_at(chunk)
        watch.finish()


def check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > MAX_ENTRIES:
        raise RefusedFileError(NOT_EXCEL_MADE.format(f"more than {MAX_ENTRIES} parts"))
    if sum(entry.file_size for entry in entries) > limits.max_unpacked:
        raise RefusedFileError(limits.too_much_unpacked)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise RefusedFileError(NOT_EXCEL_MADE.format("two parts have the same name"))
    for entry in entries:
        check_directory_entry(entry)


def check_directory_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED_FLAG:
        raise RefusedFileError(
            "The file is protected with a password. Remove the password and save."
        )
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or "\0" in name or ":" in name:
        raise RefusedFileError(NOT_EXCEL_MADE.format("a part’s name points outside the file"))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedFileError(NOT_EXCEL_MADE.format("a part is a link"))
    if entry.compress_type not in METHODS:
        raise RefusedFileError(NOT_EXCEL_MADE.format("an unknown compression"))


def chunks_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
