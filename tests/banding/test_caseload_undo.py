"""Taking a caseload back: everything as before, unless something rests on it (rules.md S12)."""

import datetime as dt

import pytest
from django.db import transaction

from banding.caseload.services import import_caseload
from banding.choices import DecisionState
from banding.models import BandDecision, CaseloadWord, Joiner, ReturnPupil
from banding.returns.services import submit_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import Sector
from schools.models import ImportRecord, Placement, Plan, Pupil, School
from schools.services import corrections
from schools.services.merges import merge_pupils
from schools.services.pupils import end_placement, place_pupil
from schools.services.undo_plans import CHANGED, LATER, MERGED, PLACED, plan_undo
from schools.services.undoing import undo_import
from tests.banding.caseload_files import as_csv, caseload_row, upn
from tests.banding.helpers import decide, senco_of
from tests.factories import CollectionFactory, FrameworkFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001", name="Ash School")
    SchoolFactory(urn="900002", name="Beech Special School")
    FrameworkFactory()


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def load(*rows, filename="caseload.csv", by=None):
    content = as_csv(rows or [caseload_row()])
    with transaction.atomic():
        result = import_caseload(lambda *_: None, filename=filename, content=content, by=by)
    assert result.issues == []
    return ImportRecord.objects.order_by("made_at").last()


def everything():
    """Every fact an import writes, without what only says which import it was."""
    models = (Pupil, Placement, Plan)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    decisions = BandDecision.objects.order_by("pk").values("pk", "band", "state", "supersedes")
    words = CaseloadWord.objects.order_by("pk").values("pk", "said")
    return [*rows, list(decisions), list(words)]


def reasons(record):
    return {reason for _, reason in plan_undo(record).held}


# What it changed


def test_record_tells_each_row_old_and_new(officer):
    load(caseload_row(1))
    record = load(caseload_row(1, surname="Other", placement_end="2026-08-31"), by=officer)
    assert (record.filename, record.made_by) == ("caseload.csv", officer)
    assert list(record.rows.values_list("who", "what", "old", "new")) == [
        ("Invented1, Amira (999-1)", "Surname", "Invented1", "Other"),
        (
            "Invented1, Amira (999-1)",
            "Placement at Ash School from 1 Sep 2025",
            "no end",
            "ends 31 Aug 2026",
        ),
    ]


def test_record_of_new_pupils_has_everything():
    record = load(caseload_row(1))
    assert list(record.rows.values_list("model", "what", "old", "new")) == [
        ("schools.pupil", "Pupil", "", "new"),
        ("schools.placement", "Placement at Ash School from 1 Sep 2025", "", "no end"),
        ("schools.plan", "EHCP from 5 May 2025", "", "no end"),
        ("banding.banddecision", "Agreed band from 1 Sep 2025", "", "Band B"),
    ]


def test_import_that_changes_nothing_leaves_no_record():
    load()
    load()
    assert ImportRecord.objects.count() == 1


# Undone


def test_undone_first_caseload_leaves_nothing(officer):
    before = everything()
    record = load(caseload_row(1), caseload_row(2))
    undo_import(record=record, by=officer)
    assert everything() == before
    record.refresh_from_db()
    assert (record.undone_by, record.rows.filter(undone_at=None).count()) == (officer, 0)


def test_undone_changes_are_as_they_were(officer):
    load(caseload_row(1, ncy="3"), caseload_row(2))
    before = everything()
    record = load(
        caseload_row(1, surname="Other", ncy="5", placement_end="2026-08-31", band="C"),
        caseload_row(1, surname="Other", ncy="5", placement_start="2026-09-01", band="C"),
        caseload_row(2, plan_start="2025-06-01", primary_need="ASD"),
        caseload_row(3),
    )
    assert everything() != before
    undo_import(record=record, by=officer)
    assert everything() == before


