from banding.models.collections import Collection, Joiner, Return, ReturnPupil
from banding.models.decisions import BandDecision, DecisionLevel
from banding.models.exceptional import ExceptionalRequest
from banding.models.frameworks import Area, Band, Framework, Level
from banding.models.reminders import Reminder
from banding.models.templates import IssuedTemplate, TemplateUpload
from banding.models.uploads import CaseloadUpload

__all__ = [
    "Area",
    "Band",
    "BandDecision",
    "CaseloadUpload",
    "Collection",
    "DecisionLevel",
    "ExceptionalRequest",
    "Framework",
    "IssuedTemplate",
    "Joiner",
    "Level",
    "Reminder",
    "Return",
    "ReturnPupil",
    "TemplateUpload",
]
