"""Every file that is refused before it is parsed, each with its own sentence (rules.md T8)."""

from contextlib import suppress
from random import Random

import pytest

from banding_portal.files.archive import NOT_EXCEL_MADE
from banding_portal.files.gate import check_file
from banding_portal.files.limits import DAMAGED, Limits, RefusedFileError
from banding_portal.files.parts import (
    CONNECTIONS,
    DOCTYPE,
    EMBEDDED,
    LINKS,
    MACROS,
    NO_WORKBOOK,
    UNKNOWN_TEXT,
)
from banding_portal.files.reading import read_sheets
from tests.banding_portal import bad_workbooks as bad

PLAIN = bad.workbook()
TEMPLATE = Limits()
TOO_LARGE = TEMPLATE.too_much_unpacked
BAD_CONTENT = [
    ("empty", b"", "The file is empty."),
    ("too large", PLAIN + b"\0" * 5 * 1024 * 1024, "The file is larger than 5 MB."),
    (
        "a letter of old",
        bad.OLE + b"\0" * 600,
        "The file is from another program and is not a workbook.",
    ),
    (
        "password",
        bad.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "The file is protected with a password. In Excel choose File, Info",
    ),
    ("not a zip", b"<html><table></table></html>", NO_WORKBOOK),
    ("macros by part", bad.with_entry("xl/vbaProject.bin"), MACROS),
    ("old macros", bad.with_entry("xl/macrosheets/sheet1.xml", b"<x/>"), MACROS),
    (
        "macros by type",
        bad.with_content_type(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"vnd.ms-excel.sheet.macroEnabled.main",
        ),
        MACROS,
    ),
    ("a letter", bad.with_content_type(b"spreadsheetml.sheet.main", b"word.main"), NO_WORKBOOK),
    ("any zip", bad.changed(PLAIN, {"[Content_Types].xml": None}), NO_WORKBOOK),
    ("external link", bad.with_entry(bad.EXTERNAL_LINK, b"<x/>"), LINKS),
    ("data connection", bad.with_entry("xl/connections.xml", b"<x/>"), CONNECTIONS),
    ("outside target", bad.external_relationship(), LINKS),
    ("doctype", bad.with_doctype(), DOCTYPE),
    ("doctype across chunks", bad.late_doctype(), DOCTYPE),
    ("doctype in UTF-16", bad.with_doctype("utf-16"), UNKNOWN_TEXT),
    ("doctype in UTF-16 without mark", bad.with_doctype("utf-16-le"), UNKNOWN_TEXT),
    ("doctype in a part of another name", bad.renamed_sheet(bad.with_doctype()), DOCTYPE),
    (
        "doctype in UTF-16 in a part of another name",
        bad.renamed_sheet(bad.with_doctype("utf-16")),
        DOCTYPE,
    ),
    (
        "EBCDIC in a part of another name",
        bad.with_entry("xl/x.dat", b"<?xml version='1.0' encoding='cp037'?>"),
        UNKNOWN_TEXT,
    ),
    (
        "UTF-7",
        bad.changed(PLAIN, {bad.SHEET: b"<?xml version='1.0' encoding='utf-7'?><x/>"}),
        UNKNOWN_TEXT,
    ),
    ("bomb", bad.bomb(61), TOO_LARGE),
    ("blank rows without end", bad.blank_rows(700_000), TOO_LARGE),
    ("styles without end", bad.many_styles(80_000), TOO_LARGE),
    ("lying bomb", bad.lying_bomb(), DAMAGED),
    ("many parts", bad.many_parts(), NOT_EXCEL_MADE.format("more than 500 parts")),
    ("nested by name", bad.with_entry("xl/embeddings/book.xlsx", PLAIN), EMBEDDED),
    ("nested by content", bad.with_entry("xl/media/image1.png", PLAIN), EMBEDDED),
    (
        "same name",
        bad.with_entry("XL/worksheets/sheet1.xml", b"<x/>"),
        NOT_EXCEL_MADE.format("two parts have the same name"),
    ),
    (
        "name outside",
        bad.with_entry("xl/../../x.xml", b"<x/>"),
        NOT_EXCEL_MADE.format("a part’s name points outside the file"),
    ),
    (
        "absolute name",
        bad.with_entry("/tmp/x.xml", b"<x/>"),
        NOT_EXCEL_MADE.format("a part’s name points outside the file"),
    ),
    (
        "symlink",
        bad.with_entry("xl/x.txt", b"/etc/passwd", bad.SYMLINK),
        NOT_EXCEL_MADE.format("a part is a link"),
    ),
    ("cut short", PLAIN[: len(PLAIN) // 2], DAMAGED),
    ("cut at the start", PLAIN[:4] + PLAIN[40:], DAMAGED),
    ("damaged part", PLAIN[:200] + b"\xff" * 40 + PLAIN[240:], DAMAGED),
]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [pytest.param(content, sentence, id=name) for name, content, sentence in BAD_CONTENT],
)
def test_gate_refuses(content, sentence):
    with pytest.raises(RefusedFileError) as refused:
        check_file("Autumn.xlsx", content, TEMPLATE)
    assert str(refused.value)[: len(sentence)] == sentence


@pytest.mark.parametrize(
    ("filename", "sentence"),
    [
        ("a.xlsm", "The file is a workbook with macros (.xlsm)."),
        ("a.xltx", "The file is a template for new workbooks (.xltx)."),
        ("a.numbers", "The file is from Numbers."),
        (
            "a.pdf",
            "Choose a workbook (.xlsx, .xls, .xlsb or .ods) or a .csv file. This is neither.",
        ),
        ("xlsx", "Choose a workbook (.xlsx, .xls, .xlsb or .ods) or a .csv file. This is neither."),
    ],
)
def test_gate_refuses_name(filename, sentence):
    with pytest.raises(RefusedFileError) as refused:
        check_file(filename, PLAIN, TEMPLATE)
    assert str(refused.value)[: len(sentence)] == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PLAIN, "The file is named .csv but is not one."),
        (bad.OLE, "The file is named .csv but is not one."),
        (b"\xff\xfeU\0P\xd8", "The file is Unicode text."),
        ("UPN\t\0".encode("utf-16"), "The file is not a .csv file, whatever its name."),
        (b"UPN,Band\n\0", "The file is not a .csv file, whatever its name."),
    ],
)
def test_gate_refuses_csv(content, sentence):
    with pytest.raises(RefusedFileError) as refused:
        check_file("pupils.csv", content, TEMPLATE)
    assert str(refused.value)[: len(sentence)] == sentence


