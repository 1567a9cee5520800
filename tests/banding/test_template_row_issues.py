"""Problems in rows of a template, and across rows (rules.md T3, T4)."""

import datetime as dt

import pytest

from banding.changes.services import account_for
from banding.decisions.outcomes import record_moderated_band
from banding.models import BandDecision
from banding_portal.files.kinds import Date
from banding_portal.uploads.states import UploadState
from schools.identifiers import check_letter
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import (
    BandDecisionFactory,
    ReturnPupilFactory,
    UserFactory,
)
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


def issues_of(pupil_return, content, name="autumn.xlsx"):
    upload = uploaded(pupil_return, content, name)
    work_on(upload)
    upload.refresh_from_db()
    assert upload.state == UploadState.REFUSED
    assert not BandDecision.objects.filter(state="draft").exists()
    return upload.issues


def only_message(pupil_return, content, name="autumn.xlsx"):
    [issue] = issues_of(pupil_return, content, name)
    return issue["message"]


# The file, the sheet and the version


CHANGES = "Left, Not our pupil, Staying on or Needs no band"
BAD_ROWS = [
    ({"Band": "G"}, "L", "Enter", "A, B or C"),
    ({"Band": 7}, "L", "Enter", "A, B or C"),
    ({"Band": True}, "L", "Enter", "A, B or C"),
    ({"Band": dt.date(2026, 1, 2)}, "L", "Enter", "A, B or C"),
    ({"Cognition_and_learning": "-1"}, "J", "Enter", "0, 1, 2 or 3"),
    ({"Cognition_and_learning": 1.5}, "J", "Enter", "0, 1, 2 or 3"),
    (
        {"Change": "Gone"},
        "P",
        "Enter",
        CHANGES,
    ),
    ({"Band": "=B3"}, "L", "Cell {} holds a formula. Type the value itself.", ""),
    ({"Band": "#REF!"}, "L", "Cell {} holds an Excel error. Type the value itself.", ""),
    ({"Rationale": "=1+1"}, "O", "Cell {} holds a formula. Type the value itself.", ""),
    (
        {"Rationale": "x" * 8001},
        "O",
        "This is too long. Enter",
        "text of at most 8,000 characters",
    ),
    (
        {"Reason": "x" * 4001},
        "N",
        "This is too long. Enter",
        "text of at most 4,000 characters",
    ),
    (
        {"Change": "Left", "Date_of_change": "31/02/2027"},
        "Q",
        "This must be a real date. Enter",
        Date().allowed,
    ),
    *(
        (
            {"Change": "Left", "Date_of_change": given},
            "Q",
            "This is not a date. Enter",
            Date().allowed,
        )
        for given in ("31/01/27", "soon", True)
    ),
    (
        {"Change": "Left", "Date_of_change": dt.date(1899, 1, 1)},
        "Q",
        "This is not a date. Enter",
        Date().allowed,
    ),
    ({"Change": "Left"}, "Q", "Enter the date Amira left, like 31 1 2027.", ""),
    (
        {"Change": "Left", "Date_of_change": dt.date(2020, 1, 1)},
        "Q",
        "The date Amira left must be on or after 1 September 2025, when Amira started.",
        "",
    ),
    ({"Change": "Staying on"}, "R", "Say why Amira is staying on.", ""),
    ({"Change": "not our pupil"}, "R", "Say why Amira is not your pupil.", ""),
    (
        {"Date_of_change": dt.date(2026, 1, 1)},
        "P",
        "Say what changed. Enter",
        CHANGES,
    ),
    (
        {"Change": "Left", "Date_of_change": "31/01/2026", "Band": "B"},
        "P",
        "Clear the levels, the band and its reasons, or clear “left”.",
        "",
    ),
    (
        {"Cognition_and_learning": 2, "Communication_and_interaction": 2, "Band": "C"},
        "N",
        "The levels suggest Band B and the band is Band C. Say why it is a different one.",
        "",
    ),
    (
        {"Cognition_and_learning": 0, "Communication_and_interaction": 0, "Band": "A"},
        "N",
        "The levels suggest no band and the band is Band A. Say why it is a different one.",
        "",
    ),
    (
        {"Pupil_reference": "999-1", "Band": "A"},
        "D",
        "The cells of this row belong to {who}. Undo sorting only some of the columns.",
        "",
    ),
]


