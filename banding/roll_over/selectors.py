"""Who reaches the end of a school when an academic year ends (rules.md S6, S7)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from banding.choices import PupilChange, ReturnState
from banding.models import ReturnPupil
from schools.models import Placement
from schools.register_rules import is_last_year_group

Key = tuple[UUID, UUID]
"""Pupil and school."""


@dataclass(frozen=True)
class PhaseLeaver:
    """A pupil in the school's last year group; `reason` says why where they stay on."""

    placement: Placement
    year_group: int
    reason: str = ""

    @property
    def stays(self) -> bool:
        return bool(self.reason)


def phase_leavers(new_year: int) -> list[PhaseLeaver]:
    """Pupils whose year group in the year just ended was their school's last one.

    `new_year` is the calendar year in which the new academic year begins. Placements that end
    on or before 31 August, or begin after it, are not among them.
    """
    last_day = dt.date(new_year, 8, 31)
    placements = (
        Placement.objects.filter(Q(end=None) | Q(end__gt=last_day), start__lte=last_day)
        .select_related("pupil", "school")
        .order_by("school__name", "school__urn", "pupil__reference", "start")
    )
    found = [(row, row.pupil.year_group_on(last_day)) for row in placements]
    reached = [(row, year_group) for row, year_group in found if at_the_end(row, year_group)]
    reasons = reasons_to_stay(new_year, (row.pupil_id for row, _ in reached))
    return [
        PhaseLeaver(row, year_group, reason_of(row, year_group, reasons, new_year))
        for row, year_group in reached
    ]


def at_the_end(row: Placement, year_group: int) -> bool:
    return is_last_year_group(year_group, row.school.low_age, row.school.high_age)


def reasons_to_stay(new_year: int, pupils: Iterable[UUID]) -> dict[Key, list[tuple[dt.date, str]]]:
    """Reasons with the reference date of their collection, of the year ended and the new one.

    Of a return that is still with its school nothing counts, for it may change.
    """
    said = ReturnPupil.objects.filter(
        pupil__in=set(pupils),
        change=PupilChange.STAYING_ON,
        pupil_return__state__in=[ReturnState.SUBMITTED, ReturnState.ACCEPTED],
        pupil_return__collection__reference_date__range=(
            dt.date(new_year - 1, 9, 1),
            dt.date(new_year + 1, 8, 31),
        ),
    ).order_by("-pupil_return__collection__reference_date")
    names = ("pupil", "pupil_return__school", "pupil_return__collection__reference_date")
    reasons: dict[Key, list[tuple[dt.date, str]]] = {}
    for pupil, school, day, reason in said.values_list(*names, "change_reason"):
        reasons.setdefault((pupil, school), []).append((day, reason.strip()))
    return reasons


def reason_of(
    row: Placement,
    year_group: int,
    reasons: dict[Key, list[tuple[dt.date, str]]],
    new_year: int,
) -> str:
    """The newest reason that is about this roll-over.

    What was said in the autumn term about a pupil who had reached the end a year before was
    about the roll-over of that September.
    """
    was_there_before = at_the_end(row, year_group - 1)
    since = dt.date(new_year, 1, 1) if was_there_before else dt.date.min
    said = reasons.get((row.pupil_id, row.school_id), [])
    return next((reason for day, reason in said if day >= since and reason), "")
