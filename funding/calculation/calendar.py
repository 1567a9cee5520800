"""Payment calendars (F1) and calendars of school days (F5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from funding.calculation.history import Period


def check_calendar(periods: Sequence[Period]) -> list[str]:
    """Return a sentence for each way in which a year's periods break F1; empty when sound.

    Fractions sum to exactly 1, periods neither overlap nor leave a gap, each ends on or after
    its start and holds its count date, and codes differ.
    """
    if not periods:
        return ["The calendar has no periods."]
    problems = [problem for period in periods for problem in _check_period(period)]
    codes = [period.code for period in periods]
    problems += [
        f"The code {code} is used by more than one period."
        for code in sorted(set(codes))
        if codes.count(code) > 1
    ]
    in_order = sorted(periods, key=lambda period: (period.start, period.end))
    for earlier, later in pairwise(in_order):
        problems += _check_neighbours(earlier, later)
    return problems + _check_sum(periods)


def _check_period(period: Period) -> list[str]:
    problems = []
    if period.end < period.start:
        problems.append(f"{period.code} ends before it starts.")
    elif not period.start <= period.count_date <= period.end:
        problems.append(f"The count date of {period.code} is outside the period.")
    if period.denominator <= 0 or period.numerator <= 0:
        problems.append(
            f"The fraction of {period.code}, {period.numerator}/{period.denominator}, "
            "must be above zero."
        )
    return problems


def _check_neighbours(earlier: Period, later: Period) -> list[str]:
    expected = earlier.end + timedelta(days=1)
    if later.start < expected:
        return [f"{earlier.code} and {later.code} overlap."]
    if later.start > expected:
        return [
            (
                f"There is a gap between {earlier.code}, which ends on {_written(earlier.end)}, "
                f"and {later.code}, which starts on {_written(later.start)}."
            )
        ]
    return []


def _check_sum(periods: Sequence[Period]) -> list[str]:
    if any(period.denominator <= 0 for period in periods):
        return []
    total = sum(Fraction(period.numerator, period.denominator) for period in periods)
    if total == 1:
        return []
    fractions = " + ".join(f"{period.numerator}/{period.denominator}" for period in periods)
    return [f"The fractions must add up to 1, but {fractions} is {total}."]


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def financial_year_of(day: date) -> tuple[date, date]:
    """The first and last day, 1 April to 31 March, of the financial year a day lies in."""
    first = day.year if day.month >= 4 else day.year - 1
    return date(first, 4, 1), date(first + 1, 3, 31)


def check_financial_years(periods: Sequence[Period]) -> list[str]:
    """A sentence for each period that crosses 31 March, which school days can't pay (F5)."""
    return [
        f"{period.code} goes over 31 March. Paid by school days, a period lies in one financial "
        "year."
        for period in periods
        if period.end > financial_year_of(period.start)[1]
    ]


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The days on which schools are open."""

    school_days: frozenset[date]

    def days_between(self, start: date, end: date) -> int:
        """Return the number of school days from `start` to `end`, both counted."""
        return sum(start <= day <= end for day in self.school_days)

    def days_in_financial_year(self, start: date, end: date) -> int:
        """Return the school days of the financial year (1 April to 31 March) of a period.

        Raises ValueError when the period crosses 31 March or the year has no school days.
        """
        year_start, year_end = financial_year_of(start)
        if end > year_end:
            raise ValueError("A period of school days must lie in one financial year.")
        days = self.days_between(year_start, year_end)
        if not days:
            raise ValueError("The financial year has no school days.")
        return days
