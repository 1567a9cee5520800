"""What a band is worth for each term of a year, to the penny (rules.md F2, F3 to F5). Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.calculation.lines import line_amount
from funding.choices import Proration


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOfYear:
    """A period, and by school days the school days of its financial year, each once."""

    start: date
    end: date
    count_date: date
    numerator: int
    denominator: int
    method: str
    school_days: tuple[date, ...] = ()

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def worth_in_term(annual: Decimal, term: TermOfYear, since: date, until: date) -> Decimal | None:
    """Pounds for a pupil who is there on all days of the term on which the value holds, both days
    included; None where it holds on none of them, or no school days are known.
    """
    first, last = max(since, term.start), min(until, term.end)
    if first > last:
        return None
    if term.method == Proration.WHOLE_PERIOD:
        if not since <= term.count_date <= until:
            return None
        return line_amount(annual, term.numerator, term.denominator, 1, 1)
    if term.method == Proration.SCHOOL_DAYS:
        if not term.school_days:
            return None
        days = sum(first <= day <= last for day in term.school_days)
        return line_amount(annual, 1, 1, days, len(term.school_days))
    days = (last - first).days + 1
    return line_amount(annual, term.numerator, term.denominator, days, term.days)
