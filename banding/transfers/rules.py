"""When a pupil reaches the end of a school (rules.md S6, S7). Pure."""

import datetime as dt
from collections.abc import Callable

from schools.register_rules import academic_year_of, is_last_year_group


def moving_year(
    year_group_on: Callable[[dt.date], int],
    ages: tuple[int | None, int | None],
    start: dt.date,
    end: dt.date | None,
    today: dt.date,
) -> int | None:
    """The calendar year of the 1 September on which a placement ends with its school's last year
    group: this academic year's, or the next. None where it ends on neither.
    """
    for year in (academic_year_of(today), academic_year_of(today) + 1):
        last_day = dt.date(year, 8, 31)
        was_there = start <= last_day and (end is None or end >= last_day)
        if was_there and is_last_year_group(year_group_on(last_day), *ages):
            return year
    return None
