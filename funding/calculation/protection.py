"""Protection against a fall in funding (F10). All amounts are pounds, rounded once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from funding.calculation.history import Period, PupilHistory
from funding.calculation.lines import (
    CalculatedLine,
    FundingRules,
    calculate_pupil,
    line_amount,
    state_on,
)
from funding.calculation.money import round_half_up
from funding.choices import LineKind, Proration, ProtectionKind


def protection_floor(old: Decimal, new: Decimal, floor: Decimal) -> Decimal:
    """Return the protection line max(0, floor × old − new); a floor of 0.98 keeps 98 %."""
    return max(Decimal("0.00"), round_half_up(Fraction(floor) * Fraction(old) - Fraction(new)))


def phased_amount(old: Decimal, new: Decimal, weight: Decimal) -> Decimal:
    """Return old + weight × (new − old): weight 0 pays the old amount, 1 the new one.

    Raises ValueError for a weight outside 0 to 1.
    """
    if not 0 <= weight <= 1:
        raise ValueError("The weight of a year must be between 0 and 1.")
    return round_half_up(Fraction(old) + Fraction(weight) * (Fraction(new) - Fraction(old)))


def phased_protection(old: Decimal, new: Decimal, weight: Decimal) -> Decimal:
    """Return the line that brings `new` to the phased amount; below zero it holds back a gain."""
    return phased_amount(old, new, weight) - new


def protection_beside(kind: str, old: Decimal, new: Decimal, share: Decimal) -> Decimal:
    """Return the line beside `new` that a rule of a kind, with its share, adds."""
    if kind == ProtectionKind.FLOOR:
        return protection_floor(old, new, share)
    return phased_protection(old, new, share)


@dataclass(frozen=True, slots=True)
class ProtectionRule:
    """In a sector, from a day to a day, against the change of a day: a floor is the share of the
    amount before that is kept, a phase the share of the change that is paid.
    """

    sector: str
    kind: str
    changed_on: date
    starts_on: date
    ends_on: date
    share: Decimal

    def amount(self, old: Decimal, new: Decimal) -> Decimal:
        """The line beside `new`; phased in it may be below zero."""
        return protection_beside(self.kind, old, new, self.share)


@dataclass(frozen=True, slots=True)
class ProtectionLine:
    """Pounds beside a line on the days that a rule covers; `old` is what these days were worth at
    the annual value of the eve of the change.
    """

    pupil_id: str
    urn: int
    rule: ProtectionRule
    start: date
    end: date
    old_annual: Decimal
    new_annual: Decimal
    old: Decimal
    new: Decimal
    amount: Decimal


def protection_lines(
    pupil: PupilHistory, period: Period, rules: FundingRules, protection: list[ProtectionRule]
) -> Iterator[ProtectionLine]:
    """Yield a line for each paid line and rule of its sector that moves money, of a pupil whom the
    authority paid in that sector on the eve of the change.
    """
    for line in calculate_pupil(pupil, period, rules).lines:
        if line.kind != LineKind.ALLOCATION:
            continue
        for rule in protection:
            if found := _beside(line, pupil, rules, rule):
                yield found


def _beside(
    line: CalculatedLine, pupil: PupilHistory, rules: FundingRules, rule: ProtectionRule
) -> ProtectionLine | None:
    by_count = rules.method == Proration.WHOLE_PERIOD
    first = line.period.count_date if by_count else line.start
    old_annual = _on_the_eve(pupil, rules, rule)
    new_annual = line.state.annual
    if line.state.placement.sector_on(first) != rule.sector or not (old_annual and new_annual):
        return None
    start, end = max(line.start, rule.starts_on), min(line.end, rule.ends_on)
    if by_count:
        start, end = line.start, line.end
        if not rule.starts_on <= first <= rule.ends_on:
            return None
    if end < start:
        return None
    urn = line.state.placement.urn
    old, new = (_for_days(annual, line, rules, start, end) for annual in (old_annual, new_annual))
    amount = rule.amount(old, new)
    if not amount:
        return None
    facts = old_annual, new_annual, old, new, amount
    return ProtectionLine(pupil.pupil_id, urn, rule, start, end, *facts)


def _on_the_eve(pupil: PupilHistory, rules: FundingRules, rule: ProtectionRule) -> Decimal | None:
    eve = rule.changed_on - timedelta(days=1)
    state = state_on(pupil, eve, rules)
    if state is None or state.responsible_la != rules.la_code:
        return None
    return state.annual if state.placement.sector_on(eve) == rule.sector else None


def _for_days(
    annual: Decimal, line: CalculatedLine, rules: FundingRules, start: date, end: date
) -> Decimal:
    """What the days of a line come to at an annual value, rounded like a line."""
    period = line.period
    if rules.method == Proration.SCHOOL_DAYS:
        calendar = rules.calendar_of(line.state.placement.urn)
        of_year = calendar.days_in_financial_year(period.start, period.end)
        return line_amount(annual, 1, 1, calendar.days_between(start, end), of_year)
    days = (end - start).days + 1
    return line_amount(annual, period.numerator, period.denominator, days, period.days)