def test_undone_swap_of_upns_swaps_them_back(officer):
    load(caseload_row(1), caseload_row(2))
    record = load(caseload_row(1, upn=upn(2)), caseload_row(2, upn=upn(1)))
    undo_import(record=record, by=officer)
    assert dict(Pupil.objects.values_list("reference", "upn")) == {
        "999-1": upn(1),
        "999-2": upn(2),
    }


def test_name_that_was_undone_was_never_the_pupils(officer):
    load()
    record = load(caseload_row(surname="Wrong"))
    undo_import(record=record, by=officer)
    assert not Pupil.objects.get().former_facts.exists()


def test_same_file_comes_in_again_after_it_was_undone(officer):
    record = load(caseload_row(1, band="C"))
    undo_import(record=record, by=officer)
    load(caseload_row(1, band="C"))
    assert Pupil.objects.count() == Placement.objects.count() == 1
    assert BandDecision.objects.get().state == DecisionState.SUBMITTED


def test_undone_twice_is_refused(officer):
    record = load()
    undo_import(record=record, by=officer)
    with pytest.raises(RefusalError, match="undone already"):
        undo_import(record=record, by=officer)


@pytest.mark.parametrize("role", [Role.SENCO, Role.AUDITOR, Role.FINANCE_OFFICER])
def test_others_undo_nothing(role):
    record = load()
    school = School.objects.first() if role == Role.SENCO else None
    with pytest.raises(RefusalError, match="Your role"):
        undo_import(record=record, by=person(role, school=school))
    assert Pupil.objects.count() == 1


# Open returns follow


@pytest.fixture
def collection():
    return CollectionFactory(sectors=Sector.values)


def on_lists():
    rows = ReturnPupil.objects.order_by("pupil__reference", "pupil_return__school__urn")
    return list(rows.values_list("pupil__reference", "pupil_return__school__urn"))


@pytest.mark.usefixtures("collection")
def test_pupils_of_an_undone_import_are_on_no_return(officer):
    load(caseload_row(1))
    record = load(caseload_row(1), caseload_row(2))
    assert on_lists() == [("999-1", "900001"), ("999-2", "900001")]
    undo_import(record=record, by=officer)
    assert on_lists() == [("999-1", "900001")]
    assert Pupil.objects.count() == 1


@pytest.mark.usefixtures("collection")
def test_pupil_who_moved_by_an_undone_import_is_on_the_old_list(officer):
    load(caseload_row(1))
    record = load(
        caseload_row(1, placement_end="2026-08-31"),
        caseload_row(1, school_urn="900002", placement_start="2026-09-01"),
    )
    assert on_lists() == [("999-1", "900002")]
    undo_import(record=record, by=officer)
    assert on_lists() == [("999-1", "900001")]


# What rests on it


def held_back(record, officer, reason):
    """It is told why, nothing is undone without saying so, and the rest can be."""
    assert reasons(record) == {reason}
    before = everything()
    with pytest.raises(RefusalError, match="can no longer be undone"):
        undo_import(record=record, by=officer)
    assert everything() == before
    done = undo_import(record=record, leave_the_rest=True, by=officer)
    assert {row.who for row, _ in done.held} == {"Invented1, Amira (999-1)"}
    assert list(Pupil.objects.values_list("reference", flat=True)) == ["999-1"]


def test_pupil_changed_since_stays_with_everything_of_theirs(officer):
    record = load(caseload_row(1), caseload_row(2))
    placement = Placement.objects.get(pupil__reference="999-1")
    end_placement(placement=placement, end=LAST, by=officer)
    held = {row.model: reason for row, reason in plan_undo(record).held}
    assert held["schools.placement"] == CHANGED
    assert len(held) == 4
    held_back(record, officer, CHANGED)


def test_correction_since_rests_on_it(officer):
    record = load(caseload_row(1), caseload_row(2))
    placement = Placement.objects.get(pupil__reference="999-1")
    corrections.remove_placement(placement=placement, reason="Never there", by=officer)
    held_back(record, officer, CHANGED)