def test_every_kind_of_bad_row_is_refused(pupil_return):
    """One pupil a case; each case gives one issue."""
    pupils = [ReturnPupilFactory(pupil_return=pupil_return) for _ in BAD_ROWS]
    filled = Filled(pupil_return)
    for row, (values, *_) in zip(pupils, BAD_ROWS, strict=True):
        filled.fill(row, **values)

    issues = {i["who"]: i for i in issues_of(pupil_return, filled.content)}

    assert len(issues) == len(BAD_ROWS)
    for row, (_, column, message, allowed) in zip(pupils, BAD_ROWS, strict=True):
        who, cell = row.pupil.display_name, f"{column}{filled.number_of(row)}"
        assert issues[who]["cell"] == cell
        assert issues[who]["message"] == message.format(cell, who=row.pupil)
        assert issues[who]["allowed"] == allowed


def test_row_of_another_template_is_refused(pupil_return, filled):
    filled.fill(3, Template="autumn/1/1/x", Band="A")
    [issue] = issues_of(pupil_return, filled.content)
    assert (issue["cell"], issue["message"]) == (
        "T3",
        "This row comes from another template. Fill in this return’s own row.",
    )


def test_names_sorted_apart_from_their_rows_are_refused(pupil_return, filled):
    filled.fill(2, Surname="Kowalski", Forename="Ben", Band="A")
    [issue] = issues_of(pupil_return, filled.content)
    assert (issue["cell"], issue["message"]) == (
        "A2",
        "The cells of this row belong to Amira Khan. Undo sorting only some of the columns.",
    )


def test_all_problems_come_at_once_with_what_was_given(pupil_return, filled):
    filled.decide(2, level=9, band="G").fill(3, Change="Left", Date_of_change="31/02/27")
    filled.add_joiner(Forename=None)

    issues = issues_of(pupil_return, filled.content)

    assert [(i["sheet"], i["cell"], i["heading"], i["value"], i["who"]) for i in issues] == [
        ("Pupils", "J2", "Cognition and learning", "9", "Khan, Amira"),
        ("Pupils", "K2", "Communication and interaction", "9", "Khan, Amira"),
        ("Pupils", "L2", "Band", "G", "Khan, Amira"),
        ("Pupils", "Q3", "Date of change", "31/02/27", "Kowalski, Ben"),
        ("Joiners", "B2", "Forename", "", "Newcomer"),
    ]


def test_good_rows_of_a_bad_file_are_not_saved(pupil_return, filled):
    filled.decide(2).fill(3, Band="G")
    assert len(issues_of(pupil_return, filled.content)) == 1


def test_row_numbers_are_the_files_own(pupil_return, filled):
    filled.fill(3, Band="G").pupils.insert_rows(1, 3)
    [issue] = issues_of(pupil_return, filled.content)
    assert issue["cell"] == "L6"


# Across the rows


def test_pupil_twice_is_refused(pupil_return, filled, amira):
    filled.fill(3, Row=str(amira.pk))
    [issue] = issues_of(pupil_return, filled.content)
    assert (issue["row"], issue["message"]) == (
        3,
        "This pupil is in the file twice: row 2 is the other one.",
    )


@pytest.mark.parametrize("key", ["", "not a key", "another pupil"])
def test_pupil_not_on_the_return_is_refused(pupil_return, filled, key):
    other = ReturnPupilFactory()
    key = str(other.pk) if key == "another pupil" else key
    filled.fill(4, Row=key, Surname="Someone", Band="B")
    [issue] = issues_of(pupil_return, filled.content)
    assert issue["message"] == (
        "This row is not about a pupil on this return. Put pupils who joined on the Joiners sheet."
    )
    assert (issue["cell"], issue["who"]) == ("S4", "Someone")


