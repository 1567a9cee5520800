"""What cannot be about an amount that is asked for or agreed (rules.md B11). Pure."""

import datetime as dt
from decimal import Decimal

from banding_portal.words import day, money

YEAR = dt.timedelta(days=366)
MOST = Decimal(1_000_000)
"""Pounds a year. No provision for one pupil costs as much; a slip of the keyboard does."""


def problem_of_amount(amount: Decimal | None) -> str:
    """Why an amount a year is a slip, as a sentence; empty where it is none."""
    if amount is None or amount <= MOST:
        return ""
    return f"Enter an amount of {money(MOST)} a year or less."


def problem_of_first_day(first: dt.date, *, born: dt.date, today: dt.date) -> str:
    """Why an amount cannot begin on a day, as a sentence; empty where it can."""
    if first < born:
        return f"Enter a day after the pupil was born, {day(born)}."
    if first > today + YEAR:
        return f"Enter {day(today + YEAR)} or an earlier day."
    return ""
