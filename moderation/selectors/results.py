"""Agreement of moderators and schools in a sample's random cases (M7)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from moderation.agreement import Agreement, confusion_matrix, measure_agreement
from moderation.choices import CaseKind, CaseState, OutcomeKind
from moderation.estimate import Estimate, JudgedStratum, estimate_changed
from moderation.models import Judgement, Outcome, Sample
from schools.choices import Sector


@dataclass(frozen=True)
class JudgedCase:
    """A counted case: both bands and what to group it by."""

    moderator_band: str
    school_band: str
    quadrant: str
    sector: str
    moderator: str


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
    estimate: Estimate | None
    """None until a random case is settled."""
    population: int
    groups: dict[str, list[Group]]
    twice: int
    """Cases judged by two moderators."""
    twice_agreed: int


def results_of(sample: Sample) -> Results:
    """Statistics of the random cases everybody has judged, withdrawn ones left out; five queries.

    The first moderator's blind judgement counts, not the outcome. The estimate counts outcomes:
    decisions settled with another band.
    """
    bands = list(sample.collection.framework.bands.values_list("code", flat=True))
    cases = judged_cases(sample)
    by = {
        "Quadrant": grouped(bands, cases, "quadrant"),
        "Sector": grouped(bands, cases, "sector"),
        "Moderator": grouped(bands, cases, "moderator"),
    }
    twice, agreed = judged_twice(sample)
    strata = judged_strata(sample)
    return Results(
        bands=bands,
        agreement=agreement_of(bands, cases),
        estimate=estimate_changed(strata),
        population=sum(stratum.population for stratum in strata),
        groups=by,
        twice=twice,
        twice_agreed=agreed,
    )


def counted_judgements(sample: Sample) -> QuerySet[Judgement]:
    """Locked judgements of random cases everybody has judged, withdrawn ones left out."""
    return (
        Judgement.objects.filter(
            case__sample=sample,
            case__kind=CaseKind.RANDOM,
            case__state__in=[CaseState.JUDGED, CaseState.SETTLED],
            locked_at__isnull=False,
        )
        .exclude(case__outcome__kind=OutcomeKind.WITHDRAWN)
        .order_by()
    )


def judged_cases(sample: Sample) -> list[JudgedCase]:
    rows = counted_judgements(sample).filter(moderator=F("case__moderator"))
    return [
        JudgedCase(own, school, quadrant or "No quadrant", str(Sector(sector).label), moderator)
        for own, school, quadrant, sector, moderator in rows.values_list(
            "band__code",
            "case__decision__band__code",
            "case__decision__school__quadrant__name",
            "case__decision__school__sector",
            "moderator__name",
        )
    ]


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


def judged_strata(sample: Sample) -> list[JudgedStratum]:
    """Each stratum's population with its random cases upheld or changed."""
    settled = dict(
        Outcome.objects.filter(case__sample=sample, case__kind=CaseKind.RANDOM)
        .exclude(kind=OutcomeKind.WITHDRAWN)
        .values_list("case__decision", "kind")
    )
    counts: dict[tuple[str, ...], list[int]] = {}
    strata = sample.population.order_by().values_list("quadrant", "sector", "band")
    for *stratum, size in strata.annotate(size=Count("pk")):
        counts[tuple(stratum)] = [size, 0, 0]
    drawn = sample.population.filter(Q(decision__in=settled)).order_by()
    for *stratum, decision in drawn.values_list("quadrant", "sector", "band", "decision"):
        counts[tuple(stratum)][1] += 1
        counts[tuple(stratum)][2] += settled[decision] == OutcomeKind.CHANGED
    return [JudgedStratum(*three) for three in counts.values()]
