"""Differences of a caseload by kind, decided once and remembered (rules.md B5, S10)."""

import datetime as dt

import pytest

from banding.caseload.deciding import decide_differences, decide_kind, end_missing
from banding.choices import CaseloadAnswer
from banding.models import CaseloadChoice, CaseloadUpload, ReturnPupil
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.choices import Sector
from schools.models import Placement, Pupil, School
from schools.services import corrections
from schools.services.pupils import end_placement
from tests.banding.caseload_files import as_csv, caseload_row
from tests.factories import (
    CollectionFactory,
    FrameworkFactory,
    PlacementFactory,
    SchoolFactory,
    person,
)
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
START, LAST = dt.date(2025, 9, 1), dt.date(2026, 11, 10)
FILE, OURS = CaseloadAnswer.FILE, CaseloadAnswer.OURS


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001", name="Ash School")
    SchoolFactory(urn="900002", name="Beech Special School")
    FrameworkFactory()


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def checked(*rows, by=None):
    upload = CaseloadUpload(started_by=by or person(Role.SEND_OFFICER), academic_year=2026)
    upload.set_file("caseload.csv", as_csv(rows or [caseload_row()]))
    upload.save()
    return work_on(upload)


def applied(upload):
    upload.state, upload.confirmed_by = UploadState.CONFIRMED, upload.started_by
    upload.save()
    upload = work_on(upload)
    assert upload.state == UploadState.APPLIED
    return upload


def load(*rows):
    return applied(checked(*rows))


def told(upload):
    names = ("kind", "what", "ours", "theirs", "answer", "decided")
    return list(upload.differences.values_list(*names))


def kinds(upload):
    return [row[0] for row in told(upload)]


def only(upload):
    [row] = upload.differences.all()
    return row


@pytest.fixture
def ended_here(officer):
    """A placement ended by an officer, and the file without an end."""
    load()
    end_placement(placement=Placement.objects.get(), end=LAST, by=officer)
    return checked()


# Kinds


def test_new_pupil_is_new():
    assert told(checked()) == [("new", "Pupil", "", "in the file", FILE, False)]


def test_same_file_has_no_differences():
    load()
    assert told(checked()) == []


def test_ended_here(ended_here):
    what = "Placement at Ash School from 1 Sep 2025"
    assert told(ended_here) == [
        ("ended_here", what, "ends 10 Nov 2026", "no end", OURS, False),
    ]
    assert ended_here.preview["is_empty"]


def test_ended_in_the_file():
    load()
    assert kinds(checked(caseload_row(placement_end="2027-08-31"))) == ["ended_there"]


def test_moved():
    load()
    upload = checked(
        caseload_row(), caseload_row(school_urn="900002", placement_start="2026-09-01")
    )
    assert told(upload)[0][:4] == (
        "moved",
        "Placement at Beech Special School from 1 Sep 2026",
        "at 900001 from 1 Sep 2025, no end",
        "no end",
    )


def test_changed_in_the_file():
    load()
    assert told(checked(caseload_row(surname="Other"))) == [
        ("changed", "Surname", "Invented1", "Other", FILE, False)
    ]


def test_contradicting(officer):
    load()
    corrections.remove_placement(
        placement=Placement.objects.get(), reason="Another child", by=officer
    )
    assert told(checked()) == [
        (
            "contradicting",
            "Placement at Ash School from 1 Sep 2025",
            "removed here",
            "no end",
            OURS,
            False,
        )
    ]


def test_missing_from_the_file_is_shown_and_changes_nothing():
    load(caseload_row(1), caseload_row(2))
    upload = checked(caseload_row(1))
    assert told(upload) == [
        ("missing", "Placement at Ash School", "from 1 Sep 2025, no end", "", "", False)
    ]
    assert upload.preview["is_empty"]
    PlacementFactory(school=School.objects.get(urn="900002"), start=START)
    applied(checked(caseload_row(1, surname="Other")))
    assert set(Placement.objects.values_list("end", flat=True)) == {None}


def test_placement_that_ended_is_not_missing():
    load(caseload_row(1), caseload_row(2, placement_end="2026-08-31"))
    assert told(checked(caseload_row(1))) == []


# Decided


def decided(upload, answer, by):
    decide_differences(upload=upload, answers={only(upload).pk: answer}, by=by)
    return work_on(CaseloadUpload.objects.get(pk=upload.pk))


def test_file_is_taken_where_a_person_says_so(ended_here, officer):
    before = ended_here.fingerprint
    upload = decided(ended_here, FILE, officer)
    assert (upload.state, upload.fingerprint == before) == (UploadState.READY, False)
    assert told(upload)[0][4:] == (FILE, True)
    assert upload.preview["changes"][0]["new"] == "no end"
    applied(upload)
    assert Placement.objects.get().end is None


def test_choice_is_remembered_for_the_next_load(ended_here, officer):
    decided(ended_here, OURS, officer)
    assert told(checked())[0][4:] == (OURS, True)
    choice = CaseloadChoice.objects.get()
    assert (choice.decided_by, choice.answer, choice.reference) == (officer, OURS, "999-1")


def test_choice_is_asked_again_when_a_side_says_something_else(ended_here, officer):
    applied(decided(ended_here, FILE, officer))
    end_placement(placement=Placement.objects.get(), end=dt.date(2026, 11, 12), by=officer)
    assert told(checked())[0][4:] == (OURS, False)


