"""Carrying open placements of a closed school to its successor (rules.md S1)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Min

from banding_portal.jobs.results import Issue
from schools.choices import SchoolStatus
from schools.models import Placement, School
from schools.selectors.successors import Successors

DAY = dt.timedelta(days=1)
WHERE = (
    "If the links between schools have not been uploaded yet, do that next; otherwise say on "
    "the page “Schools that converted, merged or split” where the pupils go."
)


def carry_placements() -> tuple[list[Placement], list[Issue]]:
    """Go on at the successor with every placement that outlasts its school.

    The old placement ends on the day the school closed and keeps the old URN; the new one starts
    the day after. Returns those that were carried, and a warning for each closed school whose
    pupils a person has to place. Doing it twice changes nothing.
    """
    stuck = list(
        Placement.objects.outlasting()
        .select_related("school")
        .select_for_update(of=("self",))
        .order_by("school__urn", "pupil_id", "start")
    )
    by_school: dict[School, list[Placement]] = defaultdict(list)
    for placement in stuck:
        by_school[placement.school].append(placement)
    successors = Successors.read() if by_school else Successors({}, {})
    carried: list[Placement] = []
    warnings = []
    for school, placements in by_school.items():
        found = (
            successors.only_one(school) if school.closed_on else "The register has no closing date."
        )
        if isinstance(found, str):
            warnings.append(cannot_carry(school, len(placements), found))
        else:
            carry(placements, found, between=successors.between(school, found))
            carried += placements
    return carried, warnings


def carry_on(placement: Placement) -> None:
    """Go on at the one school that a closed school became; else it waits until somebody says
    where.
    """
    school = placement.school
    if school.status != SchoolStatus.CLOSED or school.closed_on is None:
        return
    successors = Successors.read()
    found = successors.only_one(school)
    if isinstance(found, School):
        carry([placement], found, between=successors.between(school, found))


def carry(
    placements: Iterable[Placement],
    successor: School,
    since: dt.date | None = None,
    between: Sequence[School] = (),
) -> None:
    """End each on the day its school closed, and go on at the successor the day after, or later
    where `since` says so or the successor opened later.

    `between` are the schools it was on the way, in order: each has the pupils for its own days.
    """
    for placement in placements:
        closed_on = placement.school.closed_on
        assert closed_on is not None  # noqa: S101 - carry_placements asked before
        start = max(placement.start, closed_on + DAY)
        # Begun after the school had closed, so it was never there but at the successor.
        if placement.start > closed_on:
            placement.delete()
        else:
            Placement.objects.filter(pk=placement.pk).update(end=closed_on)
        for school in between:
            if school.closed_on:
                start = go_on(placement, school, start, school.closed_on)
        go_on(placement, successor, max(start, since or successor.opened_on or start), None)


def go_on(placement: Placement, school: School, start: dt.date, last: dt.date | None) -> dt.date:
    """Place the pupil there from a day to the last one of the school, or until the placement
    would have ended. Returns the first day after that of the school, else `start` again.

    Days from which on somebody has placed them there already stay as they are.
    """
    start = max(start, school.opened_on) if last and school.opened_on else start
    ends = [day for day in (last, placement.end) if day]
    there = Placement.objects.since(start).filter(pupil=placement.pupil_id, school=school)
    planned = there.aggregate(first=Min("start"))["first"]
    if planned:
        ends.append(planned - DAY)
    end = min(ends, default=None)
    # They left before they would have begun there, or are there from that day already.
    if end is None or start <= end:
        Placement.objects.create(pupil_id=placement.pupil_id, school=school, start=start, end=end)
    return max(start, last + DAY) if last else start


def cannot_carry(school: School, count: int, why: str) -> Issue:
    pupils = "1 pupil is" if count == 1 else f"{count} pupils are"
    return Issue(
        f"This school has closed and {pupils} still placed there. {why} {WHERE}",
        sheet="Links",
        who=school.name,
        value=school.urn,
    )
