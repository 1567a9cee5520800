"""The funding rules in plain Python (B11, F1, F3 to F6, F8 to F10).

The set-based run in PostgreSQL is checked against this package, so it is kept literal: it walks
the days one by one. It knows neither the ORM nor settings.
"""

from funding.calculation.adjustments import (
    Adjustment,
    PaidAmount,
    work_out_adjustments,
)
from funding.calculation.calendar import (
    SchoolCalendar,
    check_calendar,
    check_financial_years,
    financial_year_of,
)
from funding.calculation.exceptional import ExceptionalLine, exceptional_lines
from funding.calculation.history import (
    AgreedBand,
    BandValue,
    ExceptionalAmount,
    Former,
    PayingFramework,
    Period,
    Placement,
    Plan,
    PupilHistory,
    Report,
    SchoolRate,
)
from funding.calculation.lines import (
    CalculatedLine,
    FundingException,
    FundingRules,
    PupilResult,
    State,
    calculate_caseload,
    calculate_pupil,
    line_amount,
    state_on,
)
from funding.calculation.money import round_half_up
from funding.calculation.protection import (
    ProtectionLine,
    ProtectionRule,
    phased_amount,
    phased_protection,
    protection_beside,
    protection_floor,
    protection_lines,
)
from funding.calculation.recoupment import claim_of
from funding.calculation.school_amounts import GivenToSchool, SchoolLine, school_lines
from funding.calculation.working import (
    AdjustmentWorking,
    Working,
    adjustment_sentence,
    working_sentence,
)

__all__ = [
    "Adjustment",
    "AdjustmentWorking",
    "AgreedBand",
    "BandValue",
    "CalculatedLine",
    "ExceptionalAmount",
    "ExceptionalLine",
    "Former",
    "FundingException",
    "FundingRules",
    "GivenToSchool",
    "PaidAmount",
    "PayingFramework",
    "Period",
    "Placement",
    "Plan",
    "ProtectionLine",
    "ProtectionRule",
    "PupilHistory",
    "PupilResult",
    "Report",
    "SchoolCalendar",
    "SchoolLine",
    "SchoolRate",
    "State",
    "Working",
    "adjustment_sentence",
    "calculate_caseload",
    "calculate_pupil",
    "check_calendar",
    "check_financial_years",
    "claim_of",
    "exceptional_lines",
    "financial_year_of",
    "line_amount",
    "phased_amount",
    "phased_protection",
    "protection_beside",
    "protection_floor",
    "protection_lines",
    "round_half_up",
    "school_lines",
    "state_on",
    "work_out_adjustments",
    "working_sentence",
]
