"""The roll-over at the same moment as a submission, itself, and its own undoing (S7)."""

import datetime as dt
import time
from threading import Event

import pytest
import time_machine
from django.db import transaction

from banding.changes.services import account_for
from banding.models import Return
from banding.returns.services import accept_return, submit_return
from banding.roll_over.services import roll_over
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import ImportRecord
from schools.services.undoing import undo_import
from tests.banding.helpers import senco_of
from tests.banding.races import at_once
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
AUGUST = dt.date(2026, 8, 31)
LEAVER = dt.date(2015, 8, 1)


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC), tick=False):
        yield


def submission(pupil_return, by):
    return lambda: submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")


def test_whoever_stays_on_is_there_once_accepted_whatever_came_first(school):
    """Submitted before or after the roll-over has looked, the word holds in the end."""
    officer = person(Role.SEND_OFFICER)
    for number in range(5):
        pupil = pupil_at(school, date_of_birth=LEAVER)
        pupil_return = return_of(open_round(code=f"round-{number}"), school)
        by = senco_of(pupil_return)
        row = pupil_return.pupils.get(pupil=pupil)
        account_for(return_pupil=row, change="staying_on", reason="No place yet", by=by)
        sent, rolled = at_once(
            [submission(pupil_return, by), lambda: roll_over(new_year=2026, by=officer)]
        )
        assert isinstance(sent, Return), sent
        taken_off = [each.pupil for each in rolled.of("leaves")]
        assert pupil.placements.get().end == (AUGUST if pupil in taken_off else None)
        accept_return(pupil_return=pupil_return, by=officer)
        assert pupil.placements.get().end is None
        pupil.placements.update(end=AUGUST)


def test_eight_at_once_roll_over_once(school):
    officer = person(Role.SEND_OFFICER)
    for _ in range(3):
        pupil_at(school, date_of_birth=LEAVER)
    done = at_once([lambda: roll_over(new_year=2026, by=officer)] * 8)
    assert sorted(len(each.of("leaves")) for each in done) == [0] * 7 + [3]
    assert ImportRecord.objects.count() == 1


def test_undoing_waits_for_a_submission_that_has_begun_and_is_refused(school):
    """The first return of the new year is submitted; nobody sees it before it is committed."""
    officer = person(Role.SEND_OFFICER)
    pupil = pupil_at(school, date_of_birth=LEAVER)
    record = roll_over(new_year=2026, by=officer).record
    pupil_return = return_of(open_round(), school)
    by, has_begun = senco_of(pupil_return), Event()

    def submit_slowly():
        with transaction.atomic():
            submission(pupil_return, by)()
            has_begun.set()
            time.sleep(0.5)

    def undo():
        has_begun.wait(timeout=20)
        return undo_import(record=record, by=officer)

    _, undone = at_once([submit_slowly, undo])
    assert isinstance(undone, RefusalError), undone
    assert pupil.placements.get().end == AUGUST
