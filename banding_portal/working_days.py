"""Days on which people in England work: not at weekends, not on bank holidays. Pure."""

import datetime as dt
from functools import cache

import holidays

DAY = dt.timedelta(days=1)


@cache
def _bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    """Tell whether a day is neither at a weekend nor a bank holiday in England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_day_on_or_before(day: dt.date) -> dt.date:
    """Return the day itself if it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def working_day_after(day: dt.date, count: int) -> dt.date:
    """Return the working day that comes so many working days after a day."""
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def working_day_before(day: dt.date, count: int) -> dt.date:
    """Return the working day that comes so many working days before a day."""
    while count:
        day -= DAY
        count -= is_working_day(day)
    return day


def full_week_from(day: dt.date) -> dt.date:
    """Return the Monday of the first week from a day on whose five days are all working days."""
    while day.weekday() or not all(is_working_day(day + each * DAY) for each in range(5)):
        day += DAY
    return day


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Count the working days after the first day, up to the last; 0 on the same day."""
    days = (last - first).days
    return sum(is_working_day(first + each * DAY) for each in range(1, days + 1))