def test_choice_is_audited(ended_here, officer):
    decided(ended_here, OURS, officer)
    event = CaseloadChoice.pgh_event_model.objects.get(pgh_label="insert")
    assert event.pgh_context.metadata["user"] == str(officer.pk)


def test_choice_changed_afterwards_is_one_choice(ended_here, officer):
    upload = decided(ended_here, OURS, officer)
    upload = decided(upload, FILE, officer)
    assert CaseloadChoice.objects.get().answer == FILE


def test_new_pupil_is_kept_out(officer):
    upload = checked(caseload_row(1), caseload_row(2))
    first = upload.differences.get(reference="999-1")
    decide_differences(upload=upload, answers={first.pk: OURS}, by=officer)
    applied(work_on(CaseloadUpload.objects.get(pk=upload.pk)))
    assert Pupil.objects.get().reference == "999-2"


def test_removed_placement_comes_back_where_a_person_says_so(officer):
    load()
    corrections.remove_placement(
        placement=Placement.objects.get(), reason="Another child", by=officer
    )
    applied(decided(checked(), FILE, officer))
    assert Placement.objects.get().start == START


def test_corrected_placement_is_the_files_where_a_person_says_so(officer):
    load()
    row = Placement.objects.get()
    corrections.correct_placement(
        placement=row, school=row.school, start=LAST, end=None, reason="Typed", by=officer
    )
    applied(decided(checked(), FILE, officer))
    placement = Placement.objects.get()
    assert (placement.pk, placement.start) == (row.pk, START)


def test_whole_kind_is_decided_at_once(officer):
    load(caseload_row(1), caseload_row(2))
    for placement in Placement.objects.all():
        end_placement(placement=placement, end=LAST, by=officer)
    upload = checked(caseload_row(1), caseload_row(2, surname="Other"))
    assert decide_kind(upload=upload, kind="ended_here", answer="file", by=officer) == 2
    applied(work_on(CaseloadUpload.objects.get(pk=upload.pk)))
    assert set(Placement.objects.values_list("end", flat=True)) == {None}
    assert CaseloadChoice.objects.count() == 2


def test_answer_to_an_older_preview_is_refused(ended_here, officer):
    row = only(ended_here)
    decided(ended_here, OURS, officer)
    with pytest.raises(RefusalError, match="made again in the meantime"):
        decide_differences(upload=ended_here, answers={row.pk: FILE}, by=officer)


def test_nothing_is_decided_about_an_applied_file(officer):
    upload = load()
    with pytest.raises(RefusalError, match="only while the file is waiting"):
        decide_kind(upload=upload, kind="new", answer="ours", by=officer)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE_OFFICER])
def test_others_decide_nothing(ended_here, role):
    with pytest.raises(RefusalError, match="Your role"):
        decide_kind(upload=ended_here, kind="ended_here", answer="file", by=person(role))


def test_confirmed_preview_without_the_choice_is_made_again(ended_here, officer):
    upload = checked(caseload_row(placement_end="", surname="Other"))
    row = upload.differences.get(kind="ended_here")
    upload.state, upload.confirmed_by = UploadState.CONFIRMED, officer
    upload.save()
    CaseloadChoice.objects.create(
        **{
            n: getattr(row, n)
            for n in ("kind", "reference", "key", "who", "what", "ours", "theirs")
        },
        answer=FILE,
        decided_by=officer,
        decided_at=upload.changed_at,
    )
    upload = work_on(upload)
    assert (upload.state, upload.outdated) == (UploadState.READY, True)


# Missing from the file


def test_officer_ends_what_is_missing_and_returns_follow(officer):
    CollectionFactory(sectors=Sector.values)
    load(caseload_row(1), caseload_row(2))
    upload = checked(caseload_row(1))
    day = dt.date(2026, 8, 31)
    assert end_missing(upload=upload, differences=[only(upload)], end=day, by=officer) == 1
    assert Placement.objects.get(pupil__reference="999-2").end == day
    assert not upload.differences.exists()
    assert ReturnPupil.objects.filter(pupil__reference="999-1").exists()


def test_missing_placement_does_not_end_before_it_began(officer):
    load(caseload_row(1), caseload_row(2))
    upload = checked(caseload_row(1))
    with pytest.raises(RefusalError, match="begin after that day, the first on 1 September 2025"):
        end_missing(upload=upload, differences=[only(upload)], end=dt.date(2025, 1, 1), by=officer)


def test_administrator_ends_nothing():
    load(caseload_row(1), caseload_row(2))
    upload = checked(caseload_row(1))
    with pytest.raises(RefusalError, match="Your role"):
        end_missing(
            upload=upload, differences=[only(upload)], end=LAST, by=person(Role.ADMINISTRATOR)
        )


def test_missing_placement_that_is_gone_is_refused(officer):
    load(caseload_row(1), caseload_row(2))
    upload = checked(caseload_row(1))
    rows = list(upload.differences.all())
    Placement.objects.filter(pupil__reference="999-2").delete()
    with pytest.raises(RefusalError, match="made again in the meantime"):
        end_missing(upload=upload, differences=rows, end=LAST, by=officer)