def test_decision_about_pupil_recorded_as_left_is_refused(pupil_return, filled, amira):
    filled.decide(2)
    left = dt.date(2026, 1, 31)
    account_for(return_pupil=amira, change="left", change_date=left, by=UserFactory())
    message = only_message(pupil_return, filled.content)
    assert message == "This pupil is recorded as “left”. Undo that on the return’s page first."


def test_band_settled_by_moderation_is_not_changed(pupil_return, filled, amira):
    decision = BandDecisionFactory(return_pupil=amira)
    record_moderated_band(
        decision=decision,
        band=decision.band,
        effective_from=decision.effective_from,
        reason="x",
        by=UserFactory(),
    )
    message = only_message(pupil_return, filled.decide(2, 3, "C").content)
    assert message == "Moderation has settled this pupil’s band. It cannot be changed here."


# The joiners


BAD_JOINERS = [
    ({"Surname": None}, "A", "Enter the surname", ""),
    (
        {"Date_joined": None},
        "E",
        "Enter the date joined:",
        Date().allowed,
    ),
    ({"Plan": None}, "F", "Enter the plan:", "EHCP or SEN Support"),
    ({"Plan": "SENS"}, "F", "Enter", "EHCP or SEN Support"),
    ({"UPN": "A12"}, "C", "A UPN has 13 characters; this has 3.", ""),
    (
        {"Date_joined": "01/01/2018"},
        "E",
        "The date joined must be after the date of birth.",
        "",
    ),
    ({"Surname": "=A1"}, "A", "Cell A{} holds a formula. Type the value itself.", ""),
]


def test_every_kind_of_bad_joiner_is_refused(pupil_return, filled):
    for number, (values, *_) in enumerate(BAD_JOINERS, start=2):
        filled.add_joiner(number, **values)

    issues = issues_of(pupil_return, filled.content)

    assert [(i["cell"], i["message"], i["allowed"]) for i in issues] == [
        (f"{column}{number}", message.format(number), allowed)
        for number, (_, column, message, allowed) in enumerate(BAD_JOINERS, start=2)
    ]


def test_joiner_twice_is_refused(pupil_return, filled):
    filled.add_joiner(2).add_joiner(5)
    [issue] = issues_of(pupil_return, filled.content)
    assert (issue["row"], issue["message"]) == (
        5,
        "This pupil is in the file twice: also in row 2.",
    )


ONE, OTHER = (check_letter(rest) + rest for rest in ("801200001001", "801200001002"))


def test_namesakes_with_a_upn_each_are_two_joiners(pupil_return, filled):
    upload = uploaded(pupil_return, filled.add_joiner(2, UPN=ONE).add_joiner(3, UPN=OTHER).content)
    work_on(upload)
    upload.refresh_from_db()
    assert (upload.state, upload.issues) == (UploadState.READY, [])


def test_namesakes_of_whom_one_has_no_upn_are_asked_about(pupil_return, filled):
    [issue] = issues_of(pupil_return, filled.add_joiner(2, UPN=ONE).add_joiner(3, UPN="").content)
    assert (issue["row"], issue["cell"]) == (3, "C3")
    assert "give the UPNs of both" in issue["message"]


def test_joiner_on_the_return_is_refused(pupil_return, filled, amira):
    amira.pupil.upn = "A801200001001"
    amira.pupil.save()
    filled.add_joiner(UPN="a801200001001")
    messages = {issue["message"] for issue in issues_of(pupil_return, filled.content)}
    assert messages <= {
        "A pupil with this UPN is on the return already. Fill in that row.",
        "The first letter of the UPN does not match the rest: one character is wrong.",
    }


# The return
