"""On which school's list a pupil belongs in a collection: one, or none (rules.md B6, S10)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from banding.choices import CollectionKind
from banding.models import Collection, Framework, ReturnPupil
from banding.roll_over.selectors import ended_with_the_year
from banding.rounds.rules import last_day_before
from schools.choices import PlanType
from schools.models import Placement, Plan

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Home:
    """The school that decides on a pupil, and the plan it is about."""

    school: UUID
    plan_type: str


@dataclass(frozen=True)
class Roll:
    """Whom a collection asks about: plan type by pupil, by school."""

    by_school: dict[UUID, dict[UUID, str]]

    @property
    def schools(self) -> int:
        return len(self.by_school)

    @property
    def pupils(self) -> int:
        return sum(len(pupils) for pupils in self.by_school.values())


def roll_of(
    framework: Framework, sectors: Sequence[str], reference_date: dt.date, today: dt.date
) -> Roll:
    """Pupils with a home in such a collection, by school."""
    by_school: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for pupil, home in homes_of(framework, sectors, reference_date, today).items():
        by_school[home.school][pupil] = home.plan_type
    return Roll(dict(by_school))


def homes_of(
    framework: Framework,
    sectors: Sequence[str],
    reference_date: dt.date,
    today: dt.date,
    pupils: Several[UUID] | None = None,
) -> dict[UUID, Home]:
    """The home of each pupil placed on the reference date or since (B6) with a plan that counts.

    That is the school in force by now, of two the later start, then the higher URN (F3); of a
    pupil who is at none any more the last one. What starts later is not there yet. Who has an
    arrangement instead of a school is on nobody's list (S14).
    """
    known_by = max(reference_date, today)
    plans = plan_types(framework, reference_date, known_by, pupils)
    placed = only(Placement.objects.since(reference_date), pupils).filter(
        start__lte=known_by, school__sector__in=sectors, school__arrangement=""
    )
    latest: dict[UUID, tuple[Any, ...]] = {}
    for pupil, school, urn, start, end in placed.values_list(
        "pupil", "school", "school__urn", "start", "end"
    ):
        if pupil in plans:
            rank = min(end or known_by, known_by), start, urn, school
            latest[pupil] = max(latest.get(pupil, rank), rank)
    return {pupil: Home(rank[-1], plans[pupil]) for pupil, rank in latest.items()}


def homes_left(
    collection: Collection, today: dt.date, pupils: Several[UUID] | None = None
) -> dict[UUID, Home]:
    """Of who was taken off at the end of the school year and is at no school since, the one they
    left: the first round of the new year asks it once whether somebody stays after all (S7).
    """
    day = collection.reference_date
    last_day = last_day_before(day)
    if collection.kind != CollectionKind.ROUND or has_been_asked(collection, last_day):
        return {}
    off = only(ended_with_the_year(), pupils).filter(
        end=last_day, school__sector__in=collection.sectors, school__arrangement=""
    )
    since = Placement.objects.since(last_day + DAY).filter(pupil=OuterRef("pupil"))
    latest = off.exclude(Exists(since)).order_by("start", "school__urn")
    left = dict(latest.values_list("pupil", "school"))
    plans = plan_types(collection.framework, day, max(day, today), list(left)) if left else {}
    return {pupil: Home(school, plans[pupil]) for pupil, school in left.items() if pupil in plans}


def has_been_asked(collection: Collection, last_day: dt.date) -> bool:
    rounds = Collection.objects.filter(kind=CollectionKind.ROUND, framework=collection.framework)
    earlier = rounds.filter(
        reference_date__gt=last_day, reference_date__lt=collection.reference_date
    )
    return earlier.exists()


def asked_by_now(collection: Collection, pupils: Several[UUID]) -> set[UUID]:
    """Those whom a later collection of the kind, under the framework, asks about already."""
    rows = ReturnPupil.objects.filter(
        pupil__in=pupils,
        collection__kind=collection.kind,
        collection__framework=collection.framework_id,
        collection__reference_date__gt=collection.reference_date,
    )
    return set(rows.values_list("pupil", flat=True))


def plan_types(
    framework: Framework, since: dt.date, until: dt.date, pupils: Several[UUID] | None
) -> dict[UUID, str]:
    """Of two plans of a pupil in that time an EHCP goes before SEN Support."""
    found: dict[UUID, str] = {}
    covered = only(Plan.objects.since(since), pupils).filter(
        start__lte=until, plan_type__in=framework.plan_types
    )
    for pupil, plan_type in covered.values_list("pupil", "plan_type"):
        if found.get(pupil) != PlanType.EHCP:
            found[pupil] = plan_type
    return found


def only(rows: QuerySet[Any], pupils: Several[UUID] | None) -> QuerySet[Any]:
    """The rows of these pupils; of all where none are named."""
    return rows if pupils is None else rows.filter(pupil__in=pupils)
