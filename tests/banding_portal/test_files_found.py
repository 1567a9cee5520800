"""Headings, separators and letters are found where people leave them (rules.md T5)."""

import pytest

from banding_portal.files.cells import Row, Sheet
from banding_portal.files.columns import Column
from banding_portal.files.dates import MonthFirstError, read_date
from banding_portal.files.headings import match_headings, sheet_with_most, starting_at_headings
from banding_portal.files.limits import Limits
from banding_portal.files.reading import read_sheets
from banding_portal.files.tables import read_table
from tests.banding_portal import bad_workbooks as bad

COLUMNS = (
    Column("surname", "Surname"),
    Column("need", "Thinking and learning"),
    Column("band", "Band"),
)
WHOLE = Limits(whole_lines=True)
TITLE = "Pupils of Alderbrook"


def sheet(*rows, name="Pupils"):
    return Sheet(name, tuple(Row(at, row) for at, row in enumerate(rows, start=1)))


def read(text, limits=WHOLE):
    content = text if isinstance(text, bytes) else text.encode()
    table = read_table("a.csv", content, COLUMNS, limits)
    given = [(line.number, line["surname"], line["band"]) for line in table.lines]
    return given, [issue.message for issue in table.issues]


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\nSurname,Thinking & learning,Band\nKhan,2,B\n",
        f"{TITLE},,\n\nBAND;surname,x,\nSurname,Thinking and Learning,band\nKhan,2,B\n",
    ],
)
def test_title_above_the_headings_is_passed_over(text):
    rows, issues = read(text)
    assert issues == []
    assert rows == [(text.count("\n"), "Khan", "B")]


def test_file_without_our_headings_begins_with_its_first_row():
    given = sheet((TITLE,), ("Name", "Size"), ("Khan", "7"))
    assert starting_at_headings(given, COLUMNS) == given
    _, issues = read("Name,Size\nKhan,7\n")
    assert "The column “Surname” is missing." in issues


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nSurname;Thinking and learning;Band\r\nKhan;2;B\r\n",
        "Surname|Thinking and learning|Band\nKhan|2|B\n",
        "Surname\tThinking and learning\tBand\r\nKhan\t2\tB\r\n".encode("utf-16"),
        "\ufeffsep=|\nSurname|Thinking and learning|Band\nKhan|2|B\n",
    ],
)
def test_separator_and_letters_are_found(text):
    assert read(text) == ([(2, "Khan", "B")], [])


def test_separator_is_found_below_a_title():
    text = f"{TITLE}\nSurname;Thinking and learning;Band\nKhan;2;B\n"
    assert read(text) == ([(3, "Khan", "B")], [])


def test_line_that_ends_too_soon_is_still_told_below_a_title():
    _, issues = read(f"{TITLE}\nSurname,Thinking and learning,Band\nKhan,2\n")
    assert issues == ["This row has 2 values where the heading has 3."]


def test_heading_that_is_nearly_ours_is_named():
    found = match_headings(sheet(("Surname", "Thinking and lerning", "Band")), COLUMNS)
    [issue] = found.issues
    assert issue.message == (
        "The column “Thinking and learning” is missing. "
        "Is it the one called “Thinking and lerning”? If so, rename it."
    )


def test_sheet_is_known_by_its_headings():
    guidance = sheet(("How to fill it in",), name="Guidance")
    other = sheet(("Surname", "Band"), name="Notes")
    pupils = sheet((TITLE,), ("Surname", "Thinking & learning", "Band"), name="Sheet1")
    assert sheet_with_most([guidance, other, pupils], COLUMNS) == pupils
    assert sheet_with_most([guidance, other], COLUMNS) is None


def test_sheets_are_all_read_where_the_one_asked_for_has_another_name():
    names = [each.name for each in read_sheets("a.xlsx", bad.workbook(), WHOLE, wanted=["Pupils"])]
    assert len(names) == 1
    assert names != ["Pupils"]


def test_month_first_is_said():
    with pytest.raises(MonthFirstError):
        read_date("11/25/2026")
