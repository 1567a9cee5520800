"""When a pupil can have left a school (rules.md B5). Pure. Sentences without a full stop."""

import datetime as dt

from banding_portal.words import day

YEAR = dt.timedelta(days=366)


def problem_of_last_day(name: str, left: dt.date, *, starts: list[dt.date], today: dt.date) -> str:
    """Why somebody cannot have left then; empty where they can. `starts` are the first days of
    the pupil's placements at the school.
    """
    if not starts:
        return f"{name} has not been with you"
    first = min(starts)
    if left < first:
        return f"The date {name} left must be on or after {day(first)}, when {name} started"
    earliest, latest = today - YEAR, today + YEAR
    if left < earliest:
        return f"The date {name} left must be on or after {day(earliest)}"
    if left > latest:
        return f"The date {name} left must be on or before {day(latest)}"
    return ""
