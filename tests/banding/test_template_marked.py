"""The sheet comes back with what is wrong, ready to correct and upload (rules.md T6)."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from banding.templates_io.uploads.marked import can_be_marked, marked_workbook
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import ReturnFactory, ReturnPupilFactory
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil_return():
    pupil_return = ReturnFactory()
    for _ in range(3):
        ReturnPupilFactory(pupil_return=pupil_return)
    return pupil_return


def checked(pupil_return, content, name="autumn.xlsx"):
    upload = uploaded(pupil_return, content, name)
    work_on(upload)
    upload.refresh_from_db()
    return upload


def row_of(sheet, number):
    return {h.value: c.value for h, c in zip(sheet[1], sheet[number], strict=True)}


def test_marked_sheet_has_every_problem_at_its_row(pupil_return):
    filled = Filled(pupil_return).decide(2).decide(4, level=9, band="=A1")
    filled.add_joiner(5, Plan="None")
    upload = checked(pupil_return, filled.content)

    book = load_workbook(io.BytesIO(marked_workbook(upload)))

    assert row_of(book["Pupils"], 2)["Errors"] is None
    row = row_of(book["Pupils"], 4)
    assert row["Errors"] == (
        "Cognition and learning: Enter 0, 1, 2 or 3.\n"
        "Communication and interaction: Enter 0, 1, 2 or 3.\n"
        "Band: Cell L4 holds a formula. Type the value itself."
    )
    assert (row["Cognition and learning"], row["Band"]) == (9, "=A1")
    assert book["Pupils"]["L4"].data_type == "s"
    assert row_of(book["Joiners"], 5)["Errors"] == "Plan: Enter EHCP or SEN Support."


def test_marked_sheet_corrected_is_taken(pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2, band="G").decide(3).content)
    again = Filled(pupil_return)
    again.book = load_workbook(io.BytesIO(marked_workbook(upload)))
    again.pupils, again.joiners = again.book["Pupils"], again.book["Joiners"]

    upload = checked(pupil_return, again.fill(2, Band="B").content)

    assert (upload.state, upload.preview["counts"]["new"]) == ("ready", 2)
    assert upload.preview["ignored"] == []


def test_own_columns_sheets_and_comments_come_back(pupil_return):
    filled = Filled(pupil_return).decide(2, band="G").decide(3)
    far = filled.pupils.max_column + 1
    filled.pupils.cell(1, far, "My own")
    filled.pupils.cell(3, far, "Ask Jo").fill = PatternFill("solid", fgColor="FFFF00")
    filled.cell(2, "Band").comment = Comment("Talk to the family", "Sam")
    own = filled.book.create_sheet("Notes")
    own["B2"], own["B3"] = "Ring back", "=1+1"
    upload = checked(pupil_return, filled.content)

    again = Filled(pupil_return)
    again.book = load_workbook(io.BytesIO(marked_workbook(upload)))
    again.pupils, again.joiners = again.book["Pupils"], again.book["Joiners"]

    assert row_of(again.pupils, 3)["My own"] == "Ask Jo"
    assert again.pupils.cell(3, far).fill.fgColor.rgb == "00FFFF00"
    assert again.cell(2, "Band").comment.text == "Talk to the family"
    assert again.cell(2, "Errors").value == "Band: Enter A, B or C."
    notes = again.book["Notes"]
    assert [(cell.value, cell.data_type) for cell in notes["B"][1:]] == [
        ("Ring back", "s"),
        ("=1+1", "s"),
    ]
    assert checked(pupil_return, again.fill(2, Band="B").content).state == "ready"


def test_errors_of_the_time_before_are_gone(pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2, band="G").content)
    again = Filled(pupil_return)
    again.book = load_workbook(io.BytesIO(marked_workbook(upload)))
    again.pupils = again.book["Pupils"]
    upload = checked(pupil_return, again.fill(2, Band="B").decide(3, band="Z").content)
    sheet = load_workbook(io.BytesIO(marked_workbook(upload)))["Pupils"]
    found = [row_of(sheet, number)["Errors"] for number in (2, 3)]
    assert found == [None, "Band: Enter A, B or C."]
    assert [cell.value for cell in sheet[1]].count("Errors") == 1


def test_what_was_typed_on_screen_stands_in_the_copy(pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2, band="G").decide(3).content)
    upload.mends = [
        {"sheet": "Pupils", "row": 2, "column": "L", "value": "Y", "was": "G"},
        {"sheet": "Pupils", "row": 3, "column": "", "value": "", "was": ""},
    ]
    sheet = load_workbook(io.BytesIO(marked_workbook(upload)))["Pupils"]
    assert row_of(sheet, 2)["Band"] == "Y"
    assert {cell.value for cell in sheet[3]} == {None}


def test_workbook_too_large_to_keep_is_written_anew(pupil_return):
    filled = Filled(pupil_return).decide(2, band="G")
    filled.book.create_sheet("Far")["A1048576"] = "far"
    upload = checked(pupil_return, filled.content)
    book = load_workbook(io.BytesIO(marked_workbook(upload)))
    assert row_of(book["Pupils"], 2)["Errors"] == "Band: Enter A, B or C."
    assert "Far" not in book.sheetnames


def test_csv_comes_back_marked_too(pupil_return):
    content = Filled(pupil_return).decide(2, band="G").as_csv
    upload = checked(pupil_return, content, "pupils.csv")

    sheet = load_workbook(io.BytesIO(marked_workbook(upload)))["Pupils"]

    assert row_of(sheet, 2)["Errors"] == "Band: Enter A, B or C."


def test_file_that_is_no_template_cannot_be_marked(pupil_return):
    assert not can_be_marked(checked(pupil_return, b"PK"))
    assert not can_be_marked(checked(pupil_return, Filled(ReturnFactory()).content))
