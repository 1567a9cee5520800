"""What the parts of a workbook may be: no macros, no links to elsewhere, no DOCTYPE.

Of an OpenDocument or binary workbook also no formula, for the library shows only its last result.
"""

import re
from pathlib import PurePath

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from banding_portal.files.binary import FORMULAS, check_binary_sheet
from banding_portal.files.limits import AS_XLSX, DAMAGED, Limits, RefusedFileError

CONTENT_TYPES = "[Content_Types].xml"
OPEN_DOCUMENT = "content.xml"
BINARY_TYPE = "application/vnd.ms-excel.sheet.binary.macroenabled.main"
"""Every .xlsb file is called so, whether or not it has macros."""
WORKBOOK_TYPES = (
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.binary.macroenabled.main",
)
XML_ENDINGS = (".xml", ".rels", ".vml")
MAX_SMALL_PART = 2 * 1024 * 1024
OVERLAP = 64


def in_any_letters(*words: str) -> re.Pattern[bytes]:
    encoded = (word.encode(each) for word in words for each in ("utf-8", "utf-16-le", "utf-16-be"))
    return re.compile(b"|".join(map(re.escape, encoded)), re.IGNORECASE)


FORBIDDEN, ENTITY = in_any_letters("<!DOCTYPE", "<!ENTITY"), in_any_letters("<!ENTITY")
ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
READABLE = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
MACROS = f"The file holds macros, which are not accepted. {AS_XLSX}"
CONNECTIONS = (
    "The file holds connections to other data. In Excel choose Data, Queries & Connections, "
    "delete each of them, and save."
)
LINKS = (
    "The file holds links to other files or data sources. In Excel choose Data, Edit Links, "
    "Break Link, and save."
)
LOCKED_DOCUMENT = (
    "The file is protected with a password. In LibreOffice choose File, Save As, take away the "
    "tick at “Save with password” and save."
)
EMBEDDED = "The file holds other files inside it. Remove them and save."
NO_WORKBOOK = f"The file is named .xlsx but is not an Excel workbook. {AS_XLSX}"
DOCTYPE = (
    "The file holds a document type definition, which Excel never writes and which can do harm. "
    "Open it in Excel and save it again."
)
UNKNOWN_TEXT = (
    "The file is written in a text encoding that Excel does not use. Open it in Excel and save it "
    "again."
)
MARKS_OF_NAMES = (
    (re.compile(r"vbaproject|/macrosheets/|/activex/|vbadata|^/basic/|^/scripts/"), MACROS),
    (re.compile(r"/externallinks/|/ddelinks/"), LINKS),
    (re.compile(r"/connections\.(xml|bin)|/querytables/"), CONNECTIONS),
    (re.compile(r"/embeddings/|\.(zip|xlsx|xlsm|xls|docx|exe|jar)$"), EMBEDDED),
)


def kind_by_names(names: list[str]) -> str:
    """Which kind of workbook has parts of these names, as the ending such files have.

    Raises RefusedFileError where the names already say what else the file is.
    """
    for mark, sentence in MARKS_OF_NAMES:
        if any(mark.search(f"/{name}".lower()) for name in names):
            raise RefusedFileError(sentence)
    if OPEN_DOCUMENT in names and "mimetype" in names:
        return ".ods"
    if CONTENT_TYPES not in names:
        raise RefusedFileError(NO_WORKBOOK)
    return ".xlsb" if "xl/workbook.bin" in map(str.lower, names) else ".xlsx"


def watch_for(name: str, limits: Limits) -> "Watch":
    lower = name.lower()
    if lower == CONTENT_TYPES.lower():
        return ContentTypesWatch()
    if name == OPEN_DOCUMENT:
        return OpenDocumentWatch()
    if lower == "meta-inf/manifest.xml":
        return ManifestWatch()
    if lower.endswith(".rels"):
        return RelationshipsWatch()
    if lower.startswith("xl/worksheets/") and lower.endswith(".bin"):
        return BinarySheetWatch(limits)
    if lower.startswith("customxml/"):
        return WideXmlWatch()
    if lower.startswith("xl/media/") and lower.endswith(".svg"):
        return PictureWatch()
    return XmlWatch() if PurePath(lower).suffix in XML_ENDINGS else Watch()


