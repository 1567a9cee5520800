"""The sheet that was sent, back with what is wrong beside each row (rules.md T6, T9)."""

import datetime as dt
import io

from openpyxl import load_workbook

from banding_portal.files.cells import Formula, Row, Sheet
from banding_portal.files.columns import Column
from banding_portal.files.limits import Limits
from banding_portal.files.marking import errors_by_row, marked_sheet
from banding_portal.files.tables import read_table

COLUMNS = (Column("surname", "Surname"), Column("band", "Band"))
DAY = dt.date(2027, 1, 31)


def problem(row, message, allowed="", heading=""):
    return {"row": row, "message": message, "allowed": allowed, "heading": heading}


def cells(content):
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    return page.title, {cell.coordinate: cell.value for row in page for cell in row if cell.value}


def test_errors_of_a_row_stand_together_under_their_headings():
    problems = [
        problem(4, "Enter", "A or B", "Band"),
        problem(None, "The file is odd."),
        problem(4, "Say who."),
    ]
    assert errors_by_row(problems) == {4: "Band: Enter A or B.\nSay who."}


def test_every_cell_stays_at_its_place():
    rows = (
        Row(2, ("Our pupils",)),
        Row(3, ("Surname", "Band", "Our own")),
        Row(5, ("=Khan", 7, DAY, Formula("=1+1"))),
    )
    title, found = cells(marked_sheet(Sheet("Autumn", rows), COLUMNS, {5: "Band: no."}))
    assert title == "Autumn"
    assert found["E3"] == "Errors"
    assert found["E5"] == "Band: no."
    assert (found["A2"], found["A5"], found["B5"], found["D5"]) == (
        "Our pupils",
        "=Khan",
        7,
        "=1+1",
    )
    assert found["C5"].date() == DAY


def test_errors_of_an_earlier_time_are_written_over():
    rows = (Row(1, ("Surname", "Errors", "Band")), Row(2, ("Khan", "old", "B")), Row(3, ("Lowe",)))
    _, found = cells(marked_sheet(Sheet("", rows), COLUMNS, {3: "new"}))
    assert found == {
        "A1": "Surname", "B1": "Errors", "C1": "Band", "A2": "Khan", "C2": "B", "A3": "Lowe",
        "B3": "new",
    }  # fmt: skip


def test_marked_sheet_is_read_like_the_one_that_was_sent():
    rows = (Row(1, ("Surname", "Band")), Row(2, ("Khan", "B")))
    content = marked_sheet(Sheet("Autumn", rows), COLUMNS, {2: "Band: no."})
    table = read_table("a.xlsx", content, COLUMNS, Limits())
    assert (table.headings.ignored, table.issues) == ([], [])
    assert [(line.number, line["surname"], line["band"]) for line in table.lines] == [
        (2, "Khan", "B")
    ]
