"""Deadlines and reminder days (rules.md B7, R1)."""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def end_of_day(day: dt.date) -> dt.datetime:
    """The last instant of a day in Europe/London."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=LONDON)
