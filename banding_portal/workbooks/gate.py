"""The gate every spreadsheet passes before anything is parsed (rules.md T8).

It looks at the name, the first bytes, the directory of the zip and the raw bytes of its parts,
in bounded memory, and refuses with a sentence of its own for each reason.
"""

from enum import StrEnum
from pathlib import PurePath

from banding_portal.workbooks.archive import check_archive
from banding_portal.workbooks.refusals import AS_XLSX, MAX_BYTES, RefusedFile

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHER_NAMES = {
    ".xls": f"The file is an old Excel workbook (.xls). {AS_XLSX}",
    ".xlsm": f"The file is a workbook with macros (.xlsm). {AS_XLSX}",
    ".xlsb": f"The file is a binary workbook (.xlsb). {AS_XLSX}",
    ".ods": "The file is an OpenDocument spreadsheet (.ods). Save it as an Excel workbook (.xlsx).",
}


class FileKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


def check_file(filename: str, content: bytes) -> FileKind:
    """Say which kind of file this is, once nothing speaks against opening it.

    Raises RefusedFile with a sentence for the person.
    """
    kind = kind_by_name(filename)
    if not content:
        raise RefusedFile("The file is empty.")
    if len(content) > MAX_BYTES:
        raise RefusedFile(
            f"The file is larger than {MAX_BYTES // 1024**2} MB. "
            "Remove pictures and sheets that are not part of the template."
        )
    check_not_old(content)
    if kind == FileKind.CSV:
        check_csv(content)
    else:
        check_xlsx(content)
    return kind


def kind_by_name(filename: str) -> FileKind:
    suffix = PurePath(filename.lower()).suffix
    try:
        return FileKind(suffix.removeprefix("."))
    except ValueError:
        general = "Choose an Excel workbook (.xlsx) or a .csv file. This is neither."
        raise RefusedFile(OTHER_NAMES.get(suffix, general)) from None


def check_not_old(content: bytes) -> None:
    """Old workbooks and password-protected ones share a container, whatever their name."""
    if not content.startswith(OLE):
        return
    if ENCRYPTED_STREAM in content:
        raise RefusedFile(
            "The file is protected with a password. In Excel choose File, Info, Protect Workbook, "
            "Encrypt with Password, empty the box and save."
        )
    raise RefusedFile(OTHER_NAMES[".xls"])


def check_csv(content: bytes) -> None:
    if content.startswith(ZIP):
        raise RefusedFile("The file is named .csv but is not one. Give it its own ending, .xlsx.")
    if content.startswith(BYTE_ORDER_MARKS):
        raise RefusedFile("The file is Unicode text. Save it as “CSV UTF-8 (.csv)”.")
    if b"\0" in content:
        raise RefusedFile("The file is not a .csv file, whatever its name. Save it as CSV again.")


def check_xlsx(content: bytes) -> None:
    if not content.startswith(ZIP):
        raise RefusedFile(f"The file is named .xlsx but is not an Excel workbook. {AS_XLSX}")
    check_archive(content)
