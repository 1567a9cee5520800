"""Agreement of moderators and schools in a sample's random cases (M7)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.module_loading import import_string

from banding_portal.roles import Role
from moderation.agreement import Agreement, confusion_matrix, measure_agreement
from moderation.choices import OutcomeKind
from moderation.effect import Effect, estimate_effect
from moderation.estimate import Estimate, JudgedStratum, estimate_changed
from moderation.models import Case, Sample
from moderation.selectors.counted import (
    ComparedLevel,
    compared_levels,
    counted_judgements,
    population_with,
)
from schools.choices import Sector
from schools.models import Membership

Key = tuple[str, str, str, UUID]
"""Quadrant, sector, band and sample: what one rate was drawn from, as it was at the draw."""


@dataclass(frozen=True)
class JudgedCase:
    """A counted case: both bands, what to group it by, and what became of it so far."""

    moderator_band: str
    school_band: str
    quadrant: str
    sector: str
    moderator: str
    stratum: Key
    outcome: str
    """Its kind; empty while the case is not settled."""
    settled_band: str
    """Of the outcome; empty while the case is not settled."""

    @property
    def changes(self) -> bool:
        """By its outcome, and as long as it has none by the judgement."""
        if self.outcome:
            return self.outcome == OutcomeKind.CHANGED
        return not self.agrees

    @property
    def final_band(self) -> str:
        return self.settled_band or self.moderator_band

    @property
    def agrees(self) -> bool:
        return self.moderator_band == self.school_band


@dataclass(frozen=True)
class Group:
    """The agreement of some of the cases."""

    label: str
    agreement: Agreement
    same: Estimate | None = None
    """How many decisions of the group have the same band, weighted by the design."""


@dataclass(frozen=True)
class Results:
    """Everything the results page and its export show."""

    bands: list[str]
    agreement: Agreement
    weighted_exact: Estimate | None
    weighted_within_one: Estimate | None
    """Each case counted as the decisions it stands for; None until a random case is judged."""
    estimate: Estimate | None
    """Of decisions that would change. Provisional while `unsettled` is above nought."""
    effect: Effect | None
    """Of these changes in pounds a year, as far as bands have a value."""
    unvalued: int
    """Cases left out of the effect, because one of their bands has no value."""
    settled: int
    changed: int
    """Of the settled."""
    unsettled: int
    """Judged and not settled yet: they count by their judgement."""
    population: int
    groups: dict[str, list[Group]]
    areas: list[Group]
    """Of the levels of each area of need, as bands elsewhere."""
    twice: int
    """Cases judged by two moderators."""
    twice_agreed: int
    across: int = 0
    """Of those judged twice, with a second moderator of another quadrant."""
    across_agreed: int = 0

    @property
    def is_final(self) -> bool:
        return self.estimate is not None and not self.unsettled


def results_of(sample: Sample) -> Results:
    """Statistics of the random cases everybody has judged, withdrawn ones left out; eleven queries.

    The first moderator's blind judgement is held against the band that was drawn. The estimate
    counts outcomes, and judgements where there is no outcome yet: disagreements settle late.
    """
    codes = list(sample.collection.framework.bands.values_list("code", flat=True))
    cases = judged_cases(sample)
    twice, across = judged_twice(sample)
    sizes = stratum_sizes(sample)
    ranks = {code: rank for rank, code in enumerate(codes)}

    def weighted(counts: Callable[[JudgedCase], bool]) -> Estimate | None:
        return estimate_changed(judged_strata(sizes, cases, counts))

    def within_one(case: JudgedCase) -> bool:
        return abs(ranks[case.moderator_band] - ranks[case.school_band]) <= 1

    settled = [case for case in cases if case.outcome]
    valued = valued_cases(sample, sizes, cases)
    return Results(
        bands=codes,
        agreement=agreement_of(codes, cases),
        weighted_exact=weighted(lambda case: case.agrees),
        weighted_within_one=weighted(within_one),
        estimate=weighted(lambda case: case.changes),
        effect=estimate_effect(valued, sum(sizes.values())),
        unvalued=len(cases) - len(valued),
        settled=len(settled),
        changed=sum(case.changes for case in settled),
        unsettled=len(cases) - len(settled),
        population=sum(sizes.values()),
        groups={
            "Quadrant": by_strata(codes, cases, sizes, "quadrant"),
            "Sector": by_strata(codes, cases, sizes, "sector"),
            "Band": by_strata(codes, cases, sizes, "school_band"),
            "Moderator": by_person(codes, cases, sum(sizes.values())),
        },
        areas=agreement_by_area(compared_levels(sample), sum(sizes.values())),
        twice=len(twice),
        twice_agreed=sum(twice.values()),
        across=len(across),
        across_agreed=sum(twice[case] for case in across),
    )


def judged_cases(sample: Sample) -> list[JudgedCase]:
    """Grouped as the population was when it was frozen: a school that moves stays where it was."""
    rows = counted_judgements(sample).filter(moderator=F("case__moderator"))
    judged = rows.annotate(drawn=Coalesce("case__first_decision", "case__decision")).values_list(
        "drawn",
        "band__code",
        "moderator__name",
        "case__outcome__kind",
        "case__outcome__band__code",
    )
    found = list(judged)
    frozen = frozen_strata(sample, [drawn for drawn, *_ in found])
    return [
        JudgedCase(
            own,
            frozen[drawn][2],
            frozen[drawn][0] or "No quadrant",
            str(Sector(frozen[drawn][1]).label),
            moderator,
            frozen[drawn],
            outcome or "",
            settled or "",
        )
        for drawn, own, moderator, outcome, settled in found
        if drawn in frozen
    ]


def frozen_strata(sample: Sample, decisions: list[UUID]) -> dict[UUID, Key]:
    rows = population_with(sample).filter(decision__in=decisions)
    found = rows.values_list("decision", "quadrant", "sector", "band", "sample")
    return {decision: (q, s, b, drawn) for decision, q, s, b, drawn in found}


def stratum_sizes(sample: Sample) -> dict[Key, int]:
    strata = population_with(sample).values_list("quadrant", "sector", "band", "sample")
    return {(q, s, b, drawn): n for q, s, b, drawn, n in strata.annotate(size=Count("pk"))}


def judged_strata(
    sizes: dict[Key, int], cases: list[JudgedCase], counts: Callable[[JudgedCase], bool]
) -> list[JudgedStratum]:
    """Each stratum's population with its judged cases and how many of them count."""
    seen: dict[Key, list[bool]] = defaultdict(list)
    for case in cases:
        seen[case.stratum].append(counts(case))
    return [JudgedStratum(size, len(seen[key]), sum(seen[key])) for key, size in sizes.items()]


