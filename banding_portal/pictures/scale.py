"""From values to places: numbers and days on a line, things that overlap in rows. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

WIDTH = 760
"""Of every picture, in units of its own; the page makes it as wide as it has room."""

Value = int | float | Decimal | Fraction | dt.date
T = TypeVar("T")


@dataclass(frozen=True)
class Scale:
    """Lays the values from `low` to `high` evenly between `left` and `right`."""

    low: Value
    high: Value
    left: float = 0
    right: float = WIDTH

    def __call__(self, value: Value) -> float:
        """Where a value lies; at the left where the scale has no length."""
        low, length = _number(self.low), _number(self.high) - _number(self.low)
        share = (_number(value) - low) / (length or 1)
        return on_grid(self.left + share * (self.right - self.left))

    def between(self, start: Value, end: Value, *, least: float = 1) -> tuple[float, float]:
        """Left edge and width of what reaches from one value to another, never too thin to see."""
        left, right = sorted((self(start), self(end)))
        return left, max(on_grid(right - left), least)


def on_grid(place: float) -> float:
    """Places are written to a tenth of a unit, finer than a screen shows."""
    return round(place, 1)


def _number(value: Value) -> float:
    return value.toordinal() if isinstance(value, dt.date) else float(value)


def years_between(first: dt.date, last: dt.date, most: int = 10) -> list[dt.date]:
    """The first day of each year from one day to another.

    Of every other year, every third and so on, where there are more than `most`.
    """
    years = range(first.year, last.year + 1)
    shown = years[:: -(-len(years) // most)]
    return [day for year in shown if first <= (day := dt.date(year, 1, 1)) <= last]


def into_rows(things: Iterable[T], may_follow: Callable[[T, T], bool]) -> list[list[T]]:
    """Things in their order, each in the first row whose last one it `may_follow`."""
    rows: list[list[T]] = []
    for thing in things:
        free = next((row for row in rows if may_follow(thing, row[-1])), None)
        if free is None:
            rows.append([thing])
        else:
            free.append(thing)
    return rows
