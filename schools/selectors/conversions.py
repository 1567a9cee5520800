"""Closed schools that became others, and what still has to move to those (rules.md S1)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from banding_portal.search import found_by
from schools.choices import QueryState, SchoolStatus
from schools.models import Membership, Placement, Query, School
from schools.selectors.successors import Successors
from schools.succession import fitting


@dataclass(frozen=True)
class Conversion:
    """A closed school, the schools it became, and what has not moved to them yet."""

    school: School
    successors: list[School]
    unknown: tuple[str, ...]
    """URNs of successors that the portal does not have."""
    pupils: int
    """Who are still placed there after it closed."""
    roles: list[Membership]
    """Of people who have no such role at any successor."""
    queries: int = 0
    """Those that are not closed, where the school became one other."""

    @property
    def outside(self) -> list[School]:
        """Successors in no quadrant, although the school was in one."""
        return [each for each in self.successors if each.quadrant_id is None and self.quadrant]

    @property
    def quadrant(self) -> Any:
        return self.school.quadrant

    @property
    def is_split(self) -> bool:
        return len(self.successors) > 1

    @property
    def is_left(self) -> bool:
        """Whether anything has to be moved, or a successor has to be imported first."""
        goes_along = self.roles or self.outside or self.queries
        return bool(self.pupils or (self.successors and goes_along))

    @property
    def only_successor(self) -> School | None:
        return self.successors[0] if len(self.successors) == 1 else None


def conversions_matching(wanted: Mapping[str, Any]) -> list[Conversion]:
    """Those with something left to move, or all with `everything`; `q` is part of a name."""
    found = conversions() if wanted.get("everything") else conversions_left()
    words = (wanted.get("q") or "").casefold()
    return [
        each
        for each in found
        if any(
            words in f"{one.name} {one.urn}".casefold() for one in (each.school, *each.successors)
        )
    ]


def conversions_left() -> list[Conversion]:
    return [each for each in conversions() if each.is_left]


def conversion_of(school: School) -> Conversion | None:
    """None for a school that is open, or of which the register names no successor."""
    return next(iter(conversions(school)), None)


def conversions(school: School | None = None) -> list[Conversion]:
    """Of every closed school with a successor, or of one, in order of the day of closing.

    The number of queries does not grow with the schools.
    """
    successors = Successors.read()
    ends = {
        old: successors.ends(old)
        for old in successors.schools.values()
        if old.status == SchoolStatus.CLOSED
        and old.urn in successors.links
        and school in (None, old)
    }
    became = {old: [successors.schools[urn] for urn in end.going_on] for old, end in ends.items()}
    pupils, asked = pupils_and_queries_left(became)
    roles = roles_left(became)
    found = [
        Conversion(old, became[old], end.unknown, pupils[old.pk], roles[old.pk], asked[old.pk])
        for old, end in ends.items()
    ]
    latest_first = sorted(found, key=lambda each: each.school.name)
    return sorted(latest_first, key=lambda each: str(each.school.closed_on or ""), reverse=True)


def pupils_and_queries_left(
    became: Mapping[School, list[School]],
) -> tuple[Counter[UUID], Counter[UUID]]:
    """By school; queries where it became one other. One query."""
    if not became:
        return Counter(), Counter()
    stuck = Placement.objects.outlasting().filter(school__in=[school.pk for school in became])
    placed = stuck.order_by().values_list("school", "pupil", Value("pupil"))
    asked = queries_left(old for old in became if len(became[old]) == 1).order_by()
    rows = placed.distinct().union(asked.values_list("school", "pk", Value("query")), all=True)
    pupils, queries = Counter[UUID](), Counter[UUID]()
    for school, _, what in rows:
        (pupils if what == "pupil" else queries)[school] += 1
    return pupils, queries


def roles_left(became: Mapping[School, list[School]]) -> dict[UUID, list[Membership]]:
    """By school, the roles that nobody has taken along to any of its successors."""
    there = {school.pk for schools in became.values() for school in schools}
    asked = there | {school.pk for school in became}
    held = (
        Membership.objects.current()
        .filter(school__in=asked, user__is_active=True)
        .select_related("user")
        .order_by("role", "user__name")
    )
    by_school: dict[UUID, list[Membership]] = defaultdict(list)
    for one in held:
        if one.school_id:
            by_school[one.school_id].append(one)
    left: dict[UUID, list[Membership]] = defaultdict(list)
    for old, schools in became.items():
        taken = {(one.user_id, one.role) for new in schools for one in by_school[new.pk]}
        left[old.pk] = [one for one in by_school[old.pk] if (one.user_id, one.role) not in taken]
    return left


def queries_left(schools: Iterable[School]) -> QuerySet[Query]:
    """Those of the schools that are not closed, with what was merged into them; oldest first."""
    over = QueryState.CLOSED
    found = Query.objects.filter(school__in=[school.pk for school in schools])
    return found.exclude(Q(state=over) | Q(merged_into__state=over)).order_by("created_at")


def placements_left(school: School) -> QuerySet[Placement]:
    """The placements of pupils who are still at a closed school, by name."""
    stuck = Placement.objects.outlasting().filter(school=school).select_related("pupil", "school")
    return stuck.order_by("pupil__surname", "pupil__forename", "pupil")


def stranded(wanted: Mapping[str, Any] | None = None) -> QuerySet[Placement]:
    """The placements of pupils who are still at any closed school, by school and name.

    `wanted` may have `q`, part of a pupil's name or reference, and `school`.
    """
    wanted = wanted or {}
    found = Placement.objects.outlasting().select_related("pupil", "school")
    if text := (wanted.get("q") or "").strip():
        by_name = found_by(text, "pupil__folded")
        found = found.filter(by_name | Q(pupil__reference__iexact=text))
    if school := wanted.get("school"):
        found = found.filter(school=school)
    return found.order_by("school__name", "school", "pupil__surname", "pupil__forename", "pk")


def proposed(placement: Placement, successors: Iterable[School]) -> School | None:
    """The one successor that has the pupil's year group, where it is only one."""
    born, day = placement.pupil.date_of_birth, timezone.localdate()
    found = fitting(born, day, successors)
    return found[0] if len(found) == 1 else None
