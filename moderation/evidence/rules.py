"""When evidence is due and when the school is reminded of it (M5). Pure."""

import datetime as dt
from collections.abc import Iterable

from banding_portal.working_days import working_day_after, working_day_before

USUAL_DAYS = 10
MOST_DAYS = 30
REMINDED_DAYS = 2
"""Working days before the due day on which the school is reminded."""
MOST_WANTED = 10


def due_day(asked_on: dt.date, working_days: int) -> dt.date:
    """The last day for the answer; the day of asking does not count."""
    return working_day_after(asked_on, working_days)


def reminder_day(due_on: dt.date) -> dt.date:
    """So many working days before the due day."""
    return working_day_before(due_on, REMINDED_DAYS)


def is_overdue(due_on: dt.date, today: dt.date) -> bool:
    """The due day itself is in time, till its end."""
    return today > due_on


def wanted_in(text: str) -> list[str]:
    """One thing a line, without bullets, blank lines and what is named twice."""
    lines = (" ".join(line.split()).lstrip("-–•* ").strip() for line in text.splitlines())
    return list(unique(line for line in lines if line))


def unique(lines: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(lines)
