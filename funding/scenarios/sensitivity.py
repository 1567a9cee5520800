"""What moves the cost of a scenario: each value by 1%, and one more plan (rules.md F14). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from funding.calculation import round_half_up
from funding.scenarios.pricing import Caseload, Prices, Steps, lines_of, price

Cell = tuple[int, str]
"""A band's place in the caseload and a sector."""


class Swing(NamedTuple):
    """Pence a year that the cost changes by where a value is 1% lower and 1% higher."""

    band: int
    sector: str
    down: int
    up: int

    @property
    def width(self) -> int:
        return self.up - self.down


class OneMore(NamedTuple):
    """Pence that one more pupil on a band would cost in a year, on average; None if nobody is."""

    band: int
    annual: int | None


def swings(caseload: Caseload, prices: Prices) -> list[Swing]:
    """Of each value that pays somebody, the widest first."""
    found = [swing_of(caseload, prices, cell) for cell in cells_paid(caseload)]
    return sorted(found, key=lambda swing: (-swing.width, swing.band, swing.sector))


def cells_paid(caseload: Caseload) -> list[Cell]:
    return sorted({(state.band, state.sector) for state in caseload.states if state.own})


def swing_of(caseload: Caseload, prices: Prices, cell: Cell) -> Swing:
    """Whoever the value pays at some time is priced again, line by line; nobody else moves."""
    touched = {state.pupil for state in caseload.states if (state.band, state.sector) == cell}
    some = replace(caseload, states=[each for each in caseload.states if each.pupil in touched])
    usual = price(some, prices).total
    down, up = (
        price(some, {**prices, cell: moved(prices.get(cell, ()), percent)}).total - usual
        for percent in (99, 101)
    )
    return Swing(*cell, down, up)


def moved(steps: Steps, percent: int) -> Steps:
    """A value at a percentage of what it is, rounded half up to the penny."""
    return tuple(
        (day, None if value is None else int(round_half_up(Fraction(value * percent, 100), 0)))
        for day, value in steps
    )


def one_more(caseload: Caseload, prices: Prices, bands: Sequence[int]) -> list[OneMore]:
    """For each band what its pupils cost a year on average, each day counting once."""
    sums: dict[int, list[int]] = {band: [0, 0] for band in bands}
    for band, annual, days in days_paid(caseload, prices):
        if band in sums:
            sums[band][0] += annual * days
            sums[band][1] += days
    return [OneMore(band, average(*found)) for band, found in sums.items()]


def days_paid(caseload: Caseload, prices: Mapping[Cell, Steps]) -> Iterator[tuple[int, int, int]]:
    for line in lines_of(caseload, prices):
        state = caseload.states[line.state]
        if state.own and line.annual is not None:
            yield state.band, line.annual, line.end - line.start + 1


def average(total: int, days: int) -> int | None:
    return int(round_half_up(Fraction(total, days), 0)) if days else None
