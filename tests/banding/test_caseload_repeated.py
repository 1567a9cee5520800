"""A caseload that is loaded again never undoes what happened here (rules.md S10, B5)."""

import datetime as dt

import pytest

from banding.choices import DecisionState
from banding.models import BandDecision, CaseloadWord
from banding.roll_over.services import roll_over
from banding_portal.roles import Role
from schools.choices import SchoolStatus
from schools.models import Placement, Plan, Pupil, School, SchoolLink
from schools.services import corrections
from schools.services.following import hold_places, tell_followers
from schools.services.pupils import end_placement, end_plan, place_pupil, update_pupil
from schools.services.successors import carry_placements
from tests.banding.caseload_files import as_csv, caseload_row, upn
from tests.banding.test_caseload_faults import run
from tests.factories import (
    FrameworkFactory,
    PlacementFactory,
    PlanFactory,
    PupilFactory,
    SchoolFactory,
    person,
)

pytestmark = pytest.mark.django_db
START, LAST, AUGUST = dt.date(2025, 9, 1), dt.date(2026, 11, 20), dt.date(2026, 8, 31)
NOVEMBER = dt.date(2025, 11, 3)
TODAY = dt.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001", low_age=4, high_age=11)
    SchoolFactory(urn="900002", name="Beech Special School")
    FrameworkFactory()


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def load(*rows):
    result = run(as_csv(rows or [caseload_row()]))
    assert result.issues == []
    return result.preview


def unchanged(*rows):
    """Loads the rows again; whether nothing at all was done."""
    found = load(*rows)
    return found["is_empty"] and found["counts"]["updated"] == found["counts"]["created"] == 0


def periods(model=Placement):
    what = "school__urn" if model is Placement else "plan_type"
    return list(model.objects.order_by("start", what).values_list(what, "start", "end"))


def everything():
    models = (Pupil, Placement, Plan, BandDecision, CaseloadWord)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_same_file_twice_changes_nothing():
    rows = [
        caseload_row(1, ncy="3"),
        caseload_row(1, ncy="3", school_urn="900002", placement_start="2026-09-01"),
        caseload_row(2, placement_end="2026-08-31", plan_end="2026-08-31"),
    ]
    load(*rows)
    before = everything()
    assert unchanged(*rows)
    assert everything() == before


# A blank end


def test_blank_end_does_not_reopen_what_an_officer_ended(officer):
    load()
    end_placement(placement=Placement.objects.get(), end=LAST, by=officer)
    end_plan(plan=Plan.objects.get(), end=LAST, by=officer)
    assert unchanged()
    assert periods() == [("900001", START, LAST)]
    assert periods(Plan) == [("EHCP", dt.date(2025, 5, 5), LAST)]


def test_blank_end_does_not_reopen_what_roll_over_ended():
    load(caseload_row(ncy="6", date_of_birth="2015-03-04"))
    roll_over(new_year=2027, is_early=True, by=None)
    assert periods() == [("900001", START, dt.date(2027, 8, 31))]
    assert unchanged(caseload_row(ncy="6", date_of_birth="2015-03-04"))
    assert periods() == [("900001", START, dt.date(2027, 8, 31))]


def carried():
    School.objects.filter(urn="900001").update(
        status=SchoolStatus.CLOSED, closed_on=dt.date(2026, 8, 31)
    )
    SchoolLink.objects.create(
        school=School.objects.get(urn="900001"), linked_urn="900002", kind="Successor"
    )
    hold_places()
    placements, _ = carry_placements()
    tell_followers({row.pupil_id for row in placements}, by=None)


def test_blank_end_does_not_reopen_a_placement_carried_to_a_successor():
    load()
    carried()
    expected = [("900001", START, AUGUST), ("900002", dt.date(2026, 9, 1), None)]
    assert periods() == expected
    assert unchanged()
    assert periods() == expected


def test_placement_begun_after_the_school_had_closed_stays_at_its_successor():
    load(caseload_row(placement_start="2026-10-01"))
    carried()
    expected = [("900002", dt.date(2026, 10, 1), None)]
    assert periods() == expected
    assert unchanged(caseload_row(placement_start="2026-10-01"))
    assert periods() == expected


def test_blank_end_takes_away_an_end_that_the_file_had_given():
    load(caseload_row(placement_end="2026-08-31"))
    load(caseload_row())
    assert periods() == [("900001", START, None)]


