"""A run moves by its table alone (F7), and what is done stands under who did it."""

import datetime as dt
import json

import pytest

from banding_portal.audit_trail.events import changes_matching
from banding_portal.roles import Role
from banding_portal.states import IllegalMoveError
from funding.choices import RunState
from funding.services.calendars import import_payment_calendar
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_back, send_for_checking
from funding.services.values import set_band_value, set_funding_policy
from tests.factories import FrameworkFactory, PeriodFactory, person
from tests.funding.funded import band, funded_pupil, set_value
from tests.funding.published import checked, draft, published

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 1)


@pytest.fixture
def period(db):
    set_value()
    funded_pupil()
    return PeriodFactory()


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def authoriser(db):
    return person(Role.FINANCE_AUTHORISER)


def latest(kind: str):
    return changes_matching(offset=0, limit=1, kind=kind)[0]


def load_by_whole_periods(period) -> None:
    """The year of the period again, paid by whole periods, with a spring that follows it."""
    whole = {"proration": "whole_period", "year": period.calendar.year}
    autumn = {field: str(getattr(period, field)) for field in ("start", "end", "count_date")}
    autumn |= {"code": period.code, "name": period.name, "numerator": 4, "denominator": 12}
    spring = {"start": "2027-01-01", "end": "2027-08-31", "count_date": "2027-01-15"}
    spring |= {"code": "2027-rest", "name": "Rest of 2027", "numerator": 8, "denominator": 12}
    content = json.dumps(whole | {"periods": [autumn, spring]}).encode()
    loaded = import_payment_calendar(lambda *_: None, filename="year.json", content=content)
    assert loaded.issues == []


@pytest.mark.parametrize(
    ("make", "state", "sentence"),
    [
        (draft, RunState.PUBLISHED, "A run that is “Draft” cannot become “Published”."),
        (published, RunState.DRAFT, "This run is published already."),
        (published, RunState.CHECKED, "This run is published already."),
        (published, RunState.PUBLISHED, "This run is published already."),
    ],
)
def test_a_move_beside_the_table_is_refused_in_words(make, state, sentence, period, officer):
    run = make(period)
    with pytest.raises(IllegalMoveError) as refused:
        run.move(state, by=officer)
    assert str(refused.value) == sentence


def test_a_new_calendar_makes_a_run_being_checked_an_outdated_draft(period):
    run = checked(period)
    load_by_whole_periods(period)
    run.refresh_from_db()
    assert (run.state, run.sent_by, run.sent_at, run.is_outdated) == ("draft", None, None, True)


def test_each_move_of_a_run_stands_under_the_name_of_who_made_it(period, officer, authoriser):
    run = send_for_checking(run=draft(period), by=officer)
    assert latest("funding.run").user == str(officer.pk)
    send_back(run=run, by=authoriser)
    assert latest("funding.run").user == str(authoriser.pk)
    send_for_checking(run=run, by=officer)
    publish_run(run=run, by=authoriser)
    assert latest("funding.run").user == str(authoriser.pk)


def test_clearing_stands_under_the_name_of_who_cleared(period, officer):
    funded_pupil(code=None)
    clear_exceptions(run=draft(period), kind="no_agreed_band", reason="With panel.", by=officer)
    assert latest("funding.runexception").user == str(officer.pk)


def test_values_and_policies_stand_under_the_name_of_who_set_them(officer):
    framework = FrameworkFactory()
    value = {"sector": "special", "effective_from": DAY}
    set_band_value(band=band(), annual_value=None, **value, by=officer)
    set_funding_policy(framework=framework, **value, by=officer)
    for kind in ("funding.bandvalue", "funding.fundingpolicy"):
        assert latest(kind).user == str(officer.pk)
