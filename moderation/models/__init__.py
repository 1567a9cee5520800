from moderation.calibration.models import Calibration, TrainingJudgement, TrainingLevel
from moderation.capacity.models import Absence, Capacity
from moderation.evidence.models import EvidenceDocument, EvidenceRequest
from moderation.feedback.models import LetterLine, OutcomeLetter
from moderation.models.cases import (
    Case,
    CaseOpening,
    Judgement,
    JudgementLevel,
    Outcome,
    Proposal,
)
from moderation.models.interests import Interest
from moderation.models.samples import BandsSeen, Sample, SampleDecision
from moderation.panels.models import Panel, PanelCase, PanelMember
from moderation.plans.models import CasePlan, PlanDocument
from moderation.widening.models import Widening

__all__ = [
    "Absence",
    "BandsSeen",
    "Calibration",
    "Capacity",
    "Case",
    "CaseOpening",
    "CasePlan",
    "EvidenceDocument",
    "EvidenceRequest",
    "Interest",
    "Judgement",
    "JudgementLevel",
    "LetterLine",
    "Outcome",
    "OutcomeLetter",
    "Panel",
    "PanelCase",
    "PanelMember",
    "PlanDocument",
    "Proposal",
    "Sample",
    "SampleDecision",
    "TrainingJudgement",
    "TrainingLevel",
    "Widening",
]
