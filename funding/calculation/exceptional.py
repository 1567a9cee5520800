"""What is agreed for a pupil beside the band, as lines of its own (B11, F3, F4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.calculation.history import ExceptionalAmount, Period, PupilHistory
from funding.calculation.lines import FundingRules, State, line_amount, longest_runs, states_in
from funding.choices import Proration


@dataclass(frozen=True, slots=True)
class ExceptionalLine:
    """One amount in pounds; `state` holds the facts of the band's line that it stands beside."""

    pupil_id: str
    agreed: ExceptionalAmount
    state: State
    start: date
    end: date
    days: int
    amount: Decimal


def exceptional_lines(
    pupil: PupilHistory, period: Period, rules: FundingRules
) -> Iterator[ExceptionalLine]:
    """Yield a line for each amount and each longest run of days in one state that it covers.

    Of the authority's own pupils, whether the band has a value or not. Under the whole-period
    method the count date alone decides, and every day is paid.
    """
    states = states_in(pupil, period, rules) if pupil.exceptional else []
    for first, last, state in longest_runs(states):
        if state.responsible_la != rules.la_code:
            continue
        for agreed in pupil.exceptional:
            if paid := [day for day, _ in states if first <= day <= last and agreed.covers(day)]:
                yield _make_line(pupil, period, rules, state, agreed, paid)


def _make_line(
    pupil: PupilHistory,
    period: Period,
    rules: FundingRules,
    state: State,
    agreed: ExceptionalAmount,
    paid: Sequence[date],
) -> ExceptionalLine:
    start, end = paid[0], paid[-1]
    if rules.method == Proration.WHOLE_PERIOD:
        start, end = period.start, period.end
    days = (end - start).days + 1
    if rules.method == Proration.SCHOOL_DAYS:
        calendar = rules.calendar_of(state.placement.urn)
        of_year = calendar.days_in_financial_year(period.start, period.end)
        amount = line_amount(agreed.annual, 1, 1, calendar.days_between(start, end), of_year)
    else:
        share = period.numerator, period.denominator
        amount = line_amount(agreed.annual, *share, days, period.days)
    return ExceptionalLine(pupil.pupil_id, agreed, state, start, end, days, amount)
