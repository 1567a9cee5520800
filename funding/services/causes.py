"""Naming the cause of each adjustment of a run (rules.md F8, F9)."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from banding_portal.bulk import update_rows
from funding import sql
from funding.calculation.causes import Change, Difference, cause_of
from funding.choices import CauseKind, LineKind, Proration, RunState
from funding.models import Line, Period, Run
from funding.selectors.changes import Recorded
from schools.models import Placement, Plan

AT_ONCE = 2000
Dated = TypeVar("Dated", Placement, Plan)


def name_causes(run: Run) -> None:
    """Say of each adjustment what changed, who recorded it and when; kept with the line."""
    lines = run.lines.filter(kind=LineKind.ADJUSTMENT, pupil__isnull=False)
    ids = list(lines.values_list("pk", flat=True))
    since: dict[UUID, dt.datetime | None] = {}
    for place in range(0, len(ids), AT_ONCE):
        found = Line.objects.filter(pk__in=ids[place : place + AT_ONCE])
        some = list(found.select_related("period__calendar", "pupil"))
        pupils = {line.pupil_id for line in some if line.pupil_id}
        schools = {line.school_id for line in some}
        recorded, there = Recorded(pupils, schools), There(pupils)
        for period in {line.period for line in some if line.period_id not in since}:
            since[period.pk] = last_worked_out(period)
        rows = [row_of(line, recorded, there, since[line.period_id]) for line in some]
        update_rows(Line, rows)


def last_worked_out(period: Period) -> dt.datetime | None:
    """When what is published of a period was calculated last, by its own run or a later one's."""
    runs = Run.objects.filter(state=RunState.PUBLISHED, period__start__gte=period.start)
    found: dt.datetime | None = runs.aggregate(at=Max("prepared_at"))["at"]
    return found


def row_of(
    line: Line, recorded: Recorded, there: "There", since: dt.datetime | None
) -> dict[str, object]:
    first, last = sql.days_looked_at(line.period)
    looked_at = max(first, line.start), min(last, line.end)
    changes = recorded.about(
        pupil=line.pupil_id, school=line.school_id, band=line.band_id, sector=line.sector
    )
    difference = Difference(
        place=line.school_id,
        looked_at=looked_at,
        due=line.annual_value,
        published=line.was_annual,
        band=line.band_name,
        band_before=line.was_band,
        missing=there.missing(line, looked_at[0]) if is_gone(line) else "",
    )
    if line.annual_value is None and line.was_annual is None:
        by_days = line.period.calendar.proration == Proration.SCHOOL_DAYS
        changes = recorded.about_school_days(school=line.school_id, day=line.start)
        cause = cause_of(difference, changes, since=since) if by_days else None
    else:
        cause = cause_of(difference, changes, since=since)
    return {"id": line.pk} | told(cause)


def is_gone(line: Line) -> bool:
    """Whether something was published for its days and nothing is due any more."""
    return line.annual_value is None and line.was_annual is not None


def told(cause: Change | None) -> dict[str, object]:
    if cause is None:
        return {"cause": CauseKind.UNKNOWN, "cause_said": "", "cause_by": "", "cause_at": None}
    return {
        "cause": cause.kind,
        "cause_said": cause.said,
        "cause_by": cause.by,
        "cause_at": cause.at,
    }


class There:
    """Where pupils are by now, and on which plans."""

    def __init__(self, pupils: set[UUID]) -> None:
        placed = Placement.objects.filter(pupil__in=pupils).select_related("school")
        self.placements = list_by_pupil(placed.order_by("start", "school__urn"))
        self.plans = list_by_pupil(Plan.objects.filter(pupil__in=pupils))

    def missing(self, line: Line, day: dt.date) -> str:
        """Which kind of fact keeps the line's school from being paid on a day, if one of these."""
        if line.pupil is None:
            return ""
        placed = [each for each in self.placements.get(line.pupil.pk, ()) if covers(each, day)]
        if not placed or placed[-1].school_id != line.school_id:
            return CauseKind.PLACEMENT
        if not any(covers(each, day) for each in self.plans.get(line.pupil.pk, ())):
            return CauseKind.PLAN
        if line.pupil.responsible_la != settings.LA_CODE:
            return CauseKind.AUTHORITY
        return ""


def list_by_pupil(rows: Iterable[Dated]) -> dict[UUID, list[Dated]]:
    found: dict[UUID, list[Dated]] = {}
    for row in rows:
        found.setdefault(row.pupil_id, []).append(row)
    return found


def covers(row: Placement | Plan, day: dt.date) -> bool:
    return row.start <= day and (row.end is None or day <= row.end)
