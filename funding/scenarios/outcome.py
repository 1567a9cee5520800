"""What a scenario comes to: its cost every way, who gains and who loses (rules.md F14). Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from funding.calculation import round_half_up
from funding.choices import NotBanded, ProtectedBy
from funding.scenarios.growing import Cell, average_value, grown, joined
from funding.scenarios.imputing import imputed, unbanded_pupils
from funding.scenarios.pricing import Caseload, Priced, Prices, State, Term, pounds, price
from funding.scenarios.protecting import Change, changes_of, lasts, protection_lines
from funding.scenarios.terms import Growth, Protection, Scenario

GROWTH, PROTECTION, UNBANDED = "growth", "protection", "unbanded"
"""Where a table cannot say of whom they are, they stand in it by themselves."""
LARGEST = 20
ALL = "all"
AVERAGED = ("sector", "phase", "need", ALL)
OF_PEOPLE = ("sector", "band", "need", "phase", "quadrant")
DIMENSIONS = (*OF_PEOPLE, "term", "financial_year")
Table = Counter[str]


class Party(NamedTuple):
    """A pupil at a school, or a school (`reference` is empty): pounds a year now and then."""

    reference: str
    urn: str
    school: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


@dataclass(slots=True)
class Moves:
    """Who gains and who loses, of pupils or of schools, protection included."""

    winners: int = 0
    losers: int = 0
    same: int = 0
    gained: Decimal = Decimal("0.00")
    lost: Decimal = Decimal("0.00")
    most_gained: list[Party] = field(default_factory=list)
    most_lost: list[Party] = field(default_factory=list)
    changes: list[Decimal] = field(default_factory=list)
    """Of all, in pounds, for their distribution."""


@dataclass(slots=True)
class Outcome:
    """In pounds. `tables` has the cost by each of DIMENSIONS, each adding up to `total`;
    `heads` the pupils by each of OF_PEOPLE, each counted wherever they are in the year.
    """

    total: Decimal
    today: Decimal
    bands: Decimal
    extras: Decimal
    kept: Decimal
    """Of rules of protection in force, worked out at the scenario's values."""
    growth: Decimal
    unbanded: Decimal
    """Of pupils who are not banded yet, where the scenario counts them."""
    protection: Decimal
    protection_by_year: list[Decimal]
    budget: Decimal | None
    tables: dict[str, dict[str, Decimal]]
    heads: dict[str, dict[str, int]]
    averages: dict[str, dict[str, tuple[Decimal, Decimal]]]
    """By sector, phase and need what a pupil there for the whole year costs on average, now and
    then; by `all` of every pupil.
    """
    full_year: Decimal
    """What the pupils of the last day would cost in a whole year."""
    pupils: Moves
    schools: Moves
    pupils_counted: int
    not_banded: int
    """Pupils with a plan and without an agreed band on some day, whether counted or not."""
    unvalued: int

    @property
    def headroom(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.total


@dataclass(frozen=True, slots=True)
class Supposed:
    """A scenario ready to be worked out: today's prices and those it supposes."""

    terms: Scenario
    today: Prices
    prices: Prices
    bands: Sequence[int] = ()
    """Places of the bands of its framework."""


def work_out(caseload: Caseload, supposed: Supposed) -> Outcome:
    before, after = price(caseload, supposed.today), price(caseload, supposed.prices)
    terms = supposed.terms
    tables: dict[str, Table] = {name: Counter() for name in DIMENSIONS}
    add_states(caseload, after, tables)
    growth = add_growth(caseload, after, supposed, tables)
    unbanded = add_unbanded(caseload, supposed, tables)
    per_pupil = list(changes_of(caseload, before, after, ProtectedBy.PUPIL))
    per_school = list(changes_of(caseload, before, after, ProtectedBy.SCHOOL))
    paid, by_year = add_protection(caseload, terms.protection, (per_pupil, per_school), tables)
    protection = sum(paid.values())
    return Outcome(
        total=pounds(after.total + growth + unbanded + protection),
        today=pounds(before.total),
        bands=pounds(sum(after.amounts)),
        extras=pounds(sum(after.extras)),
        kept=pounds(sum(after.kept)),
        growth=pounds(growth),
        unbanded=pounds(unbanded),
        protection=pounds(protection),
        protection_by_year=[pounds(amount) for amount in by_year],
        budget=terms.budget,
        tables={
            name: {key: pounds(amount) for key, amount in table.items()}
            for name, table in tables.items()
        },
        heads=heads_of(caseload),
        averages=averages_of(caseload, before, after),
        full_year=pounds(full_year_of(caseload, supposed.prices)),
        pupils=moves_of(caseload, per_pupil, paid),
        schools=moves_of(caseload, per_school, by_school(paid)),
        pupils_counted=len({state.pupil for state in caseload.states if state.own}),
        not_banded=unbanded_pupils(caseload),
        unvalued=len({caseload.states[place].pupil for place in after.unvalued}),
    )


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


def add_states(caseload: Caseload, priced: Priced, tables: Mapping[str, Table]) -> None:
    """One pass: the states of a kind are put together first, for there are few kinds."""
    names = [band_label(caseload, place) for place in range(len(caseload.bands))]
    sector, band, need = tables["sector"], tables["band"], tables["need"]
    phase, quadrant, term = tables["phase"], tables["quadrant"], tables["term"]
    years = [financial_year(each) for each in caseload.terms]
    pairs = zip(caseload.states, priced.amounts, priced.extras, priced.kept, strict=True)
    for state, amount, extra, kept in pairs:
        if not state.own:
            continue
        cost = amount + extra + kept
        school = caseload.schools[state.school]
        sector[state.sector] += cost
        band[names[state.band]] += cost
        need[caseload.pupils[state.pupil].need] += cost
        phase[school.phase] += cost
        quadrant[school.quadrant] += cost
        term[caseload.terms[state.term].code] += cost
        tables["financial_year"][years[state.term]] += cost


def heads_of(caseload: Caseload) -> dict[str, dict[str, int]]:
    """Own pupils by each of OF_PEOPLE."""
    seen: dict[str, dict[str, set[int]]] = {name: {} for name in OF_PEOPLE}
    kinds = {
        (state.pupil, state.school, state.sector, state.band): state
        for state in caseload.states
        if state.own
    }
    for state in kinds.values():
        for name, label in labels_of(caseload, state):
            if name in seen:
                seen[name].setdefault(label, set()).add(state.pupil)
    return {
        name: {label: len(pupils) for label, pupils in found.items()}
        for name, found in seen.items()
    }


def add_growth(
    caseload: Caseload, priced: Priced, supposed: Supposed, tables: Mapping[str, Table]
) -> int:
    growth = supposed.terms.growth
    if growth is None:
        return 0
    more = growth_cells(caseload, priced, supposed, growth)
    for (sector, band, term), amount in more.items():
        tables["sector"][sector] += amount
        tables["band"][band_label(caseload, band) if band >= 0 else GROWTH] += amount
        tables["term"][caseload.terms[term].code] += amount
        tables["financial_year"][financial_year(caseload.terms[term])] += amount
        for name in ("need", "phase", "quadrant"):
            tables[name][GROWTH] += amount
    return sum(more.values())


def growth_cells(
    caseload: Caseload, priced: Priced, supposed: Supposed, growth: Growth
) -> Counter[Cell]:
    """Pence more by sector, band and term; a band of −1 is none in particular."""
    more: Counter[Cell] = Counter()
    if growth.percent:
        cells: Counter[Cell] = Counter()
        for state, amount in zip(caseload.states, priced.amounts, strict=True):
            cells[state.sector, state.band, state.term] += amount
        more.update(grown(cells, caseload.terms, growth.percent))
    for kind in growth.monthly:
        annual = average_value(caseload, supposed.prices, kind, supposed.bands)
        band = next(
            (place for place in supposed.bands if caseload.bands[place].code == kind.band), -1
        )
        for term, amount in joined(annual, kind, caseload.terms).items():
            more[kind.sector, band, term] += amount
    return more


def add_unbanded(caseload: Caseload, supposed: Supposed, tables: Mapping[str, Table]) -> int:
    """Pence for pupils who are not banded yet, where they are to be counted."""
    if supposed.terms.unbanded != NotBanded.IMPUTED:
        return 0
    found = imputed(caseload, supposed.prices)
    for each in found:
        for name, label in labels_of(caseload, each.state):
            tables[name][label] += each.amount
    return sum(each.amount for each in found)


def add_protection(
    caseload: Caseload,
    protection: Protection | None,
    changes: tuple[list[Change], list[Change]],
    tables: Mapping[str, Table],
) -> tuple[dict[tuple[int | None, int], int], list[int]]:
    """Who is paid what in the first year, and what it costs each year until it ends."""
    if protection is None:
        return {}, []
    of_pupils = protection.per == ProtectedBy.PUPIL
    found = changes[0] if of_pupils else changes[1]
    lines = protection_lines(found, protection)
    for change, amount in lines:
        for name, label in labels_of(caseload, caseload.states[change.state]):
            known = name in ("sector", "phase", "quadrant") or (
                of_pupils and name in ("need", "band")
            )
            tables[name][label if known else PROTECTION] += amount
    by_year = [
        sum(amount for _, amount in protection_lines(found, protection, year))
        for year in range(lasts(protection))
    ]
    return {change.key: amount for change, amount in lines}, by_year


def by_school(paid: Mapping[tuple[int | None, int], int]) -> dict[tuple[int | None, int], int]:
    sums: Counter[tuple[int | None, int]] = Counter()
    for (_, school), amount in paid.items():
        sums[None, school] += amount
    return sums


def moves_of(
    caseload: Caseload, changes: Sequence[Change], paid: Mapping[tuple[int | None, int], int]
) -> Moves:
    """Protection counts: who is kept whole neither gains nor loses. Where a band has no value
    nobody knows, so those are in neither.
    """
    ends = [(each, each.after + paid.get(each.key, 0)) for each in changes if each.is_known]
    ups = [pair for pair in ends if pair[1] > pair[0].before]
    downs = [pair for pair in ends if pair[1] < pair[0].before]

    def largest(pairs: list[tuple[Change, int]]) -> list[Party]:
        ordered = sorted(pairs, key=lambda pair: (-abs(pair[1] - pair[0].before), pair[0].state))
        return [party_of(caseload, change, end) for change, end in ordered[:LARGEST]]

    return Moves(
        winners=len(ups),
        losers=len(downs),
        same=len(ends) - len(ups) - len(downs),
        gained=pounds(sum(end - change.before for change, end in ups)),
        lost=pounds(sum(change.before - end for change, end in downs)),
        most_gained=largest(ups),
        most_lost=largest(downs),
        changes=[pounds(end - change.before) for change, end in ends],
    )


def party_of(caseload: Caseload, change: Change, end: int) -> Party:
    pupil, place = change.key
    school = caseload.schools[place]
    reference = "" if pupil is None else caseload.pupils[pupil].reference
    return Party(reference, school.urn, school.name, pounds(change.before), pounds(end))


def averages_of(
    caseload: Caseload, before: Priced, after: Priced
) -> dict[str, dict[str, tuple[Decimal, Decimal]]]:
    """The cost of bands ÷ years spent by pupils of a kind, a pupil's days ÷ the year's."""
    year = sum(term.days for term in caseload.terms)
    kinds: dict[tuple[str, str, str], list[int]] = {}
    for place, state in enumerate(caseload.states):
        if state.own:
            kind = (
                state.sector,
                caseload.schools[state.school].phase,
                caseload.pupils[state.pupil].need,
            )
            found = kinds.setdefault(kind, [0, 0, 0])
            found[0] += before.amounts[place]
            found[1] += after.amounts[place]
            found[2] += state.end - state.start + 1
    sums: dict[str, dict[str, list[int]]] = {name: {} for name in AVERAGED}
    for kind, added in kinds.items():
        for name, label in zip(AVERAGED, (*kind, ALL), strict=True):
            kept = sums[name].setdefault(label, [0, 0, 0])
            sums[name][label] = [one + more for one, more in zip(kept, added, strict=True)]
    return {
        name: {
            label: (average(old, days, year), average(new, days, year))
            for label, (old, new, days) in found.items()
        }
        for name, found in sums.items()
    }


def average(amount: int, days: int, year: int) -> Decimal:
    return round_half_up(Fraction(amount * year, days * 100))


def full_year_of(caseload: Caseload, prices: Prices) -> int:
    """Pence that the pupils of the year's last day cost in a year at the values of that day."""
    last = max(range(len(caseload.terms)), key=lambda place: caseload.terms[place].end)
    end = caseload.terms[last].end
    total = 0
    for state in caseload.states:
        if state.own and state.term == last and state.end == end:
            steps = prices.get((state.band, state.sector), ())
            total += next((value or 0 for day, value in reversed(steps) if day <= end), 0)
    return total
