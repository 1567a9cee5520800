"""Staying on that was submitted holds while the return is with its school again (rules.md S7)."""

import datetime as dt

import pytest
import time_machine

from banding.changes.services import account_for, clear_account
from banding.choices import RollOverKind
from banding.returns.progress import progress_of_return
from banding.returns.services import return_for_correction, submit_return, withdraw_return
from banding.roll_over.services import preview_roll_over
from banding_portal.roles import Role
from tests.banding.helpers import senco_of
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.factories import person

pytestmark = pytest.mark.django_db
JULY = dt.datetime(2026, 7, 6, 12, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
YEAR_6 = dt.date(2015, 8, 1)


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel(JULY, tick=False):
        yield


@pytest.fixture
def submitted(school):
    """A return that says of the school's one pupil that they stay."""
    pupil_at(school, date_of_birth=YEAR_6)
    pupil_return = return_of(open_round("summer", reference=dt.date(2026, 7, 1)), school)
    say(pupil_return, "staying_on", "No place yet")
    send(pupil_return)
    return pupil_return


def say(pupil_return, change, reason="", date=None):
    account_for(
        return_pupil=pupil_return.pupils.get(),
        change=change,
        reason=reason,
        change_date=date,
        by=senco_of(pupil_return),
    )


def send(pupil_return):
    submit_return(pupil_return=pupil_return, by=senco_of(pupil_return), declared_name="Sam Carter")


def send_back(pupil_return):
    return_for_correction(
        pupil_return=pupil_return, by=person(Role.SEND_OFFICER), reason="Read it again."
    )


def take_back(pupil_return):
    withdraw_return(pupil_return=pupil_return, by=senco_of(pupil_return), reason="A slip.")


def leaving_or_not():
    [row] = preview_roll_over(new_year=2026).rows
    return row.kind, row.reason


STAYS = (RollOverKind.STAYS, "No place yet")
LEAVES = (RollOverKind.LEAVES, "")


@pytest.mark.parametrize("goes_back", [send_back, take_back])
def test_what_was_submitted_holds_until_it_is_submitted_anew(submitted, goes_back):
    goes_back(submitted)
    assert leaving_or_not() == STAYS
    row = submitted.pupils.get()
    clear_account(return_pupil=row, by=senco_of(submitted))
    assert leaving_or_not() == STAYS
    send(submitted)
    assert leaving_or_not() == LEAVES


def test_what_is_said_on_a_return_sent_back_counts_once_it_is_submitted(submitted):
    send_back(submitted)
    clear_account(return_pupil=submitted.pupils.get(), by=senco_of(submitted))
    send(submitted)
    send_back(submitted)
    say(submitted, "staying_on", "Repeats the year")
    assert leaving_or_not() == LEAVES
    send(submitted)
    assert leaving_or_not() == (RollOverKind.STAYS, "Repeats the year")


def test_another_round_reads_what_was_submitted(submitted):
    send_back(submitted)
    clear_account(return_pupil=submitted.pupils.get(), by=senco_of(submitted))
    with time_machine.travel(OCTOBER, tick=False):
        autumn = return_of(open_round(), submitted.school)
        [line] = progress_of_return(autumn).lines
    assert (line.standing.list, line.standing.why) == ("carrying_on", "Staying on: No place yet")


def test_the_same_round_reads_what_is_written(school):
    with time_machine.travel(OCTOBER, tick=False):
        pupil_at(school, date_of_birth=YEAR_6)
        autumn = return_of(open_round(), school)
        say(autumn, "staying_on", "No place yet")
        send(autumn)
        send_back(autumn)
        clear_account(return_pupil=autumn.pupils.get(), by=senco_of(autumn))
        assert progress_of_return(autumn).lines[0].standing.list == "leaving"
        assert leaving_or_not() == STAYS