class Watch:
    """Looks at a part as it is unpacked: no file of its own, no DOCTYPE, no entity.

    A relationship may call any part a sheet, so what a part is named exempts it from nothing.
    """

    tail = b""
    started = False
    forbidden = FORBIDDEN

    def look_at(self, chunk: bytes) -> None:
        if not self.started:
            self.look_at_start(chunk)
        if self.forbidden.search(self.tail + chunk):
            raise RefusedFileError(DOCTYPE)
        self.started = True
        self.tail = chunk[-OVERLAP:]

    def look_at_start(self, start: bytes) -> None:
        if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise RefusedFileError(EMBEDDED)
        declared = ENCODING.search(start[:400])
        if declared and declared.group(1).lower() not in READABLE:
            raise RefusedFileError(UNKNOWN_TEXT)

    def finish(self) -> None:
        """Called when the whole part has been seen."""


class XmlWatch(Watch):
    """A part named as XML: UTF-8 and nothing else."""

    def look_at_start(self, start: bytes) -> None:
        super().look_at_start(start)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start[:8]:
            raise RefusedFileError(UNKNOWN_TEXT)


class WideXmlWatch(Watch):
    """Power Query writes its own parts in UTF-16. A DOCTYPE is found in it all the same."""

    def look_at_start(self, start: bytes) -> None:
        if not start.startswith((b"\xff\xfe", b"\xfe\xff")):
            super().look_at_start(start)


class PictureWatch(XmlWatch):
    """An icon may have the DOCTYPE of its kind, which brings nothing in; but no entity."""

    forbidden = ENTITY


class OpenDocumentWatch(XmlWatch):
    """The sheets of an .ods file. Formulas and macros stand there in plain words."""

    def look_at(self, chunk: bytes) -> None:
        together = self.tail + chunk
        super().look_at(chunk)
        if b"table:formula=" in together:
            raise RefusedFileError(FORMULAS)
        if b"script:event-listener" in together:
            raise RefusedFileError(MACROS)
        if b"table:dde-link" in together or b"table:cell-range-source" in together:
            raise RefusedFileError(LINKS)


class ManifestWatch(XmlWatch):
    """Of an .ods file: it says whether the others are locked."""

    def look_at(self, chunk: bytes) -> None:
        if b"encryption-data" in self.tail + chunk:
            raise RefusedFileError(LOCKED_DOCUMENT)
        super().look_at(chunk)


class BinarySheetWatch(Watch):
    """A sheet of an .xlsb file."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.content = bytearray()

    def look_at(self, chunk: bytes) -> None:
        super().look_at(chunk)
        self.content += chunk

    def finish(self) -> None:
        if not check_binary_sheet(bytes(self.content), self.limits.max_tags):
            raise RefusedFileError(self.limits.too_much_unpacked)


class SmallXmlWatch(XmlWatch):
    """An XML part that is kept, to be understood at the end."""

    def __init__(self) -> None:
        self.content = bytearray()

    def look_at(self, chunk: bytes) -> None:
        super().look_at(chunk)
        self.content += chunk
        if len(self.content) > MAX_SMALL_PART:
            raise RefusedFileError(DAMAGED)

    def elements(self, kind: str) -> list[dict[str, str]]:
        """Attributes of the elements of this name, in any namespace."""
        try:
            root = fromstring(bytes(self.content), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise RefusedFileError(DAMAGED) from error
        return [dict(each.attrib) for each in root.iter() if each.tag.endswith("}" + kind)]


class ContentTypesWatch(SmallXmlWatch):
    def finish(self) -> None:
        every = self.elements("Override") + self.elements("Default")
        types = [each.get("ContentType", "").lower() for each in every]
        others = [each for each in types if each != BINARY_TYPE]
        if any("macroenabled" in each or "vbaproject" in each for each in others):
            raise RefusedFileError(MACROS)
        if not any(each.endswith(WORKBOOK_TYPES) for each in types):
            raise RefusedFileError(NO_WORKBOOK)


class RelationshipsWatch(SmallXmlWatch):
    """Web and mail addresses typed into a cell are harmless; other outside targets are not."""

    def finish(self) -> None:
        for each in self.elements("Relationship"):
            outside = each.get("TargetMode", "").lower() == "external"
            if outside and not each.get("Type", "").endswith("/hyperlink"):
                raise RefusedFileError(LINKS)