def test_blank_end_leaves_the_end_of_a_placement_no_file_had_named():
    pupil = PupilFactory(reference="999-1")
    PlacementFactory(pupil=pupil, school=School.objects.get(urn="900001"), start=START, end=LAST)
    load()
    assert periods() == [("900001", START, LAST)]


# An end in the file


def test_end_that_is_new_in_the_file_is_taken():
    load()
    load(caseload_row(placement_end="2026-08-31"))
    assert periods() == [("900001", START, AUGUST)]


def test_end_taken_away_here_stays_away(officer):
    ended = caseload_row(placement_end="2026-08-31")
    load(ended)
    row = Placement.objects.get()
    corrections.correct_placement(
        placement=row, school=row.school, start=START, end=None, reason="Stays", by=officer
    )
    assert unchanged(ended)
    assert periods() == [("900001", START, None)]


def test_two_ends_that_differ_leave_ours(officer):
    load()
    end_placement(placement=Placement.objects.get(), end=LAST, by=officer)
    assert unchanged(caseload_row(placement_end="2026-08-31"))
    assert periods() == [("900001", START, LAST)]


# What was put right


def correct(officer, **changes):
    row = Placement.objects.get()
    given = {"school": row.school, "start": row.start, "end": row.end} | changes
    corrections.correct_placement(placement=row, reason="Typed wrongly", by=officer, **given)


def test_corrected_start_is_not_brought_back(officer):
    load()
    correct(officer, start=NOVEMBER)
    assert unchanged()
    assert periods() == [("900001", NOVEMBER, None)]


def test_corrected_school_is_not_brought_back(officer):
    load()
    correct(officer, school=School.objects.get(urn="900002"))
    assert unchanged()
    assert periods() == [("900002", START, None)]


def test_placement_put_right_twice_is_not_brought_back(officer):
    load()
    correct(officer, start=NOVEMBER)
    correct(officer, start=dt.date(2025, 12, 1))
    assert unchanged()
    assert unchanged(caseload_row(placement_start="2025-11-03"))
    assert periods() == [("900001", dt.date(2025, 12, 1), None)]


def test_removed_placement_is_not_brought_back(officer):
    load()
    corrections.remove_placement(
        placement=Placement.objects.get(), reason="Another child", by=officer
    )
    assert unchanged()
    assert periods() == []


def test_removed_plan_is_not_brought_back(officer):
    load()
    corrections.remove_plan(plan=Plan.objects.get(), reason="Another child", by=officer)
    assert unchanged()
    assert periods(Plan) == []


def test_corrected_plan_is_not_brought_back(officer):
    load()
    corrections.correct_plan(
        plan=Plan.objects.get(),
        plan_type="SEN_SUPPORT",
        start=START,
        end=None,
        reason="No plan yet",
        by=officer,
    )
    assert unchanged()
    assert periods(Plan) == [("SEN_SUPPORT", START, None)]


def test_correction_that_was_taken_back_is_the_files_again(officer):
    load()
    correction = corrections.remove_placement(
        placement=Placement.objects.get(), reason="Another child", by=officer
    )
    corrections.undo_correction(correction=correction, by=officer)
    load(caseload_row(placement_end="2026-08-31"))
    assert periods() == [("900001", START, AUGUST)]


def test_end_that_is_new_in_the_file_ends_what_was_put_right(officer):
    load()
    correct(officer, start=NOVEMBER)
    load(caseload_row(placement_end="2026-08-31"))
    assert periods() == [("900001", NOVEMBER, AUGUST)]


def test_removed_before_any_file_named_it_is_not_brought_in(officer):
    pupil = PupilFactory(reference="999-1")
    school = School.objects.get(urn="900001")
    row = PlacementFactory(pupil=pupil, school=school, start=START)
    corrections.remove_placement(placement=row, reason="Another child", by=officer)
    load()
    assert periods() == []


# Another start in the file


def test_start_that_the_file_corrects_moves_the_placement():
    load()
    load(caseload_row(placement_start="2025-11-03"))
    assert periods() == [("900001", NOVEMBER, None)]
    assert unchanged(caseload_row(placement_start="2025-11-03"))
    load()
    assert periods() == [("900001", START, None)]


