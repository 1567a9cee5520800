from funding.figures.models import FiguresEdition
from funding.models.calculations import RunCalculation
from funding.models.calendars import PaymentCalendar, Period
from funding.models.exports import ScheduleExport
from funding.models.runs import Line, Run, RunException
from funding.models.uploads import CalendarUpload, ValuesUpload
from funding.models.values import BandValue, FundingPolicy

__all__ = [
    "BandValue",
    "CalendarUpload",
    "FiguresEdition",
    "FundingPolicy",
    "Line",
    "PaymentCalendar",
    "Period",
    "Run",
    "RunCalculation",
    "RunException",
    "ScheduleExport",
    "ValuesUpload",
]
