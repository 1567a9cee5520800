"""Two periods of the same calendar that follow one another."""

import datetime as dt

import pytest

from tests.factories import PeriodFactory
from tests.funding.funded import set_value


@pytest.fixture
def autumn(db):
    """122 days; 4/12 of a year."""
    set_value("B", "3660.00")
    set_value("C", "7320.00")
    return PeriodFactory()


@pytest.fixture
def spring(autumn):
    """90 days; 3/12."""
    return PeriodFactory(
        calendar=autumn.calendar,
        code="2027-spring",
        name="Spring term 2027",
        start=dt.date(2027, 1, 1),
        end=dt.date(2027, 3, 31),
        count_date=dt.date(2027, 1, 15),
        numerator=3,
    )
