"""Stored lines for pages and exports, and each line's working (rules.md F9)."""

from decimal import Decimal

from django.db.models import QuerySet

from banding.choices import DecisionSource
from banding_portal.words import local_date, money
from funding.calculation import (
    AdjustmentWorking,
    Working,
    adjustment_sentence,
    working_sentence,
)
from funding.choices import LineKind, Proration
from funding.models import Line

MADE_BY: dict[str, str] = {
    DecisionSource.SCHOOL: "the school’s decision",
    DecisionSource.PANEL: "the panel’s decision",
    DecisionSource.AUTHORITY: "the authority’s entry",
    DecisionSource.MODERATION: "moderation outcome",
}


def lines_to_read(lines: QuerySet[Line]) -> QuerySet[Line]:
    """Lines with all that a row of a page, an export or a working shows, in one query."""
    return lines.select_related("run", "period__calendar", "pupil", "school", "decision").order_by(
        "urn", "reference", "start", "period__start", "kind"
    )


def line_working(line: Line, *, says_who: bool = True) -> str:
    """How the line's amount came about, in a sentence; for lines of `lines_to_read`. Schools read
    of what changed and when it was recorded, not by whom.
    """
    if line.kind == LineKind.ADJUSTMENT:
        return f"{adjustment_sentence(_adjusting(line, says_who))} {line.note}"
    if line.kind not in (LineKind.ALLOCATION, LineKind.OTHER_LA, LineKind.UNVALUED):
        return f"{money(line.amount)}. {line.note}".strip()
    if line.band_id is None:
        return f"No amount yet for {line.period.name}. {line.note}"
    return working_sentence(_working_of(line))


def _adjusting(line: Line, says_who: bool) -> AdjustmentWorking:
    calendar = line.period.calendar
    by_count = calendar.proration == Proration.WHOLE_PERIOD
    return AdjustmentWorking(
        amount=line.amount or Decimal(),
        period=line.period.name,
        start=line.start,
        end=line.end,
        days=line.days,
        due=line.annual_value,
        published=line.was_annual,
        band_name=line.band_name,
        band_before=line.was_band,
        counted_on=line.period.count_date if by_count else None,
        said=line.cause_said,
        by=line.cause_by if says_who else "",
        on=local_date(line.cause_at) if line.cause_at else None,
    )


def _working_of(line: Line) -> Working:
    decision = line.decision
    return Working(
        kind=line.kind,
        amount=line.amount,
        annual=line.annual_value,
        numerator=line.numerator,
        denominator=line.denominator,
        days=line.days,
        period_days=line.period_days,
        start=line.start,
        end=line.end,
        band_name=line.band_name,
        method=line.period.calendar.proration,
        count_date=line.period.count_date,
        basis=line.basis,
        responsible_la=line.responsible_la,
        on_roll_from=line.on_roll_from,
        on_roll_to=line.on_roll_to,
        plan_from=line.plan_from,
        plan_to=line.plan_to,
        band_since=decision.effective_from if decision else None,
        band_by=MADE_BY.get(decision.source, "") if decision else "",
        value_from=line.value_from,
        school_days=line.school_days,
        year_school_days=line.year_school_days,
    )
