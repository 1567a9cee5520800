"""The gate every file passes before anything is parsed (rules.md T8).

It looks at the name, the first bytes, the directory of the zip and the raw bytes of its parts,
in bounded memory, and refuses with a sentence of its own for each reason.
"""

import re
from contextlib import suppress
from pathlib import PurePath

from banding_portal.files.archive import check_archive
from banding_portal.files.binary import LOCKED, check_old_workbook
from banding_portal.files.limits import AS_XLSX, SPREADSHEETS, Limits, RefusedFileError
from banding_portal.files.parts import MACROS
from banding_portal.files.reader import wide_letters

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Characters no text has: a workbook, a picture or a PDF has them at once.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
OTHER_NAMES = {
    ".xlsm": f"The file is a workbook with macros (.xlsm). {AS_XLSX}",
    ".xltx": f"The file is a template for new workbooks (.xltx). {AS_XLSX}",
    ".numbers": (
        "The file is from Numbers. In Numbers choose File, Export To, Excel, and upload that file."
    ),
}
OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
OLD_WORKBOOK = re.compile("(Workbook|Book)\0".encode("utf-16-le"))
WEB_PAGE = (
    "The file is a web page or XML with the name of a workbook, as some systems write it. "
    "Open it in Excel and save it as an Excel workbook (.xlsx)."
)


def check_file(filename: str, content: bytes, limits: Limits) -> str:
    """How a file is to be read, as the ending such files have, once nothing speaks against it.

    Raises RefusedFileError with a sentence for the person.
    """
    ending = check_name(filename, limits)
    if not content:
        raise RefusedFileError("The file is empty.")
    if len(content) > limits.max_bytes:
        raise RefusedFileError(limits.too_large)
    if ending in SPREADSHEETS:
        return kind_of_workbook(content, ending, limits)
    check_text(content, ending)
    return ending


def kind_of_workbook(content: bytes, ending: str, limits: Limits) -> str:
    if content.startswith(OLE):
        check_old(content)
        return ".xls"
    if content.startswith(ZIP):
        return check_archive(content, limits)
    start = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")) and ending == ".xls":
        raise RefusedFileError(WEB_PAGE)
    if ending == ".xls" and not start.startswith(b"<"):
        # Many a system gives a list with tabs or commas this name, and Excel opens it.
        check_text(content, ".csv")
        return ".csv"
    raise RefusedFileError(f"The file is named {ending} but is not an Excel workbook. {AS_XLSX}")


def check_name(filename: str, limits: Limits) -> str:
    """The ending of a name that a file of this kind may have; raises RefusedFileError."""
    ending = PurePath(filename.lower()).suffix
    if ending in limits.accepted:
        return ending
    if ".xlsx" not in limits.endings:
        raise RefusedFileError(f"Choose a file that ends in {' or '.join(limits.endings)}.")
    general = "Choose a workbook (.xlsx, .xls, .xlsb or .ods) or a .csv file. This is neither."
    raise RefusedFileError(OTHER_NAMES.get(ending, general))


def check_old(content: bytes) -> None:
    """Old workbooks and password-protected ones share a container, whatever their name."""
    if ENCRYPTED_STREAM in content:
        raise RefusedFileError(LOCKED)
    if OLD_MACROS in content:
        raise RefusedFileError(MACROS)
    if not OLD_WORKBOOK.search(content):
        raise RefusedFileError(f"The file is from another program and is not a workbook. {AS_XLSX}")
    check_old_workbook(content)


def check_text(content: bytes, ending: str) -> None:
    if content.startswith((ZIP, OLE)):
        raise RefusedFileError(
            f"The file is named {ending} but is not one. Give it its own ending."
        )
    if content.startswith(BYTE_ORDER_MARKS) or wide_letters(content):
        content = in_utf_8(content, ending)
    if BINARY.search(content):
        raise RefusedFileError(
            f"The file is not a {ending} file, whatever its name. Save it as one again."
        )


def in_utf_8(content: bytes, ending: str) -> bytes:
    """A .csv file in UTF-16, as Excel saves “Unicode text”; others are not read in it."""
    if ending == ".csv":
        with suppress(UnicodeDecodeError):
            return content.decode(wide_letters(content) or "utf-16").encode()
    raise RefusedFileError(f"The file is Unicode text. Save it as “UTF-8 ({ending})”.")
