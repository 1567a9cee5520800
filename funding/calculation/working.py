"""A line's working in a sentence (F9), from what the line keeps and nothing else."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.calculation.lines import (
    CalculatedLine,
)
from funding.calculation.money import in_pounds
from funding.choices import LineKind, Proration
from schools.authorities import authority_of
from schools.choices import PlanType


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """What a line keeps of how its amount came about, flat, so that a stored row can fill it.

    Facts that are None (empty text) are left out of the sentence. `band_by` completes
    "Band 3 since 31 October 2026 by …". `count_date` is needed for the whole-period method only.
    """

    kind: str
    amount: Decimal | None
    annual: Decimal | None
    numerator: int
    denominator: int
    days: int
    period_days: int
    start: date
    end: date
    band_name: str
    method: str = Proration.CALENDAR_DAYS
    count_date: date | None = None
    basis: str = ""
    responsible_la: str = ""
    on_roll_from: date | None = None
    on_roll_to: date | None = None
    plan_from: date | None = None
    plan_to: date | None = None
    band_since: date | None = None
    band_by: str = ""
    value_from: date | None = None
    school_days: int | None = None
    year_school_days: int | None = None

    @classmethod
    def of(cls, line: CalculatedLine) -> "Working":
        """Return the working of a line of the reference calculation."""
        state, band = line.state, line.state.agreed_band
        return cls(
            kind=line.kind,
            amount=line.amount,
            annual=state.annual,
            numerator=line.period.numerator,
            denominator=line.period.denominator,
            days=line.days,
            period_days=line.period_days,
            start=line.start,
            end=line.end,
            band_name=band.band_name or f"Band {band.band}",
            method=line.method,
            count_date=line.period.count_date,
            basis=state.plan.basis,
            responsible_la=state.responsible_la,
            on_roll_from=state.placement.start,
            on_roll_to=state.placement.end,
            plan_from=state.plan.start,
            plan_to=state.plan.end,
            band_since=band.effective_from,
            band_by=band.source,
            value_from=state.value.effective_from if state.value else None,
            school_days=line.school_days,
            year_school_days=line.year_school_days,
        )


def working_sentence(line: Working | CalculatedLine) -> str:
    """Return how the amount came about and the facts it rests on.

    "£685.05 = £4,044.00 × 4/12 × 62 of 122 days. On roll from 1 September 2026; EHCP from
    31 October 2026; Band 3 since 1 September 2026; value from 1 October 2018."
    """
    working = Working.of(line) if isinstance(line, CalculatedLine) else line
    facts = "; ".join(_facts(working)) + "."
    if working.kind == LineKind.OTHER_LA:
        code = working.responsible_la
        authority = authority_of(code) if code else "another authority"
        return f"£0.00, for information: {authority} is responsible for this pupil. {facts}"
    if working.amount is None or working.annual is None:
        return f"No amount yet: {working.band_name} has no value here. {facts}"
    return f"{in_pounds(working.amount)} = {_product(working, working.annual)}. {facts}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentWorking:
    """What a line keeps of an adjustment: its days, annual pounds due now and published before,
    and what changed. `said`, `by` and `on` are empty where that is not known.
    """

    amount: Decimal
    period: str
    start: date
    end: date
    days: int
    due: Decimal | None
    published: Decimal | None
    band_name: str
    band_before: str
    counted_on: date | None = None
    """Under the whole-period method."""
    said: str = ""
    by: str = ""
    on: date | None = None


UNEXPLAINED = "the difference to adjustments that did not say which days they were about"


def adjustment_sentence(line: AdjustmentWorking) -> str:
    """Which days the adjustment is about, what they are worth now and were before, and why.

    "−£610.00 for Autumn term 2026, 1 November 2026 to 31 December 2026 (61 days): nothing is due,
    where Band B at £3,660.00 a year was published. Left on 31 October 2026, recorded on
    26 November 2026 by Robin Ellis."
    """
    head = f"{in_pounds(line.amount)} for {line.period}"
    if line.due is None and line.published is None:
        what = "the same days are counted again" if line.said else UNEXPLAINED
        return f"{head}: {what}. {_why(line)}"
    if line.counted_on:
        days = f"counted on {_written(line.counted_on)}"
    else:
        count = "1 day" if line.days == 1 else f"{line.days} days"
        days = f"{_written(line.start)} to {_written(line.end)} ({count})"
    was = _rate(line.band_before or line.band_name, line.published)
    now = _rate(line.band_name, line.due)
    return f"{head}, {days}: {now} is due, where {was} was published. {_why(line)}"


def _rate(band: str, annual: Decimal | None) -> str:
    if annual is None:
        return "nothing"
    return f"{band} at {in_pounds(annual)} a year" if band else f"{in_pounds(annual)} a year"


def _why(line: AdjustmentWorking) -> str:
    if not line.said:
        return "What changed is not recorded."
    recorded = f", recorded on {_written(line.on)}" if line.on else ""
    by = f" by {line.by}" if line.by and recorded else ""
    return f"{line.said[:1].upper()}{line.said[1:]}{recorded}{by}."


def _product(working: Working, annual: Decimal) -> str:
    days = f"{working.days} of {working.period_days}"
    fraction = f"{working.numerator}/{working.denominator}"
    if working.method == Proration.SCHOOL_DAYS:
        paid = f"{working.school_days} of {working.year_school_days}"
        return f"{in_pounds(annual)} × {paid} school days of the financial year"
    if working.method == Proration.WHOLE_PERIOD:
        return f"{in_pounds(annual)} × {fraction}"
    return f"{in_pounds(annual)} × {fraction} × {days} days"


def _facts(working: Working) -> list[str]:
    facts = []
    if working.method == Proration.WHOLE_PERIOD and working.count_date:
        facts.append(f"Counted on {_written(working.count_date)}")
    if working.on_roll_from:
        facts.append(f"On roll {_span(working.on_roll_from, working.on_roll_to, working)}")
    if working.plan_from:
        plan = "EHCP" if working.basis == PlanType.EHCP else "SEN Support"
        facts.append(f"{plan} {_span(working.plan_from, working.plan_to, working)}")
    if not facts:
        facts.append(f"Paid {_span(working.start, working.end, working)}")
    if working.band_since:
        by = f" by {working.band_by}" if working.band_by else ""
        facts.append(f"{working.band_name} since {_written(working.band_since)}{by}")
    if working.value_from and working.annual is not None:
        facts.append(f"value from {_written(working.value_from)}")
    return facts


def _span(start: date, end: date | None, working: Working) -> str:
    """An end after the line explains nothing and is left out."""
    written = f"from {_written(start)}"
    if end is not None and end <= working.end:
        written += f" to {_written(end)}"
    return written


def _written(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