def test_later_import_about_the_same_row_rests_on_it(officer):
    record = load(caseload_row(1), caseload_row(2))
    later = load(caseload_row(1, placement_end="2026-08-31"))
    held_back(record, officer, LATER)
    undo_import(record=later, by=officer)
    assert plan_undo(record).held == []


def test_another_placement_since_rests_on_a_new_pupil(officer):
    record = load(caseload_row(1, placement_end="2026-08-31"), caseload_row(2))
    pupil = Pupil.objects.get(reference="999-1")
    school = School.objects.get(urn="900002")
    place_pupil(pupil=pupil, school=school, start=dt.date(2026, 9, 1), by=officer)
    held_back(record, officer, PLACED)


@pytest.mark.usefixtures("collection")
def test_draft_of_a_school_rests_on_it(officer):
    record = load(caseload_row(1), caseload_row(2))
    decide(ReturnPupil.objects.get(pupil__reference="999-1"))
    held_back(record, officer, "A band has been decided for the pupil since.")


@pytest.mark.usefixtures("collection")
def test_change_a_school_reported_rests_on_it(officer):
    record = load(caseload_row(1), caseload_row(2))
    ReturnPupil.objects.filter(pupil__reference="999-1").update(change="not_ours")
    held_back(record, officer, "A school has reported a change of the pupil.")


@pytest.mark.usefixtures("collection")
def test_submitted_return_rests_on_every_pupil_on_it(officer):
    record = load(caseload_row(1), caseload_row(2, school_urn="900002"))
    row = ReturnPupil.objects.get(pupil__reference="999-1")
    decide(row)
    submit_return(
        pupil_return=row.pupil_return, by=senco_of(row.pupil_return), declared_name="Sam Carter"
    )
    [reason] = reasons(record)
    assert reason.startswith("The return of ")
    held_back(record, officer, reason)


@pytest.mark.usefixtures("collection")
def test_return_submitted_before_the_import_does_not_rest_on_it(officer):
    load(caseload_row(1))
    row = ReturnPupil.objects.get()
    decide(row)
    submit_return(
        pupil_return=row.pupil_return, by=senco_of(row.pupil_return), declared_name="Sam Carter"
    )
    record = load(caseload_row(1, placement_end="2027-08-31"))
    undo_import(record=record, by=officer)
    assert Placement.objects.get().end is None


def test_joiner_placed_as_the_pupil_rests_on_it(officer, collection):
    record = load(caseload_row(1), caseload_row(2))
    pupil = Pupil.objects.get(reference="999-1")
    Joiner.objects.create(
        school=collection.returns.get().school,
        pupil_return=collection.returns.get(),
        surname=pupil.surname,
        forename=pupil.forename,
        date_of_birth=pupil.date_of_birth,
        joined_on=LAST,
        plan_type="EHCP",
        pupil=pupil,
    )
    held_back(record, officer, "A joiner was placed as this pupil.")


def test_merge_rests_on_it(officer):
    record = load(caseload_row(1), caseload_row(2), caseload_row(3))
    kept, dropped = Pupil.objects.filter(reference__in=["999-1", "999-3"]).order_by("reference")
    merge_pupils(kept=kept, dropped=dropped, reason="One child", by=officer)
    held = {row.who.partition(",")[0]: reason for row, reason in plan_undo(record).held}
    assert held == {"Invented1": MERGED, "Invented3": MERGED}


def test_nothing_left_to_undo_is_refused(officer):
    record = load(caseload_row(1))
    end_placement(placement=Placement.objects.get(), end=LAST, by=officer)
    with pytest.raises(RefusalError, match="None of it can be undone"):
        undo_import(record=record, leave_the_rest=True, by=officer)


def test_plan_needs_the_same_queries_for_any_number_of_rows(django_assert_max_num_queries):
    record = load(*(caseload_row(n) for n in range(60)))
    with django_assert_max_num_queries(22):
        assert len(plan_undo(record).undoable) == 240
