"""A joiner told before the school converted is still placed, and lost by nobody (S1, S10, B6)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.joiners.selectors import waiting_joiners
from banding.joiners.services import add_joiner, place_joiner, refuse_joiner, withdraw_joiner
from banding.models import Joiner, Return, ReturnPupil
from banding.returns.locks import ReturnClosedError
from banding_portal.roles import Role
from schools.services.conversions import convert_school
from tests.banding.helpers import senco_of
from tests.banding.races import at_once
from tests.banding.test_converted_returns import close, convert, opened, return_of
from tests.factories import person
from tests.schools.conversions import CLOSED_ON

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(1)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def told(pupil_return, joined_on=CLOSED_ON - dt.timedelta(30)):
    return add_joiner(
        pupil_return=pupil_return,
        by=senco_of(pupil_return),
        surname="Field",
        forename="Noor",
        date_of_birth=dt.date(2018, 1, 1),
        joined_on=joined_on,
        plan_type="EHCP",
    )


def is_owed(pupil_return):
    return Return.objects.filter(pk=pupil_return.pk).exists()


def test_joiner_still_waits_for_the_officer(officer):
    before, _ = opened("Brook Academy")
    joiner = told(before)
    convert(before, officer)
    assert list(waiting_joiners(officer)) == [joiner]


def test_placed_it_goes_on_at_the_new_school_from_the_day_it_began(officer):
    before, [new] = opened("Brook Academy")
    joiner = told(before)
    convert(before, officer)
    pupil = place_joiner(joiner=joiner, pupil=None, by=officer).pupil
    days = [(row.school, row.start, row.end) for row in pupil.placements.order_by("start")]
    assert days == [
        (before.school, joiner.joined_on, CLOSED_ON),
        (new, CLOSED_ON + DAY, None),
    ]
    assert ReturnPupil.objects.get(pupil=pupil).pupil_return == return_of(new)
    assert not is_owed(before)


def test_who_joined_after_it_closed_was_never_at_the_old_school(officer):
    before, [new] = opened("Brook Academy")
    joiner = told(before, CLOSED_ON + 3 * DAY)
    convert(before, officer)
    [only] = place_joiner(joiner=joiner, pupil=None, by=officer).pupil.placements.all()
    assert (only.school, only.start) == (new, joiner.joined_on)


def test_after_a_split_somebody_says_where_the_joiner_goes(officer):
    before, [infant, junior] = opened("Brook Infant School", "Brook Junior School")
    joiner = told(before)
    rows = before.pupils.all()
    convert(before, officer, {row.pupil_id: infant for row in rows})
    pupil = place_joiner(joiner=joiner, pupil=None, by=officer).pupil
    assert pupil.placements.get().school == before.school
    convert_school(school=before.school, pupils={pupil.pk: junior}, roles={}, by=officer)
    assert ReturnPupil.objects.get(pupil=pupil).pupil_return == return_of(junior)
    assert not is_owed(before)


def refuse(joiner, officer):
    refuse_joiner(joiner=joiner, by=officer, note="Not ours")


def withdraw(joiner, officer):
    withdraw_joiner(joiner=joiner, by=senco_of(joiner.pupil_return))


@pytest.mark.parametrize("answer", [refuse, withdraw])
def test_the_last_joiner_dealt_with_nobody_owes_the_old_return(officer, answer):
    before, _ = opened("Brook Academy")
    joiner = told(before)
    convert(before, officer)
    assert is_owed(before)
    answer(joiner, officer)
    assert not is_owed(before)


def test_told_on_the_old_return_later_says_where_to(officer):
    before, _ = opened("Brook Academy")
    convert(before, officer)
    with pytest.raises(ReturnClosedError, match="go on at Brook Academy"):
        told(before)


@pytest.mark.django_db(transaction=True)
def test_told_while_the_school_converts_waits_or_is_refused(officer):
    for number in range(6):
        before, _ = opened(f"Academy {number}", pupils=1)
        close(before.school)
        results = at_once([lambda r=before: convert(r, officer), lambda r=before: told(r)])
        assert not isinstance(results[0], Exception)
        refused = isinstance(results[1], ReturnClosedError)
        waiting = waiting_joiners(officer).filter(pupil_return__school=before.school)
        assert waiting.count() == (0 if refused else 1)
        assert refused or isinstance(results[1], Joiner)
        assert is_owed(before) is not refused
        Return.everything.filter(pk=before.pk).update(put_aside_at=timezone.now())
