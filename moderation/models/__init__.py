from moderation.evidence.models import EvidenceDocument, EvidenceRequest
from moderation.models.cases import Case, Judgement, JudgementLevel, Outcome, Proposal
from moderation.models.interests import Interest
from moderation.models.samples import BandsSeen, Sample, SampleDecision

__all__ = [
    "BandsSeen",
    "Case",
    "EvidenceDocument",
    "EvidenceRequest",
    "Interest",
    "Judgement",
    "JudgementLevel",
    "Outcome",
    "Proposal",
    "Sample",
    "SampleDecision",
]
