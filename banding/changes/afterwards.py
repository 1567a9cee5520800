"""What follows from a return once it is sent in: who has moved since, and what accepting it leaves
to the officer (rules.md B12, S10).
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from banding.changes.selectors import stays_since
from banding.choices import AWAY, OPEN_STATES, PupilChange, ReturnState
from banding.models import Return
from banding.returns.progress import PupilLine, ReturnProgress
from banding_portal.words import day
from schools.models import Placement

OPEN = dt.date.max
"""The last day of a placement that has none."""


class Afterwards(NamedTuple):
    """A pupil of a return, and a sentence about them."""

    line: PupilLine
    sentence: str


def moved_since(pupil_return: Return, progress: ReturnProgress) -> list[Afterwards]:
    """Pupils on a return sent in who are not at its school any more, and of whom it does not say
    so; who was taken off with the school year had gone before. Where they went is not the
    school's to read.
    """
    if pupil_return.state in OPEN_STATES or pupil_return.collection.closed_at:
        return []
    lines = [x for x in progress.lines if x.row.change not in AWAY and not x.is_gone]
    last = last_days(pupil_return, lines)
    today = timezone.localdate()
    return [
        Afterwards(line, f"Left on {day(end)}.")
        for line in lines
        if (end := last.get(line.row.pupil_id)) and end < today
    ]


def left_to_the_officer(pupil_return: Return, progress: ReturnProgress) -> list[Afterwards]:
    """What an accepted return says that only an officer can put right, pupil by pupil."""
    if pupil_return.state != ReturnState.ACCEPTED:
        return []
    last = last_days(pupil_return, progress.lines)
    since = pupil_return.collection.reference_date
    found = (
        Afterwards(line, what_is_left(line, last.get(line.row.pupil_id), since))
        for line in progress.lines
    )
    return [each for each in found if each.sentence]


def what_is_left(line: PupilLine, last_day: dt.date | None, since: dt.date) -> str:
    """What the officer must do about a pupil; empty where nothing is left."""
    change = line.row.change
    if change == PupilChange.NOT_OURS and last_day and last_day >= since:
        return (
            "Not their pupil, but placed with them. Correct the placement, "
            "or say that it was entered by mistake."
        )
    if change == PupilChange.NO_BAND and (decision := line.submitted or line.last):
        return (
            f"Needs no band, but {decision.band} from {day(decision.effective_from)} still counts. "
            "End the plan, or correct the band."
        )
    if change == PupilChange.STAYING_ON and last_day and is_too_early(last_day, line):
        return f"Stays on, but the placement ended on {day(last_day)}. Correct its last day."
    return ""


def is_too_early(last_day: dt.date, line: PupilLine) -> bool:
    """Whether a placement ended before, or by, the roll-over that the pupil is to stay beyond."""
    return last_day < min(timezone.localdate(), stays_since(line.row))


def last_days(pupil_return: Return, lines: Iterable[PupilLine]) -> dict[UUID, dt.date]:
    """By pupil the last day at the school of the return; OPEN where there is none. One query."""
    pupils = [line.row.pupil_id for line in lines]
    placed = Placement.objects.filter(school=pupil_return.school_id, pupil__in=pupils)
    found: dict[UUID, dt.date] = {}
    for pupil, end in placed.values_list("pupil", "end"):
        found[pupil] = max(found.get(pupil, dt.date.min), end or OPEN)
    return found
