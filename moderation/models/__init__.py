from moderation.models.cases import Case, Judgement, JudgementLevel, Outcome
from moderation.models.samples import Sample, SampleDecision

__all__ = ["Case", "Judgement", "JudgementLevel", "Outcome", "Sample", "SampleDecision"]
