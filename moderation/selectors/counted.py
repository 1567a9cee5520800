"""The judgements that count in the statistics, and the levels they are compared by (M3, M7)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from banding.models import DecisionLevel
from moderation.choices import JUDGED_BY_ALL, CaseKind, CaseState, OutcomeKind
from moderation.models import Judgement, JudgementLevel, Sample, SampleDecision


def counted_judgements(sample: Sample) -> QuerySet[Judgement]:
    """Locked judgements of random cases everybody has judged, withdrawn ones left out."""
    return (
        Judgement.objects.filter(
            case__sample__in=Sample.objects.counted_with(sample),
            case__kind=CaseKind.RANDOM,
            case__state__in=JUDGED_BY_ALL | {CaseState.SETTLED},
            locked_at__isnull=False,
        )
        .exclude(case__outcome__kind=OutcomeKind.WITHDRAWN)
        .order_by()
    )


def population_with(sample: Sample) -> QuerySet[SampleDecision]:
    """The frozen decisions of the samples that count together."""
    return SampleDecision.objects.filter(sample__in=Sample.objects.counted_with(sample)).order_by()


@dataclass(frozen=True)
class ComparedLevel:
    """The moderator's level and the school's in one area of a counted case, by rank."""

    own: int
    schools: int
    urn: str
    moderator: UUID
    area: UUID
    area_name: str
    position: int


def compared_levels(sample: Sample) -> list[ComparedLevel]:
    """Of each area of each counted case, the first moderator's level; three queries."""
    judged = counted_judgements(sample).filter(moderator=F("case__moderator"))
    chosen = JudgementLevel.objects.filter(judgement__in=judged).annotate(
        drawn=Coalesce("judgement__case__first_decision", "judgement__case__decision")
    )
    rows = list(
        chosen.order_by().values_list(
            "drawn",
            "level__rank",
            "judgement__moderator",
            "area",
            "area__name",
            "area__position",
        )
    )
    frozen = population_with(sample).filter(decision__in={row[0] for row in rows})
    urns = dict(frozen.values_list("decision", "urn"))
    levels = DecisionLevel.objects.filter(decision__in=urns).order_by()
    schools = {
        (decision, area): rank
        for decision, area, rank in levels.values_list("decision", "area", "level__rank")
    }
    return [
        ComparedLevel(own, schools[drawn, area], urns[drawn], moderator, area, name, position)
        for drawn, own, moderator, area, name, position in rows
        if (drawn, area) in schools
    ]
