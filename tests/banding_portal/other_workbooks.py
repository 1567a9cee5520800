"""Makes small workbooks of the other kinds: .ods, .xls and .xlsb, for the tests."""

import io
import struct
import zipfile

ROWS = (("UPN", "Band", "Born"), ("A1", "C", 7))
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


# OpenDocument


def ods(rows=ROWS, *, more: str = "", parts=None, sheet: str = "Pupils") -> bytes:
    table = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )
    names = "".join(f' xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{table}{more}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b"<?xml version='1.0'?><manifest/>"
    own = {"mimetype": mimetype, "content.xml": content.encode(), "META-INF/manifest.xml": manifest}
    return zipped(own | (parts or {}))


def ods_cell(value) -> str:
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    if value[:4].isdigit() and value[4:5] == "-":
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


ODS_FORMULA = (
    '<table:table-row><table:table-cell table:formula="of:=1+1" office:value-type="float" '
    'office:value="2"/></table:table-row>'
)
ODS_BLANK_ROWS = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
)
ODS_BOMB = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row>"
)

# Binary workbooks


def xlsb(rows=ROWS, *, more: bytes = b"") -> bytes:
    sheet = record(129) + record(148, struct.pack("<4I", 0, 9, 0, 9)) + record(145)
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", number) + b"\0" * 13)
        for place, value in enumerate(row):
            start = struct.pack("<II", place, 0)
            if isinstance(value, int):
                sheet += record(5, start + struct.pack("<d", value))
            else:
                sheet += record(6, start + wide(value))
    sheet += more + record(146) + record(130)
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("Pupils")
    book = record(131) + record(143) + record(156, bundle) + record(144) + record(132)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/{}" Target="{}"/></Relationships>'
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/xl/workbook.bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations.format("officeDocument", "xl/workbook.bin").encode(),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations.format(
                "worksheet", "worksheets/sheet1.bin"
            ).encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def record(kind: int, data: bytes = b"") -> bytes:
    return seven_bits(kind) + seven_bits(len(data)) + data


def seven_bits(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


XLSB_FORMULA = record(0, struct.pack("<I", 5) + b"\0" * 13) + record(
    9, struct.pack("<IId", 0, 0, 2.0) + b"\0" * 10
)

# Old workbooks

BOOK, SHEET = 0x0005, 0x0010
SECTOR = 512


def xls(rows=ROWS, *, more: bytes = b"", first: bytes = b"") -> bytes:
    name = b"Pupils"
    cells = b"".join(
        xls_cell(number, place, value)
        for number, row in enumerate(rows)
        for place, value in enumerate(row)
    )
    sheet = start_of(SHEET) + cells + more + old(0x000A)
    book = start_of(BOOK) + first
    size = len(book) + 4 + 8 + len(name) + 4
    book += old(0x0085, struct.pack("<IHBB", size, 0, len(name), 0) + name) + old(0x000A)
    return contained((book + sheet).ljust(4096, b"\0"))


def start_of(kind: int) -> bytes:
    return old(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def old(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls_cell(row: int, place: int, value) -> bytes:
    at = struct.pack("<HHH", row, place, 0)
    if isinstance(value, int):
        return old(0x0203, at + struct.pack("<d", value))
    return old(0x0204, at + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))


XLS_FORMULA = old(0x0006, struct.pack("<HHHdHI", 5, 0, 0, 2.0, 0, 0) + b"\0\0")
XLS_ERROR = old(0x0205, struct.pack("<HHHBB", 5, 0, 0, 0x17, 1))
XLS_LOCKED = old(0x002F, b"\1\0" + b"\0" * 52)


def contained(stream: bytes) -> bytes:
    """The container of old Office files around one stream."""
    count = -(-len(stream) // SECTOR)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    chain = [3 + at for at in range(count - 1)] + [0xFFFFFFFE]
    table = [0xFFFFFFFD, 0xFFFFFFFE, *chain]
    table += [0xFFFFFFFF] * (128 - len(table))
    entries = entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + entry("Workbook", 2, 2, len(stream))
    return (
        header
        + struct.pack("<128I", *table)
        + entries.ljust(SECTOR, b"\0")
        + stream.ljust(count * SECTOR, b"\0")
    )


def entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<III", start, size, 0)
    )
