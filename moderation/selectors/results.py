"""Agreement of moderators and schools in a sample's random cases (M7)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.module_loading import import_string

from moderation.agreement import Agreement, confusion_matrix, measure_agreement
from moderation.choices import JUDGED_BY_ALL, CaseKind, CaseState, OutcomeKind
from moderation.effect import Effect, estimate_effect
from moderation.estimate import Estimate, JudgedStratum, estimate_changed
from moderation.models import Judgement, Sample
from schools.choices import Sector

Key = tuple[str, str, str]
"""Quadrant, sector and band, as they were when the sample was drawn."""


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
    twice: int
    """Cases judged by two moderators."""
    twice_agreed: int

    @property
    def is_final(self) -> bool:
        return self.estimate is not None and not self.unsettled


def results_of(sample: Sample) -> Results:
    """Statistics of the random cases everybody has judged, withdrawn ones left out; seven queries.

    The first moderator's blind judgement is held against the band that was drawn. The estimate
    counts outcomes, and judgements where there is no outcome yet: disagreements settle late.
    """
    codes = list(sample.collection.framework.bands.values_list("code", flat=True))
    cases = judged_cases(sample)
    twice, agreed = judged_twice(sample)
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
            "Quadrant": grouped(codes, cases, "quadrant"),
            "Sector": grouped(codes, cases, "sector"),
            "Moderator": grouped(codes, cases, "moderator"),
        },
        twice=twice,
        twice_agreed=agreed,
    )


def counted_judgements(sample: Sample) -> QuerySet[Judgement]:
    """Locked judgements of random cases everybody has judged, withdrawn ones left out."""
    return (
        Judgement.objects.filter(
            case__sample=sample,
            case__kind=CaseKind.RANDOM,
            case__state__in=JUDGED_BY_ALL | {CaseState.SETTLED},
            locked_at__isnull=False,
        )
        .exclude(case__outcome__kind=OutcomeKind.WITHDRAWN)
        .order_by()
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
    rows = sample.population.filter(decision__in=decisions).order_by()
    found = rows.values_list("decision", "quadrant", "sector", "band")
    return {decision: (quadrant, sector, band) for decision, quadrant, sector, band in found}


def stratum_sizes(sample: Sample) -> dict[Key, int]:
    strata = sample.population.order_by().values_list("quadrant", "sector", "band")
    return {(q, s, b): size for q, s, b, size in strata.annotate(size=Count("pk"))}


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


def grouped(bands: list[str], cases: list[JudgedCase], by: str) -> list[Group]:
    found: dict[str, list[JudgedCase]] = defaultdict(list)
    for case in cases:
        found[getattr(case, by)].append(case)
    return [Group(label, agreement_of(bands, found[label])) for label in sorted(found)]


def judged_twice(sample: Sample) -> tuple[int, int]:
    """Cases two moderators judged, and those in which they chose one band."""
    rows = (
        counted_judgements(sample)
        .values("case")
        .annotate(judges=Count("moderator"), bands=Count("band", distinct=True))
        .filter(judges=2)
    )
    return len(rows), sum(row["bands"] == 1 for row in rows)
