"""Values come as Excel holds them, from a process with limits (rules.md T5, T8; Q6)."""

import datetime as dt
import multiprocessing

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from banding_portal.files import reading
from banding_portal.files.cells import ErrorValue, Formula, Row, column_letter, shown
from banding_portal.files.kinds import Text
from banding_portal.files.limits import DAMAGED, Limits, RefusedFileError
from banding_portal.files.reading import read_sheets
from tests.banding_portal import bad_workbooks as bad

TEMPLATE = Limits()
MOMENT = dt.datetime(2027, 1, 31, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zone


def rows_of(content, filename="a.xlsx", **options):
    [sheet] = read_sheets(filename, content, TEMPLATE, **options)
    return sheet.rows


def test_values_come_typed_with_their_row_numbers():
    book = Workbook()
    sheet = book.active
    sheet.append(["Text", 7, 7.5, True, dt.date(2027, 1, 31), MOMENT])
    sheet["A4"] = "=1+1"
    sheet["B4"] = "#REF!"
    sheet["D4"] = " padded "
    sheet["A6"] = "  "

    assert rows_of(bad.saved(book)) == (
        Row(1, ("Text", 7, 7.5, True, dt.date(2027, 1, 31), MOMENT)),
        Row(4, (Formula("=1+1"), ErrorValue("#REF!"), None, " padded ")),
    )


def test_text_that_looks_like_a_formula_stays_text():
    book = Workbook()
    book.active["A1"] = "=not a formula"
    book.active["A1"].data_type = "s"

    assert rows_of(bad.saved(book)) == (Row(1, ("=not a formula",)),)


def test_dates_counted_from_1904_are_read_right():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = dt.date(2027, 1, 31)

    assert rows_of(bad.saved(book)) == (Row(1, (dt.date(2027, 1, 31),)),)


def test_strict_workbook_is_read_right():
    assert rows_of(bad.strict()) == (Row(1, ("Date",)), Row(2, (dt.date(2027, 1, 31),)))


@pytest.mark.parametrize("reference", [b"A1", b"A1:XFD1048576", b"A1:A1", b"C3:D4"])
def test_lying_dimension_changes_nothing(reference):
    assert rows_of(bad.lying_dimension(reference)) == (
        Row(1, ("UPN", "Band")),
        Row(2, ("A1", "C")),
    )


def test_sheets_are_found_by_name_in_any_case():
    book = Workbook()
    book.create_sheet("PUPILS ").append(["UPN"])

    [sheet] = read_sheets("a.xlsx", bad.saved(book), TEMPLATE, wanted=["Pupils"])

    assert (sheet.name, sheet.rows) == ("PUPILS ", (Row(1, ("UPN",)),))


def test_rows_up_to_the_limit_are_read():
    content = bad.workbook([("UPN",)] * 2_001)
    assert len(rows_of(content)) == 2_001


def test_row_too_many_is_refused():
    with pytest.raises(RefusedFileError, match=TEMPLATE.too_many_rows):
        read_sheets("a.xlsx", bad.workbook([("UPN",)] * 2_002), TEMPLATE)


def test_column_too_many_is_refused():
    with pytest.raises(RefusedFileError, match=TEMPLATE.too_many_columns):
        read_sheets("a.xlsx", bad.workbook([("UPN",), ("A",) * 61]), TEMPLATE)


def test_cell_far_away_is_refused():
    with pytest.raises(RefusedFileError, match=TEMPLATE.too_many_columns):
        read_sheets("a.xlsx", bad.far_cell(), TEMPLATE)


def test_text_said_over_and_over_is_refused():
    """A shared string is stored once and could be read a hundred thousand times."""
    with pytest.raises(RefusedFileError, match="far more text"):
        read_sheets("a.xlsx", bad.workbook([("x" * 30_000,) * 50] * 20), TEMPLATE)


def test_part_that_is_no_sheet_is_refused():
    content = bad.changed(bad.workbook(), {bad.SHEET: b"<worksheet><sheetData><row"})
    with pytest.raises(RefusedFileError, match=DAMAGED):
        read_sheets("a.xlsx", content, TEMPLATE)


def test_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "CLOCK", 0.001)
    with pytest.raises(RefusedFileError, match=TEMPLATE.too_slow):
        read_sheets("a.xlsx", bad.workbook(), TEMPLATE)


def test_reader_gets_no_secret(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise reading.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(reading.subprocess, "run", run)
    with pytest.raises(RefusedFileError):
        read_sheets("a.xlsx", bad.workbook(), TEMPLATE)
    assert set(seen) == {"PATH", "PYTHONIOENCODING", "OPENPYXL_DEFUSEDXML"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_as_text(encoding):
    content = 'UPN,Name\r\nA1,"Zoë, ""Z"""\r\n\r\n7,=x\r\n'.encode(encoding)

    assert rows_of(content, "a.csv") == (
        Row(1, ("UPN", "Name")),
        Row(2, ("A1", 'Zoë, "Z"')),
        Row(4, ("7", "=x")),
    )


def test_csv_with_semicolons_is_read():
    assert rows_of(b"UPN;Band\nA1;C\n", "a.csv")[1] == Row(2, ("A1", "C"))


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (59, "BH"), (16383, "XFD")]
)
def test_column_letters(index, letters):
    assert column_letter(index) == letters


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "TRUE"),
        (dt.date(2027, 1, 31), "31/01/2027"),
        (MOMENT, "31/01/2027 09:30"),
        (Formula("=A1"), "=A1"),
    ],
)
def test_value_is_shown_as_in_the_sheet(value, text):
    assert shown(value) == text


def read_and_tell(content, pipe):
    pipe.send(read_sheets("a.xlsx", content, TEMPLATE))


def test_reader_works_in_a_worker():
    """A worker's processes are daemons, which may have no multiprocessing children."""
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("fork")
    worker = context.Process(
        target=read_and_tell, args=(bad.workbook([("UPN",)]), there), daemon=True
    )
    worker.start()
    assert here.poll(30)
    [sheet] = here.recv()
    worker.join()
    assert sheet.rows == (Row(1, ("UPN",)),)


def test_number_of_days_is_a_number_only_where_days_are_counted_from_1900():
    book = Workbook()
    book.active.append([46418, 7])
    assert rows_of(bad.saved(book))[0].values == (46418, 7)
    book.epoch = CALENDAR_MAC_1904
    assert rows_of(bad.saved(book))[0].values == ("46418", 7)


def test_escape_of_a_line_break_is_one():
    book = Workbook()
    book.active.append(["one_x000D_\ntwo"])
    [row] = rows_of(bad.saved(book))
    assert Text(lines=True).read(row.at(0)) == "one\ntwo"
