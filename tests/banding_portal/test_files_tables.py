"""One heading check and one row reader for every kind of file (rules.md T3, T5)."""

import io

import pytest
from openpyxl import Workbook

from banding_portal.files.columns import Column
from banding_portal.files.kinds import Choice, Date, OneOf, Text
from banding_portal.files.limits import Limits
from banding_portal.files.tables import TOTALS, read_table
from tests.banding_portal import bad_workbooks as bad

COLUMNS = (
    Column("pupil_id", "pupil_id", Text(10), filled=True, unique=True),
    Column("born", "Date of birth", Date(), also=("DOB",)),
    Column("band", "Band", OneOf((Choice("A", "A"), Choice("B", "B")))),
    Column("note", "Note", needed=False),
)
LIMITS = Limits(max_rows=5, max_columns=6)


def table(text, limits=LIMITS):
    return read_table("a.csv", text.encode(), COLUMNS, limits, who="pupil_id")


def places(found):
    return [(i.cell, i.heading, i.value, i.who) for i in found.issues]


def messages(found):
    return [issue.message for issue in found.issues]


@pytest.mark.parametrize(
    "headings", ["pupil_id,Date of birth,Band", "PUPIL ID, dateofbirth ,band", "pupilid,dob,BAND"]
)
def test_headings_match_in_any_case_and_spaces_or_by_another_name(headings):
    [line] = table(f"{headings}\n1,31/01/2027,b").lines
    assert (line["pupil_id"], str(line["born"]), line["band"]) == ("1", "2027-01-31", "B")


def test_columns_come_in_any_order_and_others_are_named():
    found = table("Band,Mine,pupil_id,Errors,Date of birth\nA,x,1,wrong,2027-01-31")
    assert (found.headings.ignored, found.issues) == (["Mine"], [])
    assert found.lines[0].read.keys() == {"pupil_id", "born", "band"}


def test_headings_missing_and_twice_are_all_told():
    found = table("Band,pupil_id,band\nA,1,B")
    assert [(i.cell, i.heading, i.message) for i in found.issues] == [
        ("C1", "Band", "The column “Band” is there twice: also in A. Remove one."),
        ("1", "Date of birth", "The column “Date of birth” is missing."),
    ]
    assert found.lines == []


def test_every_bad_cell_is_told_at_its_place_in_the_order_of_the_sheet():
    found = table("Band,mine,pupil_id,dob\n\nC,x,1,32/01/2027\nA,,,31/01/2027\nB,,1,\n")
    assert places(found) == [
        ("A3", "Band", "C", "1"),
        ("D3", "Date of birth", "32/01/2027", "1"),
        ("C4", "pupil_id", "", ""),
        ("C5", "pupil_id", "1", "1"),
    ]
    assert messages(found)[2:] == ["Enter the pupil id", "Row 3 has this already."]
    assert [line.number for line in found.lines] == [3, 4, 5]


def test_row_with_nothing_in_our_columns_is_none():
    assert [line.number for line in table("pupil_id,dob,band,x\n,,,y\n2,,,\n").lines] == [3]


def test_formulas_and_errors_are_refused_by_address():
    book = Workbook()
    for row in (["pupil_id", "dob", "band"], ["=1+1", None, "#REF!"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = read_table("a.xlsx", out.getvalue(), COLUMNS, LIMITS)
    assert messages(found) == [
        "Cell A2 holds a formula. Type the value itself.",
        "Cell C2 holds an Excel error. Type the value itself.",
    ]


def test_row_of_totals_is_called_one_and_nothing_else_is_said_of_it():
    book = Workbook()
    for row in (["pupil_id", "dob", "band"], [1, None, "A"], [None, None, "=SUBTOTAL(3,C2:C2)"]):
        book.active.append(row)
    found = read_table("a.xlsx", bad.saved(book), COLUMNS, LIMITS)
    assert [(issue.row, issue.message) for issue in found.issues] == [(3, TOTALS)]


@pytest.mark.parametrize("formula", [None, "=1+1"], ids=["quick", "careful"])
def test_merged_cells_of_our_columns_are_warned_of(formula):
    book = Workbook()
    rows = (["Our pupils"], ["pupil_id", "dob", "band", "x"], [1, None, "A"], [2], [3])
    for row in rows:
        book.active.append(row)
    book.active["D3"] = formula
    for cells in ("A1:C1", "C3:C5", "D3:D4"):
        book.active.merge_cells(cells)
    found = read_table("a.xlsx", bad.saved(book), COLUMNS, LIMITS)
    assert [(each.cell, each.message) for each in found.warnings] == [
        ("C3", "Cells C3 to C5 are merged. Only C3 has a value; the others are read as blank")
    ]


def test_line_with_more_values_than_headings_is_refused():
    found = table("pupil_id,dob,band\n1,,A\n2,,Smith, J\n")
    assert messages(found) == ["This row has 4 values where the heading has 3."]
    assert found.issues[0].row == 3


def test_blank_values_at_the_end_may_be_left_out_unless_lines_must_be_whole():
    text = "pupil_id,dob,band\n1\n2,,A,,\n"
    assert table(text).issues == []
    whole = Limits(whole_lines=True)
    assert messages(table(text, whole)) == ["This row has 1 values where the heading has 3."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\n", "The file is empty."),
        ("pupil_id,dob,band\n", "There are headings but no rows."),
        ("pupil_id,dob,band\n" + "1,,A\n" * 6, LIMITS.too_many_rows),
        ("a,b,c,d,e,f,g\n", LIMITS.too_many_columns),
        ('pupil_id,dob,band\n"1,,A\n', "something is wrong in line 2, such as a quotation mark"),
        ("pupil_id,dob,band\n1,,\x01", "The file is not a .csv file, whatever its name."),
    ],
)
def test_file_without_rows_to_read_says_why(text, message):
    [said] = messages(table(text))
    assert message in said


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_in_each_encoding_and_separator(separator, encoding):
    text = "pupil_id,dob,band,note\n1,31/01/2027,A,Zoë’s\n".replace(",", separator)
    found = read_table("a.csv", text.encode(encoding), COLUMNS, LIMITS)
    assert (found.issues, found.lines[0]["note"]) == ([], "Zoë’s")


def test_bytes_that_are_no_text_are_refused():
    found = read_table("a.csv", b"pupil_id\n\x81\x8d", COLUMNS, LIMITS)
    assert "This is not a CSV file" in messages(found)[0]


def test_far_too_much_is_refused_in_the_words_of_the_kind():
    limits = Limits(noun="caseload", max_bytes=10, advice="Send it in several files.")
    content = bad.workbook()
    [said] = messages(read_table("a.xlsx", content, COLUMNS, limits))
    assert said == "The file is larger than 0 MB. Send it in several files."
    limits = Limits(noun="caseload", max_unpacked=10, advice="Send it in several files.")
    [said] = messages(read_table("a.xlsx", content, COLUMNS, limits))
    assert "far more cells than a caseload holds. Send it in several files." in said
