"""What the parts of a workbook may be: no macros, no links to elsewhere, no DOCTYPE."""

import re
from pathlib import PurePath

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from banding_portal.files.limits import AS_XLSX, DAMAGED, RefusedFileError

CONTENT_TYPES = "[Content_Types].xml"
XML_ENDINGS = (".xml", ".rels", ".vml")
MAX_SMALL_PART = 2 * 1024 * 1024
OVERLAP = 64
WORDS = ("<!DOCTYPE", "<!ENTITY")
FORBIDDEN = re.compile(
    b"|".join(
        re.escape(word.encode(encoding))
        for word in WORDS
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ),
    re.IGNORECASE,
)
ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
READABLE = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
MACROS = f"The file holds macros, which are not accepted. {AS_XLSX}"
LINKS = (
    "The file holds links to other files or data sources. In Excel choose Data, Edit Links, "
    "Break Link, and save."
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
    (re.compile(r"vbaproject|/macrosheets/|/activex/|vbadata"), MACROS),
    (re.compile(r"/externallinks/|/connections\.xml|/querytables/|/ddelinks/"), LINKS),
    (re.compile(r"/embeddings/|\.(zip|xlsx|xlsm|xls|docx|exe|jar)$"), EMBEDDED),
)


def check_names(names: list[str]) -> None:
    """Raises RefusedFileError where the names of the parts already say what the file is."""
    if "mimetype" in names and "content.xml" in names:
        raise RefusedFileError(
            "The file is an OpenDocument spreadsheet, whatever its name. "
            "Save it as an Excel workbook (.xlsx)."
        )
    if CONTENT_TYPES not in names:
        raise RefusedFileError(NO_WORKBOOK)
    for mark, sentence in MARKS_OF_NAMES:
        if any(mark.search(f"/{name}".lower()) for name in names):
            raise RefusedFileError(sentence)


def watch_for(name: str) -> "Watch":
    lower = name.lower()
    if lower == CONTENT_TYPES.lower():
        return ContentTypesWatch()
    if lower.endswith(".rels"):
        return RelationshipsWatch()
    return XmlWatch() if PurePath(lower).suffix in XML_ENDINGS else Watch()


class Watch:
    """Looks at a part as it is unpacked: no file of its own, no DOCTYPE, no entity.

    A relationship may call any part a sheet, so what a part is named exempts it from nothing.
    """

    tail = b""
    started = False

    def look_at(self, chunk: bytes) -> None:
        if not self.started:
            self.look_at_start(chunk)
        if FORBIDDEN.search(self.tail + chunk):
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
        if any("macroenabled" in each or "vbaproject" in each for each in types):
            raise RefusedFileError(MACROS)
        if not any(each.endswith("spreadsheetml.sheet.main+xml") for each in types):
            raise RefusedFileError(NO_WORKBOOK)


class RelationshipsWatch(SmallXmlWatch):
    """Web and mail addresses typed into a cell are harmless; other outside targets are not."""

    def finish(self) -> None:
        for each in self.elements("Relationship"):
            outside = each.get("TargetMode", "").lower() == "external"
            if outside and not each.get("Type", "").endswith("/hyperlink"):
                raise RefusedFileError(LINKS)
