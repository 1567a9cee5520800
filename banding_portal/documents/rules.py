"""Whether a file is a document the portal takes, by what is in it and never by its name alone."""

import io
import zipfile
from pathlib import PurePath

from banding_portal.documents.choices import DocumentType
from banding_portal.files.limits import MEGABYTE
from banding_portal.refusals import RefusalError

MAX_BYTES = 10 * MEGABYTE
MAX_PARTS = 2_000
MAX_UNPACKED = 200 * MEGABYTE
ACCEPTED = (".pdf", ".docx", ".jpg", ".jpeg", ".png")
WHAT_IS_TAKEN = "a PDF, a Word document (.docx) or a picture (JPEG or PNG)"
EMPTY = "The file is empty. Choose one with something in it."
TOO_LARGE = f"The file is larger than {MAX_BYTES // MEGABYTE} MB. Choose a smaller one"
OTHER_TYPE = f"This type of file cannot be sent. Choose {WHAT_IS_TAKEN}"
ENCRYPTED = "The file is protected with a password. Remove the password and send it again"
WITH_MACROS = "The Word document has macros in it. Save it as a plain .docx and send that"
WITH_PROGRAM = "The Word document has a program in it. Save it as a plain .docx and send that"
PROGRAMS = (".exe", ".dll", ".com", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".scr", ".jar", ".msi")
OLD_WORD = "The file is an old Word document (.doc). Save it as .docx or PDF and send that"
DAMAGED = "The file is damaged or was cut short. Save it again and send the new one"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
STARTS = {
    b"%PDF-": DocumentType.PDF,
    b"\xff\xd8\xff": DocumentType.JPEG,
    b"\x89PNG\r\n\x1a\n": DocumentType.PNG,
    b"PK\x03\x04": DocumentType.WORD,
}
ENDS = {
    DocumentType.PDF: b"%%EOF",
    DocumentType.JPEG: b"\xff\xd9",
    DocumentType.PNG: b"IEND\xaeB`\x82",
}
"""What stands near the end of a whole file."""
TAIL = 2_048
OTHER_NAMES = {".jpeg": DocumentType.JPEG}


def type_of(filename: str, content: bytes) -> DocumentType:
    """The type of a document. Raises RefusalError with a sentence for any other file."""
    if not content:
        raise RefusalError(EMPTY, field="file")
    if len(content) > MAX_BYTES:
        raise RefusalError(TOO_LARGE, field="file")
    if content.startswith(OLE):
        raise RefusalError(ENCRYPTED if LOCKED_STREAM in content else OLD_WORD, field="file")
    found = next((kind for start, kind in STARTS.items() if content.startswith(start)), None)
    if found is None:
        raise RefusalError(OTHER_TYPE, field="file")
    if found == DocumentType.WORD:
        check_word(content)
    elif ENDS[found] not in content[-TAIL:]:
        raise RefusalError(DAMAGED, field="file")
    check_name(filename, found)
    return found


def check_name(filename: str, found: DocumentType) -> None:
    """A name that says otherwise is a slip, or was meant to mislead."""
    ending = PurePath(filename.lower()).suffix
    if ending not in {found.ending, *(name for name, kind in OTHER_NAMES.items() if kind == found)}:
        said = f"The file is named “{ending or 'without an ending'}”, but it holds {found.label}"
        raise RefusalError(f"{said}. Give it the ending {found.ending}", field="file")


def check_word(content: bytes) -> None:
    """A zip with a Word document in it, without macros, that unpacks to a bearable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as problem:
        raise RefusalError(DAMAGED, field="file") from problem
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    if "word/document.xml" not in names or "[content_types].xml" not in names:
        raise RefusalError(OTHER_TYPE, field="file")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise RefusalError(WITH_MACROS, field="file")
    if any(name.endswith(PROGRAMS) for name in names):
        raise RefusalError(WITH_PROGRAM, field="file")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise RefusalError(TOO_LARGE, field="file")
