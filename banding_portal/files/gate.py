"""The gate every file passes before anything is parsed (rules.md T8).

It looks at the name, the first bytes, the directory of the zip and the raw bytes of its parts,
in bounded memory, and refuses with a sentence of its own for each reason.
"""

import re
from contextlib import suppress
from pathlib import PurePath

from banding_portal.files.archive import check_archive
from banding_portal.files.limits import AS_XLSX, Limits, RefusedFileError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Characters no text has: a workbook, a picture or a PDF has them at once.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
OTHER_NAMES = {
    ".xls": f"The file is an old Excel workbook (.xls). {AS_XLSX}",
    ".xlsm": f"The file is a workbook with macros (.xlsm). {AS_XLSX}",
    ".xlsb": f"The file is a binary workbook (.xlsb). {AS_XLSX}",
    ".ods": "The file is an OpenDocument spreadsheet (.ods). Save it as an Excel workbook (.xlsx).",
}


def check_file(filename: str, content: bytes, limits: Limits) -> str:
    """The ending of the file's name, once nothing speaks against opening it.

    Raises RefusedFileError with a sentence for the person.
    """
    ending = check_name(filename, limits)
    if not content:
        raise RefusedFileError("The file is empty.")
    if len(content) > limits.max_bytes:
        raise RefusedFileError(limits.too_large)
    check_not_old(content)
    if ending == ".xlsx":
        if not content.startswith(ZIP):
            raise RefusedFileError(
                f"The file is named .xlsx but is not an Excel workbook. {AS_XLSX}"
            )
        check_archive(content, limits)
    else:
        check_text(content, ending)
    return ending


def check_name(filename: str, limits: Limits) -> str:
    """The ending of a name that a file of this kind may have; raises RefusedFileError."""
    ending = PurePath(filename.lower()).suffix
    if ending in limits.endings:
        return ending
    if ".xlsx" not in limits.endings:
        raise RefusedFileError(f"Choose a file that ends in {' or '.join(limits.endings)}.")
    general = "Choose an Excel workbook (.xlsx) or a .csv file. This is neither."
    raise RefusedFileError(OTHER_NAMES.get(ending, general))


def check_not_old(content: bytes) -> None:
    """Old workbooks and password-protected ones share a container, whatever their name."""
    if not content.startswith(OLE):
        return
    if ENCRYPTED_STREAM in content:
        raise RefusedFileError(
            "The file is protected with a password. In Excel choose File, Info, Protect Workbook, "
            "Encrypt with Password, empty the box and save."
        )
    raise RefusedFileError(OTHER_NAMES[".xls"])


def check_text(content: bytes, ending: str) -> None:
    if content.startswith(ZIP):
        raise RefusedFileError(
            f"The file is named {ending} but is not one. Give it its own ending."
        )
    if content.startswith(BYTE_ORDER_MARKS):
        content = in_utf_8(content, ending)
    if BINARY.search(content):
        raise RefusedFileError(
            f"The file is not a {ending} file, whatever its name. Save it as one again."
        )


def in_utf_8(content: bytes, ending: str) -> bytes:
    """A .csv file in UTF-16, as Excel saves “Unicode text”; others are not read in it."""
    if ending == ".csv":
        with suppress(UnicodeDecodeError):
            return content.decode("utf-16").encode()
    raise RefusedFileError(f"The file is Unicode text. Save it as “UTF-8 ({ending})”.")
