"""A template that people have renamed, titled or written into is understood (rules.md T5)."""

import io

import pytest
from openpyxl import load_workbook

from banding.templates_io.services import issue_template
from banding.templates_io.uploads.marked import marked_workbook
from banding_portal.uploads.states import UploadState
from tests.banding.helpers import decide
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import UserFactory
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


def checked(sheet):
    upload = uploaded(sheet.pupil_return, sheet.content)
    work_on(upload)
    upload.refresh_from_db()
    return upload


@pytest.fixture
def renamed(filled, pupil_return, amira):
    """Sheet1, with a title above the headings."""
    filled.pupil_return = pupil_return
    filled.decide(amira)
    filled.pupils.title = "Sheet1"
    filled.pupils.insert_rows(1, amount=2)
    filled.pupils["A1"] = "Autumn term"
    return filled


def test_sheet_of_another_name_with_a_title_is_read(renamed):
    upload = checked(renamed)
    assert (upload.state, upload.issues) == (UploadState.READY, [])
    assert upload.preview["changes"][0]["who"] == "Khan, Amira"


def test_its_problems_come_back_at_their_rows(renamed):
    renamed.pupils["L4"] = "Z"
    upload = checked(renamed)
    assert [(each["sheet"], each["cell"]) for each in upload.issues] == [("Sheet1", "L4")]
    sheet = load_workbook(io.BytesIO(marked_workbook(upload)))["Sheet1"]
    assert sheet["A1"].value == "Autumn term"
    told = [cell.value for cell in sheet[4] if "Enter A" in str(cell.value)]
    assert len(told) == 1


def test_level_is_taken_as_the_guidance_writes_it(filled, pupil_return, amira):
    filled.pupil_return = pupil_return
    filled.decide(amira, level="Level 2")
    assert checked(filled).issues == []


def test_name_under_the_table_is_not_dropped_without_a_word(filled, pupil_return):
    filled.pupil_return = pupil_return
    filled.pupils["A4"], filled.pupils["B4"] = "Newcomer", "Nell"
    upload = checked(filled)
    assert upload.state == UploadState.READY
    [warning] = [each for each in upload.warnings if each["who"] == "Newcomer, Nell"]
    assert warning["message"].startswith("Not a pupil on this return, so left out.")


def test_older_template_is_taken_and_who_went_is_named(filled, pupil_return, amira, ben):
    filled.pupil_return = pupil_return
    filled.decide(amira).decide(ben)
    ben.delete()
    issue_template(pupil_return=pupil_return, by=None)
    assert pupil_return.templates.count() == 2
    upload = checked(filled)
    assert (upload.state, upload.issues) == (UploadState.READY, [])
    assert [each["who"] for each in upload.preview["changes"]] == ["Khan, Amira"]
    [warning] = [each for each in upload.warnings if each["who"] == "Kowalski, Ben"]
    assert warning["message"] == "No longer on the return, so left out"


def test_row_of_no_template_of_this_return_is_still_refused(filled, pupil_return, amira):
    filled.pupil_return = pupil_return
    filled.fill(amira, Band="B", Row="3f0a3ad6-6b7a-4d0a-9a4e-2f6b1a1c9d10")
    assert "a pupil on this return" in checked(filled).issues[0]["message"]


def test_answers_of_another_row_are_asked_about(filled, pupil_return, amira, ben):
    filled.pupil_return = pupil_return
    filled.decide(amira).fill(amira, Row_of_the_answers=str(ben.pk))
    [warning] = checked(filled).warnings
    assert (warning["who"], warning["heading"]) == ("Khan, Amira", "Band")
    assert warning["message"] == "These answers were moved or copied from the row of Ben Kowalski"


def test_pupil_who_was_banded_and_left_asks_nothing_more(filled, pupil_return, amira):
    decide(amira, UserFactory())
    sheet = Filled(pupil_return)
    sheet.pupil_return = pupil_return
    sheet.fill(amira, Change="Left", Date_of_change="01/11/2026")
    assert checked(sheet).issues == []
