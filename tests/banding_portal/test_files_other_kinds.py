"""Workbooks of other kinds than .xlsx are read, whatever they are called (rules.md T8)."""

import datetime as dt
import struct

import pytest

from banding_portal.files.binary import FORMULAS, LOCKED, check_binary_sheet
from banding_portal.files.cells import Sheet
from banding_portal.files.gate import WEB_PAGE, check_file
from banding_portal.files.limits import DAMAGED, Limits, RefusedFileError
from banding_portal.files.parts import CONNECTIONS, DOCTYPE, LOCKED_DOCUMENT, MACROS
from banding_portal.files.reading import read_sheets
from tests.banding_portal import bad_workbooks as bad
from tests.banding_portal import other_workbooks as other

LIMITS = Limits()
MANIFEST = {"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}


def read(content, filename) -> list[Sheet]:
    return read_sheets(filename, content, LIMITS, wanted=["Pupils"])


@pytest.mark.parametrize("filename", ["autumn.xlsx", "autumn.xls", "autumn.xlsb", "autumn.ods"])
@pytest.mark.parametrize("make", [other.ods, other.xls, other.xlsb])
def test_workbook_is_read_by_its_content(make, filename):
    [sheet] = read(make(), filename)
    assert sheet.name == "Pupils"
    assert [(row.number, row.values) for row in sheet.rows] == [
        (1, ("UPN", "Band", "Born")),
        (2, ("A1", "C", 7)),
    ]


def test_date_of_an_open_document_is_a_date():
    [sheet] = read(other.ods([("Born", "2018-03-04")]), "a.ods")
    assert sheet.rows[0].values == ("Born", dt.date(2018, 3, 4))


def test_blank_rows_to_the_end_of_the_sheet_are_nothing():
    [sheet] = read(other.ods(more=other.ODS_BLANK_ROWS), "a.ods")
    assert len(sheet.rows) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(content, sentence, id=name)
        for name, content, sentence in [
            ("formula in ods", other.ods(more=other.ODS_FORMULA), FORMULAS),
            ("formula in xls", other.xls(more=other.XLS_FORMULA), FORMULAS),
            ("formula in xlsb", other.xlsb(more=other.XLSB_FORMULA), FORMULAS),
            ("error in xls", other.xls(more=other.XLS_ERROR), FORMULAS),
            ("password of xls", other.xls(first=other.XLS_LOCKED), LOCKED),
            ("password of ods", other.ods(parts=MANIFEST), LOCKED_DOCUMENT),
            ("macros of ods", other.ods(parts={"Basic/script-lc.xml": b"<x/>"}), MACROS),
            ("macros of xls", other.xls() + "_VBA_PROJECT".encode("utf-16-le"), MACROS),
            ("doctype in ods", other.ods(more="<!DOCTYPE x>"), DOCTYPE),
            ("web page", b"<html><table></table></html>", WEB_PAGE),
            ("cut short", other.xls()[:2000], DAMAGED),
            ("connections", bad.with_entry("xl/connections.xml", b"<x/>"), CONNECTIONS),
            ("bomb", other.ods(more=other.ODS_BOMB), ""),
        ]
    ],
)
def test_what_speaks_against_a_file_is_named(content, sentence):
    with pytest.raises(RefusedFileError) as refused:
        read(content, "autumn.xls")
    assert str(refused.value).startswith(sentence)


def test_list_with_tabs_that_is_called_old_workbook_is_read():
    [sheet] = read(b"UPN\tBand\nA1\tC\n", "autumn.xls")
    assert sheet.rows[1].values == ("A1", "C")


@pytest.mark.parametrize("letters", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_letter_needs_no_mark(letters):
    [sheet] = read("UPN,Band\nA1,C\n".encode(letters), "pupils.csv")
    assert sheet.rows[1].values == ("A1", "C")


@pytest.mark.parametrize(
    "content",
    [
        bad.with_entry(
            "customXml/item1.xml", "<?xml version='1.0' encoding='utf-16'?><x/>".encode("utf-16")
        ),
        bad.with_entry(
            "xl/media/icon.svg", b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'><svg/>"
        ),
        bad.with_content_type(b"spreadsheetml.sheet.main", b"spreadsheetml.template.main"),
    ],
    ids=["Power Query", "icon", "pattern"],
)
def test_what_excel_adds_by_itself_is_no_harm(content):
    assert check_file("autumn.xlsx", content, LIMITS) == ".xlsx"


def test_entity_in_an_icon_and_doctype_of_power_query_are_refused():
    for part, content in (
        ("xl/media/icon.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"),
        ("customXml/item1.xml", "<!DOCTYPE x []><x/>".encode("utf-16")),
    ):
        with pytest.raises(RefusedFileError, match="document type"):
            check_file("autumn.xlsx", bad.with_entry(part, content), LIMITS)


def test_binary_sheet_of_nothing_but_records_is_counted():
    part = other.record(0, struct.pack("<I", 1)) * 20
    assert check_binary_sheet(part, 20)
    assert not check_binary_sheet(part, 19)


def test_container_that_leads_in_a_circle_ends():
    content = bytearray(other.xls())
    at = 512 + 4 * 2
    content[at : at + 4] = struct.pack("<I", 2)
    with pytest.raises(RefusedFileError):
        check_file("a.xls", bytes(content), LIMITS)