def valued_cases(
    sample: Sample, sizes: dict[Key, int], cases: list[JudgedCase]
) -> list[tuple[Fraction, Decimal]]:
    """The decisions each case stands for, and its change in pounds a year at today's values."""
    worth = import_string(settings.BAND_WORTH)(sample.collection.framework, timezone.localdate())
    judged = Counter(case.stratum for case in cases)
    found = []
    for case in cases:
        sector = case.stratum[1]
        before = worth.get((case.school_band, sector))
        after = worth.get((case.final_band, sector))
        if before is not None and after is not None:
            weight = Fraction(sizes[case.stratum], judged[case.stratum])
            found.append((weight, after - before))
    return found


def agreement_of(bands: list[str], cases: Iterable[JudgedCase]) -> Agreement:
    pairs = ((case.moderator_band, case.school_band) for case in cases)
    return measure_agreement(confusion_matrix(bands, pairs))


def by_strata(
    bands: list[str], cases: list[JudgedCase], sizes: dict[Key, int], by: str
) -> list[Group]:
    """Groups that are made of whole strata, so that each is estimated like the whole."""
    found = cases_by(cases, by)
    return [
        Group(
            label,
            agreement_of(bands, found[label]),
            estimate_changed(
                judged_strata(own_strata(sizes, found[label]), found[label], lambda c: c.agrees)
            ),
        )
        for label in sorted(found, key=lambda label: order_of(bands, label))
    ]


def own_strata(sizes: dict[Key, int], cases: list[JudgedCase]) -> dict[Key, int]:
    """The strata with a judged case: the others are left out of every estimate."""
    return {case.stratum: sizes[case.stratum] for case in cases}


def by_person(bands: list[str], cases: list[JudgedCase], population: int) -> list[Group]:
    """Of each moderator, whose cases are taken for some of all decisions."""
    found = cases_by(cases, "moderator")
    return [
        with_share(label, agreement_of(bands, found[label]), population) for label in sorted(found)
    ]


def with_share(label: str, agreement: Agreement, population: int) -> Group:
    """A group that goes across strata: every case counts the same."""
    agreed = agreement.n - agreement.moderator_higher - agreement.moderator_lower
    stratum = JudgedStratum(max(population, agreement.n), agreement.n, agreed)
    return Group(label, agreement, estimate_changed([stratum]))


def agreement_by_area(compared: list[ComparedLevel], population: int) -> list[Group]:
    """How far the levels of each area agree, in the order of the framework."""
    pairs: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for one in compared:
        pairs[one.position, one.area_name].append((one.own, one.schools))
    found = []
    for (_, name), ranks in sorted(pairs.items()):
        levels = [str(rank) for rank in sorted({rank for pair in ranks for rank in pair})]
        matrix = confusion_matrix(levels, [(str(own), str(school)) for own, school in ranks])
        found.append(with_share(name, measure_agreement(matrix), population))
    return found


def order_of(bands: list[str], label: str) -> tuple[int, str]:
    return (bands.index(label) if label in bands else 0, label)


def cases_by(cases: list[JudgedCase], name: str) -> dict[str, list[JudgedCase]]:
    found: dict[str, list[JudgedCase]] = defaultdict(list)
    for case in cases:
        found[getattr(case, name)].append(case)
    return found


def judged_twice(sample: Sample) -> tuple[dict[UUID, bool], set[UUID]]:
    """Case that two moderators judged to whether they chose one band; and those of which the
    second one moderates another quadrant. Two queries.
    """
    rows = (
        counted_judgements(sample)
        .values("case")
        .annotate(judges=Count("moderator"), bands=Count("band", distinct=True))
        .filter(judges=2)
    )
    agreed = {row["case"]: row["bands"] == 1 for row in rows}
    own = Membership.objects.filter(
        user=OuterRef("second_moderator"),
        role=Role.MODERATOR,
        quadrant=OuterRef("decision__school__quadrant"),
    )
    across = Case.objects.filter(pk__in=agreed).exclude(Exists(own)).order_by()
    return agreed, set(across.values_list("pk", flat=True))
