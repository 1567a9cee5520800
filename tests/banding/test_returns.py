"""Submitting a return and what comes after (B4, B7)."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from banding.changes.services import account_for
from banding.choices import DecisionState, ReturnState
from banding.collections.selectors import with_progress
from banding.decisions.outcomes import record_moderated_band
from banding.models import BandDecision, Return
from banding.returns.progress import line_of, progress_of_return
from banding.returns.services import (
    AlreadySubmittedError,
    accept_return,
    extend_deadline,
    return_for_correction,
    submit_return,
)
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.states import IllegalMoveError
from schools.models import Placement
from tests.agreed_bands import agreed_bands_on
from tests.banding.helpers import (
    band_of,
    decide,
    return_with_pupils,
    senco_of,
    submitted_return,
)
from tests.factories import PlacementFactory, PupilFactory, ReturnPupilFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def submit(pupil_return, name="Sam Carter"):
    return submit_return(pupil_return=pupil_return, by=senco_of(pupil_return), declared_name=name)


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


def test_complete_return_is_submitted_with_its_declaration():
    pupil_return, (row,) = return_with_pupils()
    decide(row)
    done = submit(pupil_return, " Sam Carter ")
    assert (done.state, done.declared_by_name) == (ReturnState.SUBMITTED, "Sam Carter")
    assert done.submitted_at is not None
    decision = BandDecision.objects.get()
    assert (decision.state, decision.submitted_at) == (DecisionState.SUBMITTED, done.submitted_at)


def test_undecided_pupil_keeps_the_return():
    pupil_return, rows = return_with_pupils(3)
    decide(rows[0])
    with pytest.raises(RefusalError, match="2 pupils still need a band"):
        submit(pupil_return)
    pupil_return.refresh_from_db()
    assert pupil_return.state == ReturnState.IN_PROGRESS
    assert BandDecision.objects.get().state == DecisionState.DRAFT


def test_band_without_its_reason_keeps_the_return():
    pupil_return, (row,) = return_with_pupils()
    decide(row, code="C")
    with pytest.raises(RefusalError, match="1 pupil still needs"):
        submit(pupil_return)


def test_declaration_without_a_name_is_refused():
    pupil_return, (row,) = return_with_pupils()
    decide(row)
    with pytest.raises(RefusalError, match="Enter the name"):
        submit(pupil_return, "  ")


def test_accounted_for_pupils_need_no_band_and_their_drafts_stay_drafts():
    pupil_return, (row,) = return_with_pupils()
    decide(row)
    account_for(return_pupil=row, change="left", change_date=TODAY, by=senco_of(pupil_return))
    submit(pupil_return)
    assert BandDecision.objects.get().state == DecisionState.DRAFT


def test_pupil_staying_on_is_submitted_with_a_ready_band():
    pupil_return, (row,) = return_with_pupils()
    decide(row)
    by = senco_of(pupil_return)
    account_for(return_pupil=row, change="staying_on", reason="Repeats the year", by=by)
    submit(pupil_return)
    assert BandDecision.objects.get().state == DecisionState.SUBMITTED


def test_second_submission_says_who_submitted():
    pupil_return, _ = submitted_return()
    with pytest.raises(AlreadySubmittedError, match="Sam Carter submitted this return on"):
        submit(pupil_return)


def test_return_is_open_to_the_end_of_the_deadline_in_london():
    pupil_return, (row,) = return_with_pupils(collection__deadline=dt.date(2027, 6, 30))
    decide(row)
    with time_machine.travel(dt.datetime(2027, 6, 30, 22, 59, 59, tzinfo=dt.UTC), tick=False):
        assert submit(pupil_return).state == ReturnState.SUBMITTED


@pytest.mark.parametrize(
    ("deadline", "midnight"),
    [
        (dt.date(2026, 11, 30), dt.datetime(2026, 12, 1, tzinfo=dt.UTC)),
        (dt.date(2026, 7, 31), dt.datetime(2026, 7, 31, 23, tzinfo=dt.UTC)),
        # The days the clocks change, 23 and 25 hours long.
        (dt.date(2027, 3, 28), dt.datetime(2027, 3, 28, 23, tzinfo=dt.UTC)),
        (dt.date(2026, 10, 25), dt.datetime(2026, 10, 26, tzinfo=dt.UTC)),
    ],
)
def test_return_is_in_time_to_the_last_instant_of_the_deadline(deadline, midnight):
    pupil_return = Return(extended_to=deadline)
    for instant, late in ((midnight - dt.timedelta(microseconds=1), False), (midnight, True)):
        with time_machine.travel(instant, tick=False):
            assert pupil_return.is_late is late


def test_return_is_late_at_midnight_in_london():
    pupil_return, (row,) = return_with_pupils(collection__deadline=dt.date(2027, 6, 30))
    decide(row)
    with (
        time_machine.travel(dt.datetime(2027, 6, 30, 23, 0, 1, tzinfo=dt.UTC), tick=False),
        pytest.raises(RefusalError, match="The deadline was 30 June 2027"),
    ):
        submit(pupil_return)


def test_extension_opens_a_late_return(officer):
    pupil_return, (row,) = return_with_pupils(collection__deadline=TODAY - DAY)
    extend_deadline(pupil_return=pupil_return, until=TODAY, by=officer)
    decide(row)
    assert submit(pupil_return).state == ReturnState.SUBMITTED


@pytest.mark.parametrize(("until", "message"), [(-1, "today or later"), (5, "or later, the deadl")])
def test_extension_too_early_is_refused(officer, until, message):
    pupil_return, _ = return_with_pupils()
    with pytest.raises(RefusalError, match=message):
        extend_deadline(pupil_return=pupil_return, until=TODAY + until * DAY, by=officer)


def test_extension_may_end_with_the_deadline_of_everybody_and_not_before(officer):
    pupil_return, _ = return_with_pupils()
    deadline = pupil_return.collection.deadline
    given = extend_deadline(pupil_return=pupil_return, until=deadline, by=officer)
    assert (given.extended_to, given.deadline) == (deadline, deadline)
    with pytest.raises(RefusalError, match="or later, the deadline for everybody"):
        extend_deadline(pupil_return=pupil_return, until=deadline - DAY, by=officer)


def test_submitted_return_is_not_extended(officer):
    pupil_return, _ = submitted_return()
    with pytest.raises(RefusalError, match="needs no more time"):
        extend_deadline(pupil_return=pupil_return, until=TODAY + 40 * DAY, by=officer)


def test_accepting_ends_the_placement_of_who_left(officer):
    pupil_return, (row, other) = return_with_pupils(2)
    decide(other)
    account_for(return_pupil=row, change="left", change_date=TODAY, by=officer)
    submit(pupil_return)
    assert accept_return(pupil_return=pupil_return, by=officer).state == ReturnState.ACCEPTED
    assert Placement.objects.get(pupil=row.pupil).end == TODAY
    assert Placement.objects.get(pupil=other.pupil).end is None


def test_accepting_leaves_placements_that_ended_earlier_and_of_other_schools(officer):
    pupil_return, (row,) = return_with_pupils()
    before, there = dt.date(2024, 7, 19), dt.date(2024, 9, 1)
    PlacementFactory(
        pupil=row.pupil, school=pupil_return.school, start=dt.date(2023, 9, 1), end=before
    )
    PlacementFactory(pupil=row.pupil, start=there)
    account_for(return_pupil=row, change="left", change_date=TODAY, by=officer)
    submit(pupil_return)
    accept_return(pupil_return=pupil_return, by=officer)
    here = Placement.objects.filter(pupil=row.pupil, school=pupil_return.school)
    assert list(here.order_by("start").values_list("end", flat=True)) == [before, TODAY]
    assert Placement.objects.get(pupil=row.pupil, start=there).end is None


def test_unsubmitted_return_is_not_accepted(officer):
    pupil_return, _ = return_with_pupils()
    with pytest.raises(IllegalMoveError):
        accept_return(pupil_return=pupil_return, by=officer)


def test_sending_back_needs_a_reason(officer):
    pupil_return, _ = submitted_return()
    with pytest.raises(RefusalError, match="what the school should correct"):
        return_for_correction(pupil_return=pupil_return, by=officer, reason=" ")


def test_sending_back_after_the_deadline_needs_a_date(officer):
    pupil_return, _ = submitted_return()
    pupil_return.collection.deadline = TODAY - DAY
    pupil_return.collection.save()
    with pytest.raises(RefusalError, match="Enter a date"):
        return_for_correction(pupil_return=pupil_return, by=officer, reason="Look again")
    back = return_for_correction(
        pupil_return=pupil_return, by=officer, reason="Look again", until=TODAY
    )
    assert (back.state, back.is_open) == (ReturnState.RETURNED, True)


def send_back(pupil_return, officer):
    return_for_correction(pupil_return=pupil_return, by=officer, reason="Look again")


def test_correction_supersedes_what_was_submitted(officer):
    pupil_return, (row, other) = submitted_return(2)
    first = BandDecision.objects.get(return_pupil=row)
    kept = BandDecision.objects.get(return_pupil=other)
    send_back(pupil_return, officer)
    second = decide(row, code="C", difference_reason="New report")
    submit(pupil_return)
    for decision in (first, second, kept):
        decision.refresh_from_db()
    assert first.state == DecisionState.SUPERSEDED
    assert (second.state, second.supersedes) == (DecisionState.SUBMITTED, first)
    assert kept.state == DecisionState.SUBMITTED
    agreed = agreed_bands_on(TODAY, [row.pupil], plan_type="EHCP")
    assert [d.band.code for d in agreed] == ["C"]


def test_return_sent_back_can_be_submitted_unchanged(officer):
    pupil_return, _ = submitted_return()
    send_back(pupil_return, officer)
    assert submit(pupil_return).state == ReturnState.SUBMITTED
    assert BandDecision.objects.get().state == DecisionState.SUBMITTED


@pytest.mark.parametrize("change", ["not_ours", "no_band"])
def test_decision_on_a_pupil_taken_off_the_return_counts_until_that_is_accepted(officer, change):
    pupil_return, (row,) = submitted_return()
    send_back(pupil_return, officer)
    account_for(return_pupil=row, change=change, reason="Never here", by=officer)
    submit(pupil_return)
    assert BandDecision.objects.get().state == DecisionState.SUBMITTED
    accept_return(pupil_return=pupil_return, by=officer)
    assert BandDecision.objects.get().state == DecisionState.SUPERSEDED


def test_accepting_takes_no_decision_back_that_moderation_has_settled(officer):
    pupil_return, (row,) = submitted_return()
    decision = BandDecision.objects.get()
    send_back(pupil_return, officer)
    account_for(return_pupil=row, change="no_band", reason="Met without", by=officer)
    submit(pupil_return)
    record_moderated_band(
        decision=decision, band=band_of(row, "C"), effective_from=TODAY, reason="Seen", by=officer
    )
    accept_return(pupil_return=pupil_return, by=officer)
    assert [each.band.code for each in agreed_bands_on(TODAY, [row.pupil], plan_type="EHCP")] == [
        "C"
    ]


def test_correction_overtaken_by_moderation_is_named(officer):
    pupil_return, (row,) = submitted_return()
    first = BandDecision.objects.get()
    send_back(pupil_return, officer)
    decide(row, code="A", difference_reason="New report")
    record_moderated_band(
        decision=first, band=band_of(row, "C"), effective_from=TODAY, reason="Seen", by=officer
    )
    with pytest.raises(RefusalError, match="Moderation has settled the band of"):
        submit(pupil_return)


def test_another_authoritys_pupil_may_be_left_out_or_banded():
    pupil_return, _ = return_with_pupils(0)
    pupil = PupilFactory(school=pupil_return.school, responsible_la="998")
    row = ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    listed = with_progress(Return.objects.filter(pk=pupil_return.pk))
    progress = progress_of_return(pupil_return)
    assert (progress.lines[0].status, len(progress.optional), progress.left) == ("other_la", 1, 0)
    assert [each.done_count for each in listed] == [1]
    decide(row, code=None)
    assert progress_of_return(pupil_return).left == 1
    assert [each.done_count for each in listed.all()] == [0]
    decide(row, version=1)
    assert line_of(row).status == "ready"
