"""The population of a sample: submitted decisions of schools, by stratum (M1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from banding.choices import OPEN_STATES, DecisionSource
from banding.models import BandDecision, Collection, Return
from moderation.allocation import allot
from moderation.choices import Allocation
from moderation.models import Case, Sample, SampleDecision
from moderation.sampling import Decision, Stratum, draw
from moderation.selectors.last_time import differing_last_time
from schools.choices import Sector


@dataclass(frozen=True)
class PlannedDecision:
    """A row of the population with its place in the draw; the columns of the exported list."""

    decision: UUID
    urn: str
    quadrant: str
    sector: str
    band: str
    hash: str
    stratum_size: int
    stratum_sample: int
    selected: bool


@dataclass(frozen=True)
class StratumRow:
    """A stratum in words, with its population and its sample."""

    quadrant: str
    sector: str
    band: str
    size: int
    sample: int

    @property
    def share(self) -> float:
        return self.sample / self.size if self.size else 0.0


def population_of(collection: Collection) -> QuerySet[BandDecision]:
    """The schools' submitted decisions of a collection that are in force (M1), without the pupils
    of the samples it has: nobody draws from one decision twice. Of a pilot it is its cases.
    """
    standing = Sample.objects.standing().filter(collection=collection)
    sampled = SampleDecision.objects.filter(sample__in=standing.filter(pilot=False))
    tried = Case.objects.filter(sample__in=standing.filter(pilot=True))
    return (
        BandDecision.objects.in_force()
        .filter(collection=collection, source=DecisionSource.SCHOOL, school__isnull=False)
        .exclude(pupil__in=sampled.order_by().values("decision__pupil"))
        .exclude(pupil__in=tried.order_by().values("decision__pupil"))
    )


@dataclass(frozen=True)
class Missing:
    """Returns of a collection that are not in, whose decisions cannot be drawn."""

    count: int
    of: int

    @property
    def in_words(self) -> str:
        return (
            f"{self.count:,} of {self.of:,} returns are not in. Decisions on them cannot be drawn: "
            "wait for them, or say that you draw without them."
        )


def returns_missing(collection: Collection) -> Missing:
    returns = Return.objects.filter(collection=collection)
    owed = returns.filter(state__in=OPEN_STATES).count()
    return Missing(owed, returns.count())


def applications_of(collection: Collection) -> set[UUID]:
    """The decisions of the population that came with evidence of provision (B13)."""
    found = population_of(collection).exclude(evidence={})
    return set(found.order_by().values_list("pk", flat=True))


@dataclass(frozen=True)
class Settings:
    """What a sample is drawn with, besides its seed (M2)."""

    rate: Decimal
    minimum: int = 1
    allocation: str = Allocation.SHARE
    each_school: bool = False
    """Whether a school without a random case has one besides, kept apart from the statistics."""
    pilot: bool = False


def planned_sample(
    collection: Collection, *, settings: Settings, seed: str
) -> list[PlannedDecision]:
    """The whole population with who is drawn, as M2 says; nothing is stored.

    Raises ValueError for a rate outside 0 to 1.
    """
    rows = population_of(collection).values_list(
        "pk", "school__urn", "school__quadrant__name", "school__sector", "band__code"
    )
    urn_of = {}
    decisions = []
    for pk, urn, quadrant, sector, band in rows.order_by():
        urn_of[pk] = urn
        decisions.append(Decision(pk, Stratum(quadrant or "", sector, band)))
    differing = {}
    if settings.allocation == Allocation.NEYMAN:
        differing = differing_last_time(collection, {row.stratum for row in decisions})
    share = partial(
        allot,
        allocation=settings.allocation,
        rate=settings.rate,
        minimum=settings.minimum,
        differing=differing,
    )
    return [
        PlannedDecision(
            decision=drawn.uuid,
            urn=urn_of[drawn.uuid],
            quadrant=drawn.stratum.quadrant,
            sector=drawn.stratum.sector,
            band=drawn.stratum.band,
            hash=drawn.hash,
            stratum_size=drawn.stratum_size,
            stratum_sample=drawn.stratum_sample,
            selected=drawn.selected,
        )
        for drawn in draw(decisions, seed=seed, allot=share)
    ]


def first_of_other_schools(planned: list[PlannedDecision]) -> list[UUID]:
    """Of each school of which nothing is drawn, the decision with the lowest hash."""
    drawn = {row.urn for row in planned if row.selected}
    first: dict[str, PlannedDecision] = {}
    for row in sorted(planned, key=lambda row: row.hash):
        if row.urn not in drawn:
            first.setdefault(row.urn, row)
    return [first[urn].decision for urn in sorted(first)]


def strata_sizes(collection: Collection) -> dict[Stratum, int]:
    """The strata as they are now, in the order in which they are drawn."""
    counted = (
        population_of(collection)
        .order_by()
        .values_list("school__quadrant__name", "school__sector", "band__code")
        .annotate(size=Count("pk"))
    )
    found = {Stratum(q or "", sector, band): size for q, sector, band, size in counted}
    return {stratum: found[stratum] for stratum in sorted(found)}


def schools_in_strata(collection: Collection) -> list[tuple[str, Stratum, int]]:
    """Each school with how many decisions it has in a stratum."""
    rows = (
        population_of(collection)
        .order_by()
        .values_list("school__urn", "school__quadrant__name", "school__sector", "band__code")
        .annotate(own=Count("pk"))
    )
    return [(urn, Stratum(q or "", sector, band), own) for urn, q, sector, band, own in rows]


def planned_strata(
    collection: Collection, sizes: Mapping[Stratum, int], given: Mapping[Stratum, int]
) -> list[StratumRow]:
    """In words, by quadrant, sector and rank of band."""
    ranks = dict(collection.framework.bands.values_list("code", "rank"))
    ordered = sorted(sizes, key=lambda key: (key.quadrant, key.sector, ranks.get(key.band, 0)))
    return [
        stratum_row(key.quadrant, key.sector, key.band, sizes[key], given[key]) for key in ordered
    ]


def drawn_strata(sample: Sample) -> list[StratumRow]:
    """The strata of a drawn sample, from its frozen population."""
    ranks = dict(sample.collection.framework.bands.values_list("code", "rank"))
    counted = (
        sample.population.order_by()
        .values_list("quadrant", "sector", "band")
        .annotate(size=Count("pk"), chosen=Count("pk", filter=Q(selected=True)))
    )
    ordered = sorted(counted, key=lambda row: (row[0], row[1], ranks.get(row[2], 0), row[2]))
    return [stratum_row(*row) for row in ordered]


def stratum_row(quadrant: str | None, sector: str, band: str, size: int, sample: int) -> StratumRow:
    return StratumRow(quadrant or "No quadrant", Sector(sector).label, band, size, sample)
