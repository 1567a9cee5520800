"""From when a decision of the panel may take effect (rules.md B4). Pure."""

import datetime as dt

from banding.changes.rules import Doubt
from banding_portal.words import day
from schools.oddities import last_day_at_25

YEAR = dt.timedelta(days=366)


def problem_of_effect(
    wanted: dt.date,
    *,
    born: dt.date,
    since: dt.date,
    today: dt.date,
    planned: dt.date | None = None,
) -> str:
    """Why a band cannot take effect on a day, as a sentence; empty where it can.

    `since` is the first day of the framework, `planned` that of the pupil's first plan, if any.
    """
    if wanted < born:
        return f"The pupil was born on {day(born)}. Enter a later day."
    if wanted < since:
        return f"The framework begins on {day(since)}. Enter that day or a later one."
    if planned and wanted < planned:
        return f"The pupil’s first plan begins on {day(planned)}. Enter that day or a later one."
    if wanted > today + YEAR:
        return f"Enter {day(today + YEAR)} or an earlier day."
    if wanted > last_day_at_25(born):
        return "No plan goes on after the academic year in which the pupil turns 25."
    return ""


def doubts_of_effect(wanted: dt.date, *, placed: dt.date | None, today: dt.date) -> list[Doubt]:
    """What is asked about a day on which a band can take effect; `placed` is the first day of the
    pupil's first placement, if any.
    """
    found = []
    if placed and wanted < placed:
        found.append(f"This is before the pupil’s first placement, which begins on {day(placed)}")
    if wanted < today - YEAR:
        found.append(f"This is more than a year ago: {day(wanted)}. Check the year")
    return [Doubt("effective_from", sentence) for sentence in found]
