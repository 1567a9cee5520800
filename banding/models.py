"""Every model of banding, from its room."""

from banding.caseload.models import (
    CaseloadChoice,
    CaseloadDifference,
    CaseloadUpload,
    CaseloadWord,
)
from banding.change_requests.models import ChangeRequest
from banding.collections.models import Collection
from banding.collections.moves import CollectionMove
from banding.decisions.models import BandDecision, DecisionLevel
from banding.details.models import DetailCorrection
from banding.exceptional.models import ExceptionalRequest
from banding.feeds.models import CalendarFeed
from banding.frameworks.models import Area, Band, Framework, FrameworkUpload, Level
from banding.joiners.models import Joiner
from banding.leavers.models import Leaver
from banding.marks.models import Mark
from banding.reminders.models import Reminder, ReminderStep
from banding.returns.models import Return, ReturnPupil
from banding.returns.moves import ReturnMove
from banding.roll_over.models import RollOver
from banding.templates_io.models import IssuedTemplate, TemplateBatch, TemplateUpload, TemplateZip
from banding.transfers.models import Transfer

__all__ = [
    "Area",
    "Band",
    "BandDecision",
    "CalendarFeed",
    "CaseloadChoice",
    "CaseloadDifference",
    "CaseloadUpload",
    "CaseloadWord",
    "ChangeRequest",
    "Collection",
    "CollectionMove",
    "DecisionLevel",
    "DetailCorrection",
    "ExceptionalRequest",
    "Framework",
    "FrameworkUpload",
    "IssuedTemplate",
    "Joiner",
    "Leaver",
    "Level",
    "Mark",
    "Reminder",
    "ReminderStep",
    "Return",
    "ReturnMove",
    "ReturnPupil",
    "RollOver",
    "TemplateBatch",
    "TemplateUpload",
    "TemplateZip",
    "Transfer",
]
