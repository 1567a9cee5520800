"""The bands of the schools of a collection whose returns are in (rules.md B9)."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from banding.choices import OFF_THE_RETURN, DecisionSource, ReturnState
from banding.decisions.agreed_bands import agreed_decisions
from banding.models import Band, BandDecision, Collection, Return, ReturnPupil
from banding.similar.rules import Group, Lying, Tally, group_of, lying_of, shares_of
from banding_portal.words import MINUS
from schools.models import School

IN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)


@dataclass(frozen=True)
class BandShare:
    """A row of the chart: a band, the school's pupils on it, and what share of both that is."""

    band: Band
    pupils: int
    own: Fraction
    others: Fraction | None
    """None where it is suppressed."""


@dataclass(frozen=True)
class Beside:
    """A school beside its group; `shares` is empty where there is not enough to compare."""

    own: int
    group: Group
    shares: list[BandShare]


@dataclass(frozen=True)
class SchoolLying:
    school: School
    pupil_return: UUID
    pupils: int
    others: int
    is_of_size: bool
    lying: Lying

    @property
    def difference_words(self) -> str:
        return f"{self.lying.difference:+.2f}".replace("-", MINUS)


def tallies_of(collection: Collection, need: str = "") -> list[Tally]:
    """Of each school with its return in the authority's own pupils by band, of one primary need
    where it is given; one query. Outcomes of moderation held until the day of feedback (M11) do
    not count yet.
    """
    places = {band.pk: place for place, band in enumerate(bands_of(collection), 1)}
    rows = (
        ReturnPupil.objects.filter(
            pupil_return__collection=collection,
            pupil_return__state__in=IN,
            pupil__responsible_la=settings.LA_CODE,
        )
        .exclude(change__in=OFF_THE_RETURN)
        .annotate(band=Subquery(decisions_of(collection).values("band")[:1]))
        .exclude(band=None)
    )
    if need:
        rows = rows.filter(pupil__primary_need=need)
    counted = rows.order_by().values_list(*OF_SCHOOL, "band").annotate(count=Count("pk"))
    counts: dict[tuple[UUID, tuple[str, str]], dict[int, int]] = defaultdict(dict)
    for school, sector, phase, band, count in counted:
        counts[school, (sector, phase)][places[band]] = count
    return [Tally(school, kind, found) for (school, kind), found in counts.items()]


OF_SCHOOL = [f"pupil_return__school{of}" for of in ("", "__sector", "__phase")]


def bands_of(collection: Collection) -> QuerySet[Band]:
    """The lowest first (B1)."""
    return Band.objects.filter(framework=collection.framework_id).order_by("rank")


def decisions_of(collection: Collection) -> QuerySet[BandDecision]:
    """Of a row of returns the decision that stands in it: told in it, or rolled forward."""
    held = Q(source=DecisionSource.MODERATION, collection__feedback_on__gt=timezone.localdate())
    told = Q(collection=collection) | Q(effective_from__lte=collection.reference_date)
    found = agreed_decisions().filter(
        told, pupil=OuterRef("pupil"), framework=collection.framework_id
    )
    return found.exclude(held)


def beside_similar(pupil_return: Return, need: str = "") -> Beside:
    """For a return that is in; three queries."""
    school = pupil_return.school
    tallies = tallies_of(pupil_return.collection, need)
    own = next((each for each in tallies if each.school == school.pk), None)
    own = own or Tally(school.pk, (school.sector, school.phase), {})
    group = group_of(own, tallies)
    if not group.is_enough or not own.total:
        return Beside(own.total, group, [])
    bands = list(bands_of(pupil_return.collection))
    others = shares_of(group.counts, range(1, len(bands) + 1))
    shares = [share_of(own, band, place, others[place]) for place, band in enumerate(bands, 1)]
    return Beside(own.total, group, shares)


def share_of(own: Tally, band: Band, place: int, others: Fraction | None) -> BandShare:
    count = own.counts.get(place, 0)
    return BandShare(band, count, Fraction(count, own.total), others)


def schools_apart(collection: Collection, wanted: dict[str, Any]) -> list[SchoolLying]:
    """Every school that can be compared: outliers first, then by the difference that is shown.

    Narrowed by `need`, `sector` and `apart`, which says whether only outliers.
    """
    tallies = tallies_of(collection, wanted.get("need") or "")
    by_kind = defaultdict(list)
    for each in tallies:
        by_kind[each.kind].append(each)
    schools = School.objects.in_bulk([each.school for each in tallies])
    returns = dict(collection.returns.values_list("school", "pk"))
    found = []
    for own in tallies:
        group = group_of(own, by_kind[own.kind])
        if lying := lying_of(own, group):
            school, of = schools[own.school], returns[own.school]
            others = len(group.tallies)
            found.append(SchoolLying(school, of, own.total, others, group.is_of_size, lying))
    if sector := wanted.get("sector"):
        found = [each for each in found if each.school.sector == sector]
    if wanted.get("apart"):
        found = [each for each in found if each.lying.apart]
    return sorted(found, key=furthest_first)


def furthest_first(one: SchoolLying) -> tuple[bool, float, str]:
    return not one.lying.apart, -abs(round(one.lying.difference, 2)), one.school.name
