"""Each adjustment names what changed, who recorded it and when, and its own days (F8, F9)."""

import datetime as dt
from decimal import Decimal

import pytest

from banding.decisions.agreed_bands import agreed_decisions
from banding.models import ExceptionalRequest
from banding_portal import states
from banding_portal.roles import Role
from funding.models import FundingPolicy
from funding.services.runs import calculate_run
from funding.services.values import set_band_value
from schools.models import School
from schools.services.merges import merge_pupils
from tests.factories import FrameworkFactory, PeriodFactory, PlacementFactory, SchoolFactory, person
from tests.funding.funded import SINCE, agree, band, funded_pupil, set_value
from tests.funding.published import published

NOVEMBER = dt.date(2026, 11, 1)
OCTOBER_ENDS = dt.date(2026, 10, 31)
YEAR_ENDS = dt.date(2026, 12, 31)


@pytest.fixture
def officer(transactional_db):
    """Each step in a transaction of its own, so that the trail knows which came first."""
    set_value("B", "3660.00")
    set_value("C", "7320.00")
    return person(Role.SEND_OFFICER, name="Robin Ellis")


def adjusted():
    """The lines of the next run of the autumn term."""
    run = calculate_run(period=PeriodFactory.build().__class__.objects.get(), by=None)
    return list(run.lines.filter(kind="adjustment").order_by("start", "amount"))


def facts(line):
    return line.start, line.end, line.days, line.amount


def cause(line):
    return line.cause, line.cause_said, line.cause_by


def test_leaver_told_late(officer):
    pupil = funded_pupil()
    published()
    placement = pupil.placements.get()
    placement.end = OCTOBER_ENDS
    with states.acting(officer):
        placement.save()
    (line,) = adjusted()
    assert facts(line) == (NOVEMBER, YEAR_ENDS, 61, Decimal("-610.00"))
    assert cause(line) == ("placement", "left on 31 October 2026", "Robin Ellis")
    assert (line.band_name, line.annual_value, line.was_annual) == ("Band B", None, 3660)
    assert line.cause_at > line.run.period.runs.get(sequence=1).prepared_at
