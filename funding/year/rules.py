"""Sums of a year by sector and month (F19). Pure; pounds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from funding.calculation.money import round_half_up

ZERO = Decimal("0.00")
DAY = dt.timedelta(days=1)
Key = tuple[str, str]
"""Sector, and month like 2026-09."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What comes to `amount` in a sector from a day to a day, both included."""

    sector: str
    start: dt.date
    end: dt.date
    amount: Decimal


def by_month(start: dt.date, end: dt.date, amount: Decimal) -> Iterator[tuple[str, Decimal]]:
    """An amount spread evenly over its days, month by month; the months add up to it exactly.

    What is due up to the end of each month is rounded, and a month is the difference to the one
    before, so that no penny is lost or made.
    """
    days, done, first = (end - start).days + 1, ZERO, start
    while first <= end:
        last = min(end, _last_of_month(first))
        so_far = round_half_up(Fraction(amount) * ((last - start).days + 1) / days)
        yield f"{first:%Y-%m}", so_far - done
        done, first = so_far, last + DAY


def _last_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def spread(stretches: Iterable[Stretch]) -> dict[Key, Decimal]:
    """What falls in each sector and month."""
    found: dict[Key, Decimal] = defaultdict(Decimal)
    for each in stretches:
        for month, amount in by_month(each.start, each.end, each.amount):
            found[each.sector, month] += amount
    return dict(found)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A sector, a month or the whole year. `budget` is None where none is set."""

    name: str
    spent: Decimal
    forecast: Decimal
    budget: Decimal | None = None

    @property
    def committed(self) -> Decimal:
        """What is known to be due and not published yet; below zero it will be taken back."""
        return self.forecast - self.spent

    @property
    def left(self) -> Decimal | None:
        """Of the budget; below zero it is overspent."""
        return None if self.budget is None else self.budget - self.forecast


def sum_of(amounts: dict[Key, Decimal], *, sector: str = "", month: str = "") -> Decimal:
    """Of a sector, of a month, or of everything."""
    fitting = (
        amount
        for (its_sector, its_month), amount in amounts.items()
        if sector in ("", its_sector) and month in ("", its_month)
    )
    return sum(fitting, ZERO)
