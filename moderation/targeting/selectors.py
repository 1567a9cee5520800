"""Which decisions of a sample's population a rule of targeting finds (rules.md M3)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from banding.choices import RequestState, ReturnState
from banding.decisions.agreed_bands import agreed_decisions
from banding.similar.selectors import schools_apart
from moderation.choices import TargetReason
from moderation.models import Sample, SampleDecision
from moderation.widening.selectors import not_judged_yet

JUMP = 2
"""So many ranks from the band before, or more, are a jump."""
Rows = QuerySet[SampleDecision]


def of_top_band(rows: Rows, sample: Sample) -> Rows:
    bands = sample.collection.framework.bands
    top = bands.aggregate(most=Max("rank"))["most"]
    return rows.filter(band__in=bands.filter(rank=top).values("code"))


def of_exceptional(rows: Rows, sample: Sample) -> Rows:
    """With a request for an exceptional band that waits or was agreed to (B11)."""
    asked = (RequestState.WAITING, RequestState.AGREED)
    on_return = Q(decision__return_pupil__exceptional_requests__state__in=asked)
    return rows.filter(on_return | Q(decision__exceptional_requests__state__in=asked)).distinct()


def of_jump(rows: Rows, sample: Sample) -> Rows:
    """Two ranks or more from the pupil's agreed band before it, whichever way."""
    before = agreed_decisions().filter(
        pupil=OuterRef("decision__pupil"),
        framework=OuterRef("decision__framework"),
        effective_from__lt=OuterRef("decision__effective_from"),
    )
    apart = F("decision__band__rank") - Subquery(before.values("band__rank")[:1])
    return rows.annotate(apart=apart).filter(Q(apart__gte=JUMP) | Q(apart__lte=-JUMP))


def of_outlying(rows: Rows, sample: Sample) -> Rows:
    """Of schools whose bands lie apart from those of similar schools."""
    apart = schools_apart(sample.collection, {"apart": True})
    return rows.filter(urn__in=[one.school.urn for one in apart])


def of_accepted(rows: Rows, sample: Sample) -> Rows:
    return rows.filter(decision__return_pupil__pupil_return__state=ReturnState.ACCEPTED)


RULES: dict[TargetReason, Callable[[Rows, Sample], Rows]] = {
    TargetReason.TOP_BAND: of_top_band,
    TargetReason.EXCEPTIONAL: of_exceptional,
    TargetReason.JUMP: of_jump,
    TargetReason.OUTLYING: of_outlying,
    TargetReason.RECHECK: of_accepted,
}
WHAT = {
    TargetReason.TOP_BAND: "Decisions on the highest band of the framework.",
    TargetReason.EXCEPTIONAL: "Decisions with a request for an exceptional band that waits or was "
    "agreed to.",
    TargetReason.JUMP: "Decisions two bands or more above or below the pupil’s band before.",
    TargetReason.OUTLYING: "Decisions of schools whose bands lie apart from those of similar "
    "schools.",
    TargetReason.RECHECK: "Decisions on returns that have been accepted, taken by chance.",
}


@dataclass(frozen=True)
class Found:
    """A rule with how many decisions of the population it finds that are no case yet."""

    reason: TargetReason
    count: int

    @property
    def what(self) -> str:
        return WHAT[self.reason]


def decisions_found(sample: Sample, reason: TargetReason) -> Rows:
    """In the order of the draw, so that nobody picks and chooses among them."""
    return RULES[reason](not_judged_yet(sample), sample).order_by("hash")


def rules_of(sample: Sample) -> list[Found]:
    """Every rule with what it would find now; a query each, and those of similar schools."""
    return [Found(reason, decisions_found(sample, reason).count()) for reason in RULES]
