"""How much somebody can take on until a day, beside the others (M4). Pure."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from banding_portal.working_days import DAY, is_working_day

FULL = 100
"""Per cent of a post that counts where nothing is said."""
AHEAD = 20
"""Working days that are looked at where the collection has no day of feedback to come."""

Away = tuple[dt.date, dt.date]
"""The first and the last day, both included."""


def capacity_of(percent: int, away: Iterable[Away], days: Iterable[dt.date]) -> Fraction:
    """The share of the post times the share of these working days on which they are there.

    Nought where they are away on all of them.
    """
    spells, wanted = list(away), list(days)
    if not wanted:
        return Fraction(percent, FULL)
    there = sum(not any(first <= day <= last for first, last in spells) for day in wanted)
    return Fraction(percent * there, FULL * len(wanted))


def working_days(first: dt.date, last: dt.date | None) -> list[dt.date]:
    """From a day on until another, or AHEAD of them where that has passed or there is none."""
    found: list[dt.date] = []
    day = first
    while (day <= last) if last and last >= first else len(found) < AHEAD:
        if is_working_day(day):
            found.append(day)
        day += DAY
    return found
