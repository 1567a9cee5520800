"""The cost of states by sector, band, need and the like, and pupils and averages of each. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from funding.calculation import round_half_up
from funding.scenarios.pricing import Caseload, Priced, Prices, State, Term, value_on

if TYPE_CHECKING:
    from funding.scenarios.columns import Labelled

GROWTH, PROTECTION, UNBANDED, MODERATION = "growth", "protection", "unbanded", "moderation"
"""Where a table cannot say of whom they are, they stand in it by themselves."""
ALL = "all"
AVERAGED = ("sector", "phase", "need", ALL)
OF_PEOPLE = ("sector", "band", "need", "phase", "quadrant")
DIMENSIONS = (*OF_PEOPLE, "term", "financial_year")
Tables = Mapping[str, Counter[str]]


def labels_of(caseload: Caseload, state: State) -> Iterator[tuple[str, str]]:
    """What a state is called in each table."""
    school = caseload.schools[state.school]
    yield "sector", state.sector
    yield "band", band_label(caseload, state.band) if state.band >= 0 else UNBANDED
    yield "need", caseload.pupils[state.pupil].need
    yield "phase", school.phase
    yield "quadrant", school.quadrant
    yield "term", caseload.terms[state.term].code
    yield "financial_year", financial_year(caseload.terms[state.term])


def labels_of_all(caseload: Caseload) -> "Mapping[str, Labelled]":
    """The same of every state at once, made once."""
    from funding.scenarios.columns import Labelled, Labels

    found = caseload.columns
    if found.labels:
        return found.labels

    def named(words: Iterator[str], by: Any) -> Labelled:
        labels = Labels()
        return Labelled(labels.words, labels.numbers(words)[by])

    found.labels.update(
        {
            "sector": found.sector,
            "band": named(
                (band_label(caseload, n) for n in range(len(caseload.bands))), found.band
            ),
            "need": named((pupil.need for pupil in caseload.pupils), found.pupil),
            "phase": named((school.phase for school in caseload.schools), found.school),
            "quadrant": named((school.quadrant for school in caseload.schools), found.school),
            "term": named((term.code for term in caseload.terms), found.term),
            "financial_year": named((financial_year(term) for term in caseload.terms), found.term),
        }
    )
    return found.labels


def financial_year(term: Term) -> str:
    """The year from 1 April in which a term begins, like 2026-27."""
    day = dt.date.fromordinal(term.start)
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def band_label(caseload: Caseload, place: int) -> str:
    """Its code; with its framework's where another has one of the same code."""
    band = caseload.bands[place]
    same = {each.framework for each in caseload.bands if each.code == band.code}
    return band.code if len(same) == 1 else f"{band.framework}: {band.code}"


def costs_of(priced: Priced) -> list[int]:
    """Pence of each state: its band, what is agreed beside it, protection in force."""
    pairs = zip(priced.amounts, priced.extras, priced.kept, strict=True)
    return [amount + extra + kept for amount, extra, kept in pairs]


def add_states(
    caseload: Caseload, costs: Sequence[int], tables: Tables, only: Sequence[int] | None = None
) -> None:
    """The cost of own pupils' states to tables; or of the states in some places only."""
    if not costs:
        return
    from funding.scenarios.columns import Labelled, numbers

    which = caseload.columns.own if only is None else numbers(only)
    mine = numbers(costs)[which] if only is None else numbers(costs)
    labels = labels_of_all(caseload)
    for name, table in tables.items():
        table.update(Labelled(labels[name].words, labels[name].of[which]).sums(mine))


def heads_of(caseload: Caseload) -> dict[str, dict[str, int]]:
    """Own pupils by each of OF_PEOPLE."""
    if not caseload.states:
        return {name: {} for name in OF_PEOPLE}
    from funding.scenarios.columns import Labelled, counted_once

    found = caseload.columns
    labels = labels_of_all(caseload)
    return {
        name: counted_once(
            Labelled(labels[name].words, labels[name].of[found.own]), found.pupil[found.own]
        )
        for name in OF_PEOPLE
    }


def averages_of(
    caseload: Caseload, before: Priced, after: Priced
) -> dict[str, dict[str, tuple[Decimal, Decimal]]]:
    """The cost of bands ÷ years spent by pupils of a kind, a pupil's days ÷ the year's."""
    if not caseload.states:
        return {name: {} for name in AVERAGED}
    from funding.scenarios.columns import Labelled, numbers

    found, year = caseload.columns, sum(term.days for term in caseload.terms)
    labels = {**labels_of_all(caseload), ALL: Labelled([ALL], found.term * 0)}
    columns = numbers(before.amounts), numbers(after.amounts), found.days
    averages = {}
    for name in AVERAGED:
        mine = Labelled(labels[name].words, labels[name].of[found.own])
        old, new, days = (mine.sums(column[found.own]) for column in columns)
        averages[name] = {
            word: (average(old[word], days[word], year), average(new[word], days[word], year))
            for word in days
        }
    return averages


def average(amount: int, days: int, year: int) -> Decimal:
    return round_half_up(Fraction(amount * year, days * 100))


def last_states(caseload: Caseload) -> Iterator[State]:
    """Of own pupils on the year's last day."""
    last = max(range(len(caseload.terms)), key=lambda place: caseload.terms[place].end)
    end = caseload.terms[last].end
    for state in caseload.states:
        if state.own and state.term == last and state.end == end:
            yield state


def full_year_of(caseload: Caseload, prices: Prices) -> dict[int, int]:
    """By pupil the pence of a year at the values of the last day, of those who are there then."""
    end = max(term.end for term in caseload.terms)
    found: dict[int, int] = {}
    known: dict[tuple[int, str], int] = {}
    for state in last_states(caseload):
        cell = state.band, state.sector
        if cell not in known:
            known[cell] = value_on(prices.get(cell, ()), end) or 0
        found[state.pupil] = found.get(state.pupil, 0) + known[cell]
    return found
