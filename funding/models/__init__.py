from funding.benchmarks.models import AuthorityFigure, FiguresUpload
from funding.figures.models import FiguresEdition
from funding.interface.models import AccessToken
from funding.ledger.models import (
    LedgerCode,
    LedgerFile,
    LedgerSetup,
    OwnLayout,
    PayableDocument,
    PaymentsUpload,
)
from funding.models.calculations import RunCalculation
from funding.models.calendars import PaymentCalendar, Period
from funding.models.exports import AuditPack, RemittanceExport, ScheduleExport
from funding.models.protecting import ProtectedPupil, ProtectionRule
from funding.models.recalculated import RecalculatedLine
from funding.models.recovering import RecoveryAgreement
from funding.models.runs import Line, Run, RunException
from funding.models.school_amounts import SchoolAmount
from funding.models.school_days import SchoolDay
from funding.models.uploads import CalendarUpload, SchoolDaysUpload, ValuesUpload
from funding.models.values import BandValue, FundingPolicy
from funding.scenarios.models import CaseloadReading, Scenario, ScenarioWork
from funding.webhooks.models import Webhook, WebhookDelivery
from funding.year.models import Budget, YearForecast

__all__ = [
    "AccessToken",
    "AuditPack",
    "AuthorityFigure",
    "BandValue",
    "Budget",
    "CalendarUpload",
    "CaseloadReading",
    "FiguresEdition",
    "FiguresUpload",
    "FundingPolicy",
    "LedgerCode",
    "LedgerFile",
    "LedgerSetup",
    "Line",
    "OwnLayout",
    "PayableDocument",
    "PaymentCalendar",
    "PaymentsUpload",
    "Period",
    "ProtectedPupil",
    "ProtectionRule",
    "RecalculatedLine",
    "RecoveryAgreement",
    "RemittanceExport",
    "Run",
    "RunCalculation",
    "RunException",
    "Scenario",
    "ScenarioWork",
    "ScheduleExport",
    "SchoolAmount",
    "SchoolDay",
    "SchoolDaysUpload",
    "ValuesUpload",
    "Webhook",
    "WebhookDelivery",
    "YearForecast",
]
