from moderation.models.cases import Case, Judgement, JudgementLevel, Outcome, Proposal
from moderation.models.interests import Interest
from moderation.models.samples import BandsSeen, Sample, SampleDecision

__all__ = [
    "BandsSeen",
    "Case",
    "Interest",
    "Judgement",
    "JudgementLevel",
    "Outcome",
    "Proposal",
    "Sample",
    "SampleDecision",
]
