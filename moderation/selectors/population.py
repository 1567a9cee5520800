"""The population of a sample: submitted decisions of schools, by stratum (M1)."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from banding.choices import OPEN_STATES, DecisionSource
from banding.models import BandDecision, Collection, Return
from moderation.models import Sample
from moderation.sampling import Decision, Stratum, draw, sample_size
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
    """The schools' submitted decisions of a collection that are in force (M1)."""
    return BandDecision.objects.in_force().filter(
        collection=collection, source=DecisionSource.SCHOOL, school__isnull=False
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


def planned_sample(
    collection: Collection, *, rate: Decimal, seed: str, minimum: int
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
        for drawn in draw(decisions, rate=rate, seed=seed, minimum=minimum)
    ]


def planned_strata(collection: Collection, *, rate: Decimal, minimum: int) -> list[StratumRow]:
    """The strata as they would be drawn now, by quadrant, sector and rank of band."""
    counted = (
        population_of(collection)
        .order_by("school__quadrant__name", "school__sector", "band__rank")
        .values_list("school__quadrant__name", "school__sector", "band__code", "band__rank")
        .annotate(size=Count("pk"))
    )
    return [
        stratum_row(quadrant, sector, band, size, sample_size(size, rate, minimum))
        for quadrant, sector, band, _, size in counted
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
