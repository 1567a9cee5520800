"""When a year may be rolled over, and what is said of it (rules.md S7). Pure."""

import datetime as dt

from banding_portal.files.dates import FIRST_YEAR, LAST_YEAR
from banding_portal.words import day
from schools.register_rules import academic_year_name, academic_year_of

FIRST_MONTH_AFTER_TERM = 8
"""Schools break up in July at the latest."""


def last_day_before(new_year: int) -> dt.date:
    """The last day of the academic year that ends."""
    return dt.date(new_year, 8, 31)


def why_not_to(new_year: int, today: dt.date) -> str:
    """Why nobody rolls over to that year, as a sentence; empty where they may.

    It would end placements of pupils who have long been, or are not yet, in their last year group.
    """
    now = academic_year_of(today)
    this, following = academic_year_name(now), academic_year_name(now + 1)
    if new_year < now:
        gone = academic_year_name(new_year)
        return f"{gone} is over. Choose {this}, which is now, or {following}."
    if new_year > now + 1:
        return f"Choose {this}, which is now, or {following}."
    return ""


def is_a_year(new_year: int) -> bool:
    """Whether there is such a year in anybody's work here."""
    return FIRST_YEAR <= new_year <= LAST_YEAR


def why_early(new_year: int, today: dt.date) -> str:
    """Says that the summer term before is not over, which somebody has to confirm; else empty."""
    over = dt.date(new_year, FIRST_MONTH_AFTER_TERM, 1)
    if today >= over:
        return ""
    ending = academic_year_name(new_year - 1)
    return (
        f"The summer term of {ending} is not over before {day(over)}: schools may still say who "
        "stays on, and pupils may still move."
    )


def year_to_offer(today: dt.date) -> int:
    """The roll-over that is next: from March on the one of this September, before it the last."""
    return today.year if today.month >= 3 else today.year - 1
