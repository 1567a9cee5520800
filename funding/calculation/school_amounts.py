"""What single schools are paid otherwise: lump sums, minimum amounts (rules.md F24). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.calculation.history import Period
from funding.calculation.lines import FundingRules, line_amount
from funding.choices import Proration, SchoolAmountKind

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class GivenToSchool:
    """A lump sum or minimum, pounds a year from a day to a day; both count. A school is open from
    a day to a day, where that is known.
    """

    urn: int
    kind: str
    annual: Decimal
    starts_on: date
    ends_on: date | None = None
    opened: date | None = None
    closed: date | None = None

    @property
    def days(self) -> tuple[date, date]:
        """On which it is paid."""
        until = [each for each in (self.ends_on, self.closed) if each]
        since = [each for each in (self.starts_on, self.opened) if each]
        return max(since), min(until, default=date.max)


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """`due` is what the days come to; of a minimum `amount` is what that is more than `paid`."""

    urn: int
    kind: str
    start: date
    end: date
    due: Decimal
    paid: Decimal
    amount: Decimal


def school_lines(
    given: Sequence[GivenToSchool],
    period: Period,
    rules: FundingRules,
    paid: Mapping[int, Decimal],
) -> Iterator[SchoolLine]:
    """Yield a line for each that comes to something; `paid` is what each school is paid for its
    pupils in the period, by URN. A minimum counts where it holds for all of the period, or on its
    count date under the whole-period method.
    """
    by_count = rules.method == Proration.WHOLE_PERIOD
    looked_at = (period.count_date,) * 2 if by_count else (period.start, period.end)
    for each in given:
        since, until = each.days
        is_minimum = each.kind == SchoolAmountKind.MINIMUM
        if since > looked_at[1] or until < looked_at[0]:
            continue
        if is_minimum and (since > looked_at[0] or until < looked_at[1]):
            continue
        start, end = max(since, period.start), min(until, period.end)
        if by_count:
            start, end = period.start, period.end
        due = _for_days(each, period, rules, start, end)
        already = paid.get(each.urn, ZERO)
        amount = max(due - already, ZERO) if is_minimum else due
        if amount:
            yield SchoolLine(each.urn, each.kind, start, end, due, already, amount)


def _for_days(
    given: GivenToSchool, period: Period, rules: FundingRules, start: date, end: date
) -> Decimal:
    if rules.method == Proration.SCHOOL_DAYS:
        calendar = rules.calendar_of(given.urn)
        of_year = calendar.days_in_financial_year(period.start, period.end)
        return line_amount(given.annual, 1, 1, calendar.days_between(start, end), of_year)
    days = (end - start).days + 1
    return line_amount(given.annual, period.numerator, period.denominator, days, period.days)
