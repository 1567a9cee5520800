"""The judged cases of each school, and the schools past the limit (M6, M7)."""

from collections import Counter
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from banding.choices import DecisionState
from banding_portal.words import percent
from moderation.estimate import Estimate, JudgedStratum, estimate_changed
from moderation.models import Case, Sample, SampleDecision, Widening
from moderation.selectors.counted import counted_judgements, population_with
from moderation.widening.rules import past_limit, reason_words
from schools.models import School


@dataclass(frozen=True)
class JudgedSchool:
    """A school with its random cases that everybody has judged; targeted ones do not count."""

    school: School
    judged: int
    differing: int
    left: int
    """Decisions of the school in the population that are no case yet."""
    decisions: int = 0
    """All of the school in the population."""
    decided: Widening | None = None

    @property
    def share(self) -> float:
        return self.differing / self.judged

    @property
    def interval(self) -> tuple[float, float]:
        """Between which the share of all its decisions lies, 95 %."""
        known = JudgedStratum(max(self.decisions, self.judged), self.judged, self.differing)
        found = cast(Estimate, estimate_changed([known]))
        return found.shares[1:]

    @property
    def interval_words(self) -> str:
        """4.1% to 38.0%"""
        low, high = self.interval
        return f"{percent(low)} to {percent(high)}"

    @property
    def is_past_limit(self) -> bool:
        return past_limit(self.judged, self.differing)

    @property
    def reason(self) -> str:
        return reason_words(self.judged, self.differing)


def judged_schools(sample: Sample) -> list[JudgedSchool]:
    """By how often the moderator's band was another one, the most first; five queries."""
    rows = counted_judgements(sample).filter(moderator=F("case__moderator"))
    drawn = Coalesce("case__first_decision", "case__decision")
    bands = dict(rows.annotate(drawn=drawn).values_list("drawn", "band__code"))
    judged: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    frozen = population_with(sample).filter(decision__in=bands)
    for decision, urn, band in frozen.values_list("decision", "urn", "band"):
        judged[urn] += 1
        differing[urn] += bands[decision] != band
    left, whole = decisions_of_schools(sample)
    schools = School.objects.in_bulk(list(judged), field_name="urn")
    widenings = Widening.objects.filter(sample__in=Sample.objects.counted_with(sample))
    decided = {one.school_id: one for one in widenings.select_related("decided_by")}
    found = [
        JudgedSchool(
            school,
            judged[urn],
            differing[urn],
            left.get(urn, 0),
            whole[urn],
            decided.get(school.pk),
        )
        for urn, school in schools.items()
    ]
    return sorted(found, key=lambda one: (-one.share, -one.judged, one.school.name))


def not_judged_yet(sample: Sample) -> QuerySet[SampleDecision]:
    """The population without what is a case or has been one, and without what counts no more."""
    return not_judged_in(Sample.objects.filter(pk=sample.pk))


def not_judged_with(sample: Sample) -> QuerySet[SampleDecision]:
    """The same of all samples that count together."""
    return not_judged_in(Sample.objects.counted_with(sample))


def not_judged_in(samples: QuerySet[Sample]) -> QuerySet[SampleDecision]:
    cases = Case.objects.filter(sample__in=samples)
    taken = cases.values("decision").union(
        cases.exclude(first_decision=None).values("first_decision")
    )
    population = SampleDecision.objects.filter(sample__in=samples)
    standing = population.filter(decision__state=DecisionState.SUBMITTED)
    return standing.exclude(decision__in=taken)


def decisions_of_schools(sample: Sample) -> tuple[dict[str, int], dict[str, int]]:
    """URN to how many of its decisions could be judged besides, and to how many there are."""
    more = Exists(not_judged_with(sample).filter(pk=OuterRef("pk")))
    rows = population_with(sample).annotate(more=more).values_list("urn")
    counted = rows.annotate(left=Count("pk", filter=Q(more=True)), whole=Count("pk"))
    found = [(urn, left, whole) for urn, left, whole in counted]
    return {urn: left for urn, left, _ in found}, {urn: whole for urn, _, whole in found}


def proposals(sample: Sample) -> list[JudgedSchool]:
    """Schools past the limit about which the lead has not decided, with something left to judge."""
    return [
        one
        for one in judged_schools(sample)
        if one.is_past_limit and one.decided is None and one.left
    ]


def proposal_for(sample: Sample, school: UUID) -> JudgedSchool | None:
    return next((one for one in proposals(sample) if one.school.pk == school), None)
