"""What moderation found in its random cases, carried over to all decisions (rules.md F14). Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from banding.found_moves import FoundMoves
from funding.calculation import round_half_up
from funding.scenarios.pricing import Caseload, Prices, Term, ordinal, value_on

TWO_SIDED = 1.959964
"""How many standard deviations on each side hold 95%."""
Cell = tuple[str, int]
"""A sector and a term."""


@dataclass(frozen=True, slots=True)
class Case:
    """A judged case: decisions it stands for, pence a year its band changed by, and whether that
    is the agreed band already.
    """

    weight: Fraction
    sector: str
    pence: int
    is_settled: bool


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Pence of the year beside what is counted already, by sector and term, and its interval."""

    cells: Mapping[Cell, int] = field(default_factory=dict)
    margin: int | None = None
    """To each side of the sum, 19 times out of 20; None where one case tells nothing of others."""
    judged: int = 0
    population: int = 0

    @property
    def total(self) -> int:
        return sum(self.cells.values())


def cases_of(found: FoundMoves, caseload: Caseload, prices: Prices) -> list[Case]:
    """Each case with both bands worth something, at the values of the year's last day."""
    day = max(term.end for term in caseload.terms)
    places: dict[str, list[int]] = {}
    for place, band in enumerate(caseload.bands):
        places.setdefault(band.code, []).append(place)

    def worth(code: str, sector: str) -> int | None:
        values = (value_on(prices.get((place, sector), ()), day) for place in places.get(code, ()))
        return next((value for value in values if value is not None), None)

    cases = []
    for move in found.moves:
        before, after = worth(move.before, move.sector), worth(move.after, move.sector)
        if before is not None and after is not None:
            cases.append(Case(move.weight, move.sector, after - before, move.is_settled))
    return cases


def shares_of_year(
    terms: Sequence[Term], begins: Mapping[str, dt.date], sector: str
) -> Iterator[Fraction]:
    """Of each term the share of a year's value that its days from the sector's first one have."""
    first = ordinal(begins[sector]) if sector in begins else min(term.start for term in terms)
    for term in terms:
        days = max(0, term.end - max(term.start, first) + 1)
        yield Fraction(term.numerator * days, term.denominator * term.days)


def carried_over(
    found: FoundMoves, caseload: Caseload, prices: Prices, begins: Mapping[str, dt.date]
) -> CarriedOver:
    """Σ decisions × what a case changed by, less what the agreed bands have of it already."""
    cases = cases_of(found, caseload, prices)
    cells: dict[Cell, Fraction] = {}
    yearly: list[tuple[Fraction, Fraction]] = []
    for case in cases:
        shares = list(shares_of_year(caseload.terms, begins, case.sector))
        yearly.append((case.weight, case.pence * sum(shares, Fraction(0))))
        beside = case.weight - 1 if case.is_settled else case.weight
        for term, share in enumerate(shares):
            key = case.sector, term
            cells[key] = cells.get(key, Fraction(0)) + beside * case.pence * share
    return CarriedOver(
        {key: int(round_half_up(amount, 0)) for key, amount in cells.items() if amount},
        margin_of(yearly, found.population),
        len(found.moves),
        found.population,
    )


def margin_of(cases: Sequence[tuple[Fraction, Fraction]], population: int) -> int | None:
    """Half of a 95% interval of Σ weight × amount, drawn in with the share that is judged (M7)."""
    count = len(cases)
    if count < 2:
        return None
    middle = sum(weight * amount for weight, amount in cases) / sum(weight for weight, _ in cases)
    squares = sum(float(weight * (amount - middle)) ** 2 for weight, amount in cases)
    left = max(0.0, 1 - count / population) if population else 0.0
    return round(TWO_SIDED * (squares * count / (count - 1) * left) ** 0.5)
