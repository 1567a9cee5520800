"""One child once: a caseload makes no second record of a pupil silently (rules.md S8)."""

import pytest

from banding.caseload.deciding import decide_differences
from banding.choices import CaseloadAnswer, DifferenceKind
from banding.models import CaseloadChoice, CaseloadUpload
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.choices import SameChild
from schools.models import Pupil, PupilAnswer
from tests.banding.caseload_files import caseload_row
from tests.banding.test_caseload_differences import applied, checked, load
from tests.factories import FrameworkFactory, SchoolFactory, person
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
PERHAPS = DifferenceKind.PERHAPS


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    SchoolFactory(urn="900002")
    FrameworkFactory()


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def child(number, **values):
    """A row of one and the same child under another reference, without a UPN."""
    return caseload_row(number, **{"upn": "", "surname": "Okafor", "forename": "Amira", **values})


def perhaps(upload):
    rows = upload.differences.filter(kind=PERHAPS)
    return list(rows.values_list("reference", "what", "answer", "decided"))


def decided(upload, answer, by):
    row = upload.differences.get(kind=PERHAPS)
    decide_differences(upload=upload, answers={row.pk: answer}, by=by)
    return work_on(CaseloadUpload.objects.get(pk=upload.pk))


def references():
    return sorted(Pupil.objects.values_list("reference", flat=True))


def test_two_rows_alike_but_for_the_reference_are_warned_about():
    upload = checked(child(1), child(2))
    [warning] = upload.warnings
    assert (warning["row"], warning["heading"]) == (3, "pupil_id")
    assert "Same name and date of birth, as 999-1 in row 2" in warning["message"]
    assert not upload.preview["is_empty"]


def test_twins_and_namesakes_with_upns_of_their_own_are_not():
    assert checked(caseload_row(1), caseload_row(2)).warnings == []
    other = child(2, date_of_birth="2017-01-02")
    assert checked(child(1), other).warnings == []


def test_new_pupil_like_one_of_the_portal_is_asked_about():
    load(child(1))
    upload = checked(child(2))
    assert perhaps(upload) == [("999-2", "Same name and date of birth", CaseloadAnswer.FILE, False)]
    [warning] = upload.warnings
    assert "Amira Okafor (999-1), born 4 Mar 2018" in warning["message"]


def test_same_child_gets_no_second_record(officer):
    load(child(1))
    rows = [child(2, school_urn="900002", placement_start="2026-09-01")]
    upload = decided(checked(*rows), CaseloadAnswer.OURS, officer)
    assert upload.warnings == []
    applied(upload)
    assert references() == ["999-1"]
    assert Pupil.objects.get().placements.count() == 2
    again = checked(*rows)
    assert perhaps(again)[0][2:] == (CaseloadAnswer.OURS, True)
    assert again.preview["is_empty"]


def test_another_child_is_a_record_of_its_own_and_not_asked_again(officer):
    load(child(1))
    upload = decided(checked(child(2)), CaseloadAnswer.FILE, officer)
    assert upload.warnings == []
    applied(upload)
    assert references() == ["999-1", "999-2"]
    assert perhaps(checked(child(2))) == []
    assert CaseloadChoice.objects.get().decided_by == officer


def test_answer_of_who_applies_it_is_kept_for_the_standing_check():
    load(child(1))
    applied(checked(child(2)))
    assert PupilAnswer.objects.get().answer == SameChild.ANOTHER


def test_administrator_who_answers_for_no_pupils_keeps_none():
    load(child(1))
    applied(checked(child(2), by=person(Role.ADMINISTRATOR)))
    assert references() == ["999-1", "999-2"]
    assert not PupilAnswer.objects.exists()


def test_reference_written_otherwise_is_the_same_pupil():
    load(child(1, pupil_id="AB-1"))
    upload = checked(child(1, pupil_id="ab-1"))
    assert perhaps(upload)[0][2] == CaseloadAnswer.OURS
    assert upload.warnings == []
    applied(upload) if not upload.preview["is_empty"] else None
    assert references() == ["AB-1"]


def test_one_upn_of_two_pupils_is_refused():
    load(caseload_row(1))
    upload = checked(caseload_row(2, upn=caseload_row(1)["upn"]))
    assert upload.state == UploadState.REFUSED
    assert "Two pupils would have this UPN" in upload.issues[0]["message"]
