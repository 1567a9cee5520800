"""The roll-over as a service and a job: when, whom, undone until when (rules.md S7)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from banding.changes.afterwards import left_to_the_officer
from banding.changes.services import account_for
from banding.choices import RollOverKind
from banding.collections.selectors import with_progress
from banding.models import ReturnPupil, RollOver
from banding.returns.progress import progress_of_return
from banding.returns.services import accept_return, confirm_nothing_to_tell, submit_return
from banding.roll_over.rules import why_early, why_not_to, year_to_offer
from banding.roll_over.selectors import mark_of
from banding.roll_over.services import CHANGED, roll_over, start_roll_over
from banding.rounds.rules import TAKEN_OFF
from banding.rounds.selectors import round_rows
from banding_portal.jobs.states import JobState
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import ImportRecord, Placement
from schools.services.undo_plans import plan_undo
from schools.services.undoing import undo_import
from tests.banding.helpers import senco_of
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.factories import (
    PlacementFactory,
    PlanFactory,
    PupilFactory,
    ReturnFactory,
    SchoolFactory,
    person,
)
from tests.jobs import work_on
from tests.reporting import report_of, submit

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.datetime(2026, 9, 2, 12, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
LAST_DAY = dt.date(2026, 8, 31)
YEAR_6 = dt.date(2015, 8, 1)


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(SEPTEMBER, tick=False):
        yield


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


def leaver(school, **fields):
    return PupilFactory(school=school, date_of_birth=YEAR_6, **fields)


def end_of(pupil):
    return pupil.placements.get().end


def rolled(by, **wished):
    return roll_over(new_year=2026, by=by, **wished)


@pytest.mark.parametrize(
    ("today", "is_early"),
    [(dt.date(2026, 7, 31), True), (dt.date(2026, 8, 1), False), (dt.date(2027, 8, 31), False)],
)
def test_roll_over_is_early_until_the_end_of_july(today, is_early):
    assert bool(why_early(2026, today)) is is_early


@pytest.mark.parametrize(
    ("today", "year"),
    [(dt.date(2026, 2, 28), 2025), (dt.date(2026, 3, 1), 2026), (dt.date(2026, 12, 31), 2026)],
)
def test_roll_over_of_the_next_september_is_offered_from_march(today, year):
    assert year_to_offer(today) == year
    assert why_not_to(year, today) == ""


def test_before_the_term_ends_it_is_refused_unless_it_is_meant(school, officer):
    pupil = leaver(school)
    with time_machine.travel(dt.date(2026, 7, 1), tick=False):
        with pytest.raises(RefusalError, match="not over before 1 August 2026"):
            rolled(officer)
        assert end_of(pupil) is None
        rolled(officer, is_early=True)
    assert end_of(pupil) == LAST_DAY


def test_whoever_has_turned_25_leaves_with_the_plan_whatever_the_school_says(officer):
    college = SchoolFactory(low_age=16, high_age=19, sector="post_16")
    born_on, born_after = dt.date(2001, 8, 31), dt.date(2001, 9, 1)
    old = PupilFactory(school=college, surname="Adair", date_of_birth=born_on)
    younger = PupilFactory(school=college, surname="Bell", date_of_birth=born_after)
    for pupil in (old, younger):
        report_of(pupil, "staying_on")
    found = rolled(officer)
    assert [row.kind for row in found.rows] == [RollOverKind.TURNED_25, RollOverKind.STAYS]
    assert (end_of(old), end_of(younger)) == (LAST_DAY, None)
    assert (old.plans.get().end, younger.plans.get().end) == (LAST_DAY, None)


def test_whoever_has_turned_25_leaves_a_school_without_ages(officer):
    school = SchoolFactory(low_age=None, high_age=None)
    pupil = PupilFactory(school=school, date_of_birth=dt.date(2001, 8, 31))
    assert [row.kind for row in rolled(officer).rows] == [RollOverKind.TURNED_25]
    assert end_of(pupil) == LAST_DAY


def test_pupil_whose_plan_has_ended_stays_unless_somebody_wishes(school, officer):
    pupil = PupilFactory()
    PlacementFactory(pupil=pupil, school=school)
    PlanFactory(pupil=pupil, end=dt.date(2026, 5, 3))
    found = rolled(officer)
    assert [(row.kind, row.plan_ended) for row in found.rows] == [
        (RollOverKind.CEASED, dt.date(2026, 5, 3))
    ]
    assert end_of(pupil) is None
    assert found.record is None
    rolled(officer, ends_ceased=True)
    assert end_of(pupil) == LAST_DAY


def test_pupil_with_a_plan_still_to_come_or_none_at_all_is_not_asked_about(school, officer):
    coming = PupilFactory()
    PlanFactory(pupil=coming, start=dt.date(2026, 9, 1))
    for pupil in (coming, PupilFactory()):
        PlacementFactory(pupil=pupil, school=school)
    assert list(rolled(officer, ends_ceased=True).rows) == []


def test_undone_everything_is_as_it_was(school, officer):
    open_ended, with_end = leaver(school), leaver(school)
    with_end.placements.update(end=dt.date(2027, 7, 31))
    before = list(Placement.objects.order_by("pk").values())
    record = rolled(officer).record
    assert (record.made_by, record.filename) == (officer, "Roll-over to 2026-27")
    assert {end_of(open_ended), end_of(with_end)} == {LAST_DAY}
    undo_import(record=record, by=officer)
    assert list(Placement.objects.order_by("pk").values()) == before
    assert rolled(officer).record is not None


def test_undone_until_the_first_return_of_the_new_year_is_submitted(school, officer):
    pupil = leaver(school)
    record = rolled(officer).record
    elsewhere = SchoolFactory(name="Hazel School")
    new = open_round_at(elsewhere, dt.date(2026, 9, 1))
    assert plan_undo(record).undoable
    submit(new)
    plan = plan_undo(record)
    assert [reason for _, reason in plan.held] == [
        "Hazel School submitted the first return of the new year on 2 Sep 2026."
    ]
    with pytest.raises(RefusalError, match="None of it can be undone any more"):
        undo_import(record=record, by=officer)
    assert end_of(pupil) == LAST_DAY


def open_round_at(school, day):
    return ReturnFactory(school=school, collection__reference_date=day)


def test_return_of_the_old_year_does_not_keep_it_from_being_undone(school, officer):
    pupil = leaver(school)
    record = rolled(officer).record
    submit(open_round_at(school, LAST_DAY))
    undo_import(record=record, by=officer)
    assert end_of(pupil) is None


def test_pupil_who_has_gone_to_another_school_stays_off(school, officer):
    gone, other = leaver(school), leaver(school)
    record = rolled(officer).record
    PlacementFactory(pupil=gone, school=SchoolFactory(name="High"), start=dt.date(2026, 9, 1))
    plan = plan_undo(record)
    assert [reason for _, reason in plan.held] == ["The pupil is now placed at High."]
    undo_import(record=record, leave_the_rest=True, by=officer)
    assert gone.placements.get(school=school).end == LAST_DAY
    assert end_of(other) is None


def test_job_does_it_once_and_keeps_the_record(school, officer):
    pupil = leaver(school)
    seen = mark_of(2026)
    job = start_roll_over(new_year=2026, seen=seen, by=officer)
    assert start_roll_over(new_year=2026, seen=seen, by=officer).pk == job.pk
    work_on(job)
    job.refresh_from_db()
    assert (job.state, job.preview["leaves"]) == (JobState.DONE, 1)
    assert ImportRecord.objects.get().pk == job.record
    assert end_of(pupil) == LAST_DAY


def test_job_is_refused_where_the_list_has_changed_since_it_was_seen(school, officer):
    pupil = leaver(school)
    job = start_roll_over(new_year=2026, seen=mark_of(2026), by=officer)
    leaver(school)
    work_on(job)
    job.refresh_from_db()
    assert (job.state, job.issues[0]["message"]) == (JobState.REFUSED, CHANGED)
    assert end_of(pupil) is None
    with pytest.raises(RefusalError, match="has changed since you looked"):
        start_roll_over(new_year=2026, seen="another", by=officer)


def test_only_an_officer_starts_it(school):
    leaver(school)
    with pytest.raises(RefusalError, match="Your role does not let you do this"):
        start_roll_over(new_year=2026, seen=mark_of(2026), by=person(Role.ADMINISTRATOR))
    assert not RollOver.objects.exists()


def next_round_of(school, officer):
    """The round after the roll-over, in which the school is asked about who was taken off."""
    rolled(officer)
    with time_machine.travel(OCTOBER, tick=False):
        return return_of(open_round(), school)


def test_whoever_was_taken_off_stands_on_the_next_round_as_leaving(school, officer):
    pupil = pupil_at(school, date_of_birth=YEAR_6)
    pupil_return = next_round_of(school, officer)
    line = progress_of_return(pupil_return).lines[0]
    assert (line.pupil, line.status, line.is_done) == (pupil, "leaving", True)
    assert line.standing.why == TAKEN_OFF
    assert list(round_rows(pupil_return.collection)) == []
    counted = with_progress(type(pupil_return).objects.filter(pk=pupil_return.pk)).get()
    assert (counted.pupil_count, counted.done_count) == (1, 1)


def test_of_whom_was_taken_off_no_band_is_asked(school, officer, client):
    pupil_at(school, date_of_birth=YEAR_6)
    pupil_return = next_round_of(school, officer)
    with time_machine.travel(OCTOBER, tick=False):
        client.force_login(senco_of(pupil_return))
        for name in ("return_detail", "return_check"):
            page = client.get(reverse(f"banding:{name}", args=[pupil_return.pk])).text
            assert "Report a change" in page
            assert "Change band" not in page
        declared = client.get(reverse("banding:return_submit", args=[pupil_return.pk])).text
        assert "left at the end of the school year before" in declared


def test_whoever_was_taken_off_has_not_moved_since(school, officer, client):
    pupil_at(school, date_of_birth=YEAR_6)
    pupil_return = next_round_of(school, officer)
    with time_machine.travel(OCTOBER, tick=False):
        confirm_nothing_to_tell(pupil_return=pupil_return, by=senco_of(pupil_return))
        client.force_login(senco_of(pupil_return))
        page = client.get(reverse("banding:return_detail", args=[pupil_return.pk])).text
    assert TAKEN_OFF in page
    assert "Moved since" not in page


def test_a_later_round_does_not_ask_again(school, officer):
    pupil_at(school, date_of_birth=YEAR_6)
    next_round_of(school, officer)
    with time_machine.travel(dt.date(2027, 1, 20), tick=False):
        spring = open_round("spring", reference=dt.date(2027, 1, 15))
    assert not ReturnPupil.objects.filter(collection=spring).exists()


def test_whoever_is_at_another_school_is_not_asked_about(school, officer):
    gone, high = pupil_at(school, date_of_birth=YEAR_6), SchoolFactory(high_age=16)
    rolled(officer)
    PlacementFactory(pupil=gone, school=high, start=dt.date(2026, 9, 1))
    with time_machine.travel(OCTOBER, tick=False):
        collection = open_round()
    assert [row.pupil_return.school for row in ReturnPupil.objects.all()] == [high]
    assert collection.returns.count() == 1


def test_whoever_was_elsewhere_since_and_left_again_is_not_asked_about(school, officer):
    gone = pupil_at(school, date_of_birth=YEAR_6)
    rolled(officer)
    days = {"start": dt.date(2026, 9, 1), "end": dt.date(2026, 9, 18)}
    PlacementFactory(pupil=gone, school=SchoolFactory(high_age=16), **days)
    with time_machine.travel(OCTOBER, tick=False):
        open_round()
    assert not ReturnPupil.objects.exists()


def test_whoever_is_placed_year_by_year_at_the_school_carries_on_and_is_named(school):
    pupil = pupil_at(school, date_of_birth=YEAR_6)
    pupil.placements.update(end=LAST_DAY)
    PlacementFactory(pupil=pupil, school=school, start=LAST_DAY + dt.timedelta(days=1))
    with time_machine.travel(OCTOBER, tick=False):
        line = progress_of_return(return_of(open_round(), school)).lines[0]
    assert line.status == "carrying_on"
    assert line.standing.why.endswith("and is placed with you from 1 Sep 2026")


@pytest.mark.parametrize("end", [None, dt.date(2027, 7, 31)])
def test_staying_on_after_all_brings_the_placement_back_once_accepted(school, officer, end):
    pupil = pupil_at(school, date_of_birth=YEAR_6)
    pupil.placements.update(end=end)
    pupil_return = next_round_of(school, officer)
    with time_machine.travel(OCTOBER, tick=False):
        senco, row = senco_of(pupil_return), pupil_return.pupils.get()
        account_for(return_pupil=row, change="staying_on", reason="No place yet", by=senco)
        submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
        assert end_of(pupil) == LAST_DAY
        accept_return(pupil_return=pupil_return, by=officer)
        assert end_of(pupil) == end
        progress = progress_of_return(pupil_return)
        assert left_to_the_officer(pupil_return, progress) == []
        assert roll_over(new_year=2026, by=officer).record is None


def test_nothing_told_leaves_whoever_was_taken_off_off(school, officer):
    pupil = pupil_at(school, date_of_birth=YEAR_6)
    pupil_return = next_round_of(school, officer)
    with time_machine.travel(OCTOBER, tick=False):
        confirm_nothing_to_tell(pupil_return=pupil_return, by=senco_of(pupil_return))
        accept_return(pupil_return=pupil_return, by=officer)
    assert end_of(pupil) == LAST_DAY


def round_after_a_file(school, **fields):
    """A round of October after a file has ended the placement of a pupil on 31 August."""
    pupil = pupil_at(school, **fields)
    pupil.placements.update(end=LAST_DAY)
    with time_machine.travel(OCTOBER, tick=False):
        collection = open_round()
    return pupil, collection


def test_whose_placement_a_file_ended_is_asked_about_as_well(school, officer):
    pupil, collection = round_after_a_file(school, date_of_birth=YEAR_6)
    pupil_return = return_of(collection, school)
    line = progress_of_return(pupil_return).lines[0]
    assert (line.pupil, line.status, line.is_done) == (pupil, "leaving", True)
    assert line.standing.why == TAKEN_OFF
    assert list(round_rows(collection)) == []
    with time_machine.travel(OCTOBER, tick=False):
        senco, row = senco_of(pupil_return), pupil_return.pupils.get()
        account_for(return_pupil=row, change="staying_on", reason="No place yet", by=senco)
        submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
        accept_return(pupil_return=pupil_return, by=officer)
    assert end_of(pupil) is None


def test_who_left_before_the_last_year_group_is_not_asked_about(school):
    _, collection = round_after_a_file(school, date_of_birth=dt.date(2015, 9, 1))
    assert not ReturnPupil.objects.filter(collection=collection).exists()
