"""Carrying open placements of a closed school to its successor (rules.md S1)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F, Q

from banding_portal.jobs.results import Issue
from schools.choices import SchoolStatus
from schools.models import Placement, School, SchoolLink

DAY = dt.timedelta(days=1)


def carry_placements() -> tuple[list[Placement], list[Issue]]:
    """Go on at the successor with every placement that outlasts its school.

    The old placement ends on the day the school closed and keeps the old URN; the new one starts
    the day after. Returns those that were carried, and a warning for each closed school whose
    pupils a person has to place. Doing it twice changes nothing.
    """
    stuck = list(
        Placement.objects.filter(school__status=SchoolStatus.CLOSED)
        .filter(Q(end=None) | Q(end__gt=F("school__closed_on")))
        .select_related("school")
        .select_for_update(of=("self",))
        .order_by("school__urn", "pupil_id", "start")
    )
    by_school: dict[School, list[Placement]] = defaultdict(list)
    for placement in stuck:
        by_school[placement.school].append(placement)
    links = successor_urns() if by_school else {}
    carried: list[Placement] = []
    warnings = []
    for school, placements in by_school.items():
        found = follow(school, links) if school.closed_on else "The register has no close date."
        if isinstance(found, str):
            warnings.append(cannot_carry(school, len(placements), found))
        else:
            carry(placements, found)
            carried += placements
    return carried, warnings


def successor_urns() -> Mapping[str, set[str]]:
    """Each school's successors by URN: its own links, else those that call it predecessor."""
    own: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for urn, linked, kind in SchoolLink.objects.values_list("school__urn", "linked_urn", "kind"):
        if kind.startswith("Successor"):
            own[urn].add(linked)
        elif kind.startswith("Predecessor"):
            others[linked].add(urn)
    return {**others, **own}


def follow(school: School, links: Mapping[str, set[str]]) -> School | str:
    """The open school at the end of the chain of successors, or why there is none."""
    seen = {school.urn}
    while True:
        following = links.get(school.urn, set()) - seen
        if not following:
            return "The register names no successor that is open."
        if len(following) > 1:
            return f"It has several successors: {', '.join(sorted(following))}."
        urn = following.pop()
        seen.add(urn)
        found = School.objects.filter(urn=urn).first()
        if found is None:
            return f"Its successor {urn} is not in the portal; import that school first."
        if found.status != SchoolStatus.CLOSED:
            return found
        school = found


def carry(placements: Iterable[Placement], successor: School) -> None:
    for placement in placements:
        closed_on = placement.school.closed_on
        assert closed_on is not None  # noqa: S101 - carry_placements asked before
        start, end = max(placement.start, closed_on + DAY), placement.end
        # Begun after the school had closed, so it was never there but at the successor.
        if placement.start > closed_on:
            placement.delete()
        else:
            placement.end = closed_on
            placement.save(update_fields=["end"])
        there = Placement.objects.since(start).filter(pupil=placement.pupil_id, school=successor)
        if not there.exists():
            Placement.objects.create(
                pupil_id=placement.pupil_id, school=successor, start=start, end=end
            )


def cannot_carry(school: School, count: int, why: str) -> Issue:
    pupils = "1 pupil is" if count == 1 else f"{count} pupils are"
    return Issue(
        f"This school has closed and {pupils} still placed there. {why} Place them by hand.",
        sheet="Links",
        who=school.name,
        value=school.urn,
    )
