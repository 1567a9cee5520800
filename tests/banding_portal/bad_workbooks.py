"""Makes the files of the gate's tests: a plain workbook, and everything wrong with one."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EXTERNAL_LINK = "xl/externalLinks/externalLink1.xml"


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows=(("UPN", "Band"), ("A1", "C"))) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def changed(content: bytes, parts: dict[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """The archive with parts replaced, edited, added, or left out (None)."""
    out = io.BytesIO()
    left = dict(parts)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = left.pop(name, old.read(name))
            if part is not None:
                new.writestr(name, part(old.read(name)) if callable(part) else part)
        for name, part in left.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def with_entry(name, part: bytes = b"x", attributes: int = 0) -> bytes:
    """The archive with one more entry, which may have a name that is there already."""
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = attributes
        archive.writestr(entry, part)
    return out.getvalue()


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def edit(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new)

    return edit


def with_content_type(old: bytes, new: bytes) -> bytes:
    return changed(workbook(), {"[Content_Types].xml": replacing(old, new)})


def with_doctype(encode: str = "utf-8") -> bytes:
    text = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="inlineStr"><is><t>&e;</t></is></c>'
        "</row></sheetData></worksheet>"
    )
    return changed(workbook(), {SHEET: text.encode(encode)})


def renamed_sheet(content: bytes) -> bytes:
    """The sheet under a name that does not say XML; only relationships call it a sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(SHEET)
    return changed(content, {SHEET: None, "xl/media/image1.png": sheet})


def late_doctype() -> bytes:
    """The DOCTYPE across the border of two chunks, after a long comment."""
    start = b"<?xml version='1.0'?><!--"
    return changed(
        workbook(),
        {SHEET: start + b"-" * (256 * 1024 - len(start) - 8) + b"--> <!DOCTYPE x []><x/>"},
    )


def external_relationship() -> bytes:
    part = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/oleObject" Target="file:///c:/secret.doc" TargetMode="External"/>'
        b"</Relationships>"
    )
    return changed(workbook(), {"xl/worksheets/_rels/sheet1.xml.rels": part})


def hyperlink() -> bytes:
    book = Workbook()
    book.active.append(["UPN", "Band"])
    book.active["A2"] = "someone@example.org"
    book.active["A2"].hyperlink = "mailto:someone@example.org"
    return saved(book)


def bomb(megabytes: int) -> bytes:
    """Spaces in a sheet: 60 MB of them are 60 kB packed."""
    return changed(workbook(), {"xl/media/filling.xml": b" " * megabytes * 1024 * 1024})


def blank_rows(number: int) -> bytes:
    """Rows with nothing in them, which are small to pack and slow to read."""
    rows = b"<row></row>" * number
    return changed(workbook(), {SHEET: replacing(b"</sheetData>", rows + b"</sheetData>")})


def many_styles(number: int) -> bytes:
    styles = replacing(b"</cellXfs>", b'<xf numFmtId="0"/>' * number + b"</cellXfs>")
    return changed(workbook(), {"xl/styles.xml": styles})


def lying_bomb() -> bytes:
    """A directory that says 10 bytes for what unpacks to 70 MB."""
    content = bytearray(bomb(70))
    real = struct.pack("<I", 70 * 1024 * 1024)
    while (at := content.find(real)) >= 0:
        content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def many_parts() -> bytes:
    return changed(workbook(), {f"xl/media/{number}.txt": b"x" for number in range(600)})


def far_cell() -> bytes:
    book = Workbook()
    book.active["A1"] = "UPN"
    book.active["XFD1048576"] = "far away"
    return saved(book)


def lying_dimension(reference: bytes) -> bytes:
    return changed(workbook(), {SHEET: replacing(b'ref="A1:B2"', b'ref="' + reference + b'"')})


def strict() -> bytes:
    """As Excel's “Strict Open XML Spreadsheet”: other names, dates as text of kind d."""
    sheet = (
        b'<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Date</t></is></c></row>'
        b'<row r="2"><c r="A2" t="d"><v>2027-01-31T00:00:00</v></c></row>'
        b"</sheetData></worksheet>"
    )

    def rename(part: bytes) -> bytes:
        part = part.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        return part.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    names = ["xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
    return changed(workbook(), dict.fromkeys(names, rename) | {SHEET: sheet})


SYMLINK = (stat.S_IFLNK | 0o777) << 16