@pytest.mark.parametrize("content", [PLAIN, bad.hyperlink(), bad.strict(), bad.bomb(50)])
def test_gate_opens_for_plain_workbook(content):
    assert check_file("Autumn.XLSX", content, TEMPLATE) == ".xlsx"


def test_gate_opens_for_csv():
    assert check_file("pupils.csv", b"UPN,Band\n", TEMPLATE) == ".csv"


def mutated(content: bytes, seed: int) -> bytes:
    """A few bytes changed, cut out or doubled, the same for the same seed."""
    random = Random(seed)
    damaged = bytearray(content)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(4, len(damaged))
        match random.randrange(3):
            case 0:
                damaged[at] = random.randrange(256)
            case 1:
                del damaged[at : at + random.randint(1, 40)]
            case _:
                damaged[at:at] = damaged[at : at + random.randint(1, 40)]
    return bytes(damaged)


@pytest.mark.parametrize("content", [PLAIN, bad.strict()], ids=["plain", "strict"])
def test_gate_refuses_or_opens_mutated_files(content):
    for seed in range(500):
        with suppress(RefusedFileError):
            check_file("Autumn.xlsx", mutated(content, seed), TEMPLATE)


@pytest.mark.soak
def test_reader_survives_mutated_files():
    for seed in range(10_000):
        with suppress(RefusedFileError):
            read_sheets("Autumn.xlsx", mutated(PLAIN, seed), TEMPLATE)
