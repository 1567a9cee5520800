"""A round confirmed, told of and rolled over at the same moment, on PostgreSQL (B8, B10, S7)."""

import datetime as dt

import pytest
import time_machine

from banding.choices import ReturnState
from banding.models import BandDecision, Return
from banding.returns.locks import ReturnClosedError
from banding.returns.services import (
    AlreadySubmittedError,
    accept_return,
    confirm_nothing_to_tell,
    submit_return,
)
from banding.roll_over.services import roll_over
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import decide, senco_of
from tests.banding.races import at_once
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
LEAVER = dt.date(2015, 8, 1)


def confirmation(pupil_return, by):
    return lambda: confirm_nothing_to_tell(pupil_return=pupil_return, by=by)


def test_fifty_confirmations_at_once_have_one_effect(school):
    pupil_at(school)
    pupil_return = return_of(open_round(), school)
    by = senco_of(pupil_return)
    results = at_once([confirmation(pupil_return, by)] * 50)
    done = [r for r in results if isinstance(r, Return)]
    told = [r for r in results if isinstance(r, AlreadySubmittedError)]
    assert (len(done), len(told)) == (1, 49)
    assert BandDecision.objects.count() == 1


def test_confirmation_and_a_late_decision_leave_no_draft_behind(school):
    """Either the school had something to tell after all, or the decision came too late."""
    for number in range(5):
        pupil = pupil_at(school)
        collection = open_round(code=f"round-{number}")
        pupil_return = return_of(collection, school)
        by, row = senco_of(pupil_return), row_of(collection, pupil)
        saved, confirmed = at_once(
            [lambda row=row, by=by: decide(row, by), confirmation(pupil_return, by)]
        )
        pupil_return.refresh_from_db()
        if isinstance(confirmed, Return):
            assert isinstance(saved, ReturnClosedError)
            assert not row.decisions.exists()
        else:
            assert isinstance(confirmed, RefusalError)
            assert isinstance(saved, BandDecision)
            assert pupil_return.state == ReturnState.IN_PROGRESS


@time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC), tick=False)
def test_roll_over_submission_and_acceptance_end_a_placement_once(school):
    leaver, other = pupil_at(school, date_of_birth=LEAVER), pupil_at(school)
    collection = open_round()
    pupil_return = return_of(collection, school)
    by, officer = senco_of(pupil_return), person(Role.SEND_OFFICER)

    def submit_and_accept():
        submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")
        return accept_return(pupil_return=pupil_return, by=officer)

    rolled, accepted = at_once([lambda: roll_over(new_year=2026, by=None), submit_and_accept])
    assert isinstance(accepted, Return), accepted
    assert len(rolled.of("leaves")) in (0, 1), rolled
    assert leaver.placements.get().end == dt.date(2026, 8, 31)
    assert other.placements.get().end is None