def test_plan_that_starts_on_another_day_is_the_same_plan():
    load()
    load(caseload_row(plan_start="2025-06-01"))
    assert periods(Plan) == [("EHCP", dt.date(2025, 6, 1), None)]


def test_other_start_of_a_placement_entered_here_is_left(officer):
    pupil = PupilFactory(reference="999-1")
    school = School.objects.get(urn="900001")
    place_pupil(pupil=pupil, school=school, start=NOVEMBER, by=officer)
    load()
    assert periods() == [("900001", NOVEMBER, None)]


def test_second_stay_at_a_school_is_another_placement():
    load(caseload_row(placement_end="2026-03-31"))
    load(
        caseload_row(placement_end="2026-03-31"),
        caseload_row(placement_start="2026-09-01"),
    )
    assert periods() == [
        ("900001", START, dt.date(2026, 3, 31)),
        ("900001", dt.date(2026, 9, 1), None),
    ]


# The pupil's own


def edit(officer, **changes):
    pupil = Pupil.objects.get()
    names = ("reference", "upn", "surname", "forename", "date_of_birth", "primary_need")
    own = {name: getattr(pupil, name) for name in (*names, "responsible_la")}
    update_pupil(pupil=pupil, today=TODAY, by=officer, **own | changes)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("surname", "Righter"),
        ("date_of_birth", dt.date(2018, 4, 3)),
        ("upn", upn(77)),
        ("primary_need", "ASD"),
        ("responsible_la", "919"),
    ],
)
def test_what_was_changed_here_stays(officer, name, value):
    load()
    edit(officer, **{name: value})
    assert unchanged()
    assert getattr(Pupil.objects.get(), name) == value


def test_year_group_recorded_here_stays(officer):
    load(caseload_row(ncy="3"))
    edit(officer, year_group=4)
    assert unchanged(caseload_row(ncy="3"))
    assert Pupil.objects.get().recorded_year_group == 4
    load(caseload_row(ncy="5"))
    assert Pupil.objects.get().recorded_year_group == 4


def test_what_changed_in_the_file_is_taken():
    load(caseload_row(ncy="3"))
    load(caseload_row(surname="Married", primary_need="ASD", ncy="4"))
    pupil = Pupil.objects.get()
    assert (pupil.surname, pupil.primary_need) == ("Married", "ASD")
    assert pupil.recorded_year_group == 4


@pytest.mark.parametrize("spelling", ["Nu\u0301n\u0303ez", "Nunez", "NÚÑEZ", "Núñez "])
def test_accent_or_case_alone_is_no_change(spelling):
    PupilFactory(
        reference="999-1", surname="Núñez", forename="Amira", date_of_birth=dt.date(2018, 3, 4)
    )
    load(caseload_row(surname=spelling))
    assert Pupil.objects.get().surname == "Núñez"


def test_spelling_that_the_file_corrects_is_taken():
    load(caseload_row(surname="Nunez"))
    load(caseload_row(surname="Núñez"))
    assert Pupil.objects.get().surname == "Núñez"


# Agreed bands


def test_band_entered_by_mistake_is_not_brought_back():
    load()
    BandDecision.objects.get().move(DecisionState.MISTAKEN, by=None)
    assert unchanged()
    assert list(BandDecision.objects.values_list("state", flat=True)) == [DecisionState.MISTAKEN]


def test_another_band_after_a_mistake_is_taken():
    load()
    BandDecision.objects.get().move(DecisionState.MISTAKEN, by=None)
    load(caseload_row(band="C"))
    in_force = BandDecision.objects.in_force().get()
    assert (in_force.band.code, in_force.supersedes) == ("C", None)


# What is remembered


def test_what_a_file_leaves_out_is_still_remembered(officer):
    both = [
        caseload_row(placement_end="2026-03-31"),
        caseload_row(school_urn="900002", placement_start="2026-09-01"),
    ]
    load(*both)
    corrections.remove_placement(
        placement=Placement.objects.get(school__urn="900001"), reason="Never there", by=officer
    )
    load(both[1])
    assert unchanged(*both)
    assert periods() == [("900002", dt.date(2026, 9, 1), None)]


def test_pupil_left_out_is_no_leaver_and_remembered():
    PlanFactory()
    load(caseload_row(1), caseload_row(2))
    load(caseload_row(1))
    assert CaseloadWord.objects.count() == 2
    assert set(Placement.objects.values_list("end", flat=True)) == {None}
