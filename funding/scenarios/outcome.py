"""What a scenario comes to: its cost every way, who gains and who loses (rules.md F14). Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from funding.choices import CountedDecisions, NotBanded, ProtectedBy
from funding.scenarios.ceasing import ceased, full_year_left, shares_of
from funding.scenarios.growing import Cell, average_value, grown, joined
from funding.scenarios.imputing import imputed, unbanded_pupils
from funding.scenarios.moderating import CarriedOver, carried_over
from funding.scenarios.pricing import Caseload, Priced, Prices, pounds, price
from funding.scenarios.protecting import (
    Change,
    changes_of,
    costs_by_year,
    protection_lines,
)
from funding.scenarios.summing import (
    DIMENSIONS,
    GROWTH,
    MODERATION,
    PROTECTION,
    add_states,
    averages_of,
    band_label,
    costs_of,
    financial_year,
    full_year_of,
    heads_of,
    labels_of,
)
from funding.scenarios.terms import Growth, Protection, Scenario

LARGEST = 20
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
    kept_today: Decimal
    """The same at today's values."""
    growth: Decimal
    """More or fewer pupils, plans that cease left out."""
    ceasing: Decimal
    """Not spent on plans that cease at phase ends: nought or less."""
    unbanded: Decimal
    """Of pupils who are not banded yet, where the scenario counts them."""
    moderation: Decimal
    """What moderation found, carried over to all decisions, where the scenario counts it."""
    carried: CarriedOver
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

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Between which amounts the total lies 19 times of 20, for what moderation does not know;
        None where nothing is carried over.
        """
        if self.carried.margin is None:
            return None
        margin = pounds(self.carried.margin)
        return self.total - margin, self.total + margin


@dataclass(frozen=True, slots=True)
class Supposed:
    """A scenario ready to be worked out: today's prices and those it supposes."""

    terms: Scenario
    today: Prices
    prices: Prices
    bands: Sequence[int] = ()
    """Places of the bands of its framework."""
    begins: Mapping[str, dt.date] = field(default_factory=dict)
    """By sector from which day its values count, where that is not the first."""


def work_out(caseload: Caseload, supposed: Supposed) -> Outcome:
    before, after = price(caseload, supposed.today), price(caseload, supposed.prices)
    terms = supposed.terms
    tables: dict[str, Table] = {name: Counter() for name in DIMENSIONS}
    costs = costs_of(after)
    add_states(caseload, costs, tables)
    growth = add_growth(caseload, after, supposed, tables)
    ends = shares_of(terms.growth.phase_ends if terms.growth else ())
    less = ceased(caseload, costs, ends)
    if any(less):
        add_states(caseload, less, tables)
    unbanded = add_unbanded(caseload, supposed, tables)
    carried = add_moderation(caseload, supposed, tables)
    per_pupil = list(changes_of(caseload, before, after, ProtectedBy.PUPIL))
    per_school = list(changes_of(caseload, before, after, ProtectedBy.SCHOOL))
    paid, by_year = add_protection(caseload, terms.protection, (per_pupil, per_school), tables)
    beside = growth + sum(less) + unbanded + carried.total + sum(paid.values())
    full_year = full_year_of(caseload, supposed.prices)
    return Outcome(
        total=pounds(after.total + beside),
        today=pounds(before.total),
        bands=pounds(sum(after.amounts)),
        extras=pounds(sum(after.extras)),
        kept=pounds(sum(after.kept)),
        kept_today=pounds(sum(before.kept)),
        growth=pounds(growth),
        ceasing=pounds(sum(less)),
        unbanded=pounds(unbanded),
        moderation=pounds(carried.total),
        carried=carried,
        protection=pounds(sum(paid.values())),
        protection_by_year=[pounds(amount) for amount in by_year],
        budget=terms.budget,
        tables={
            name: {key: pounds(amount) for key, amount in table.items()}
            for name, table in tables.items()
        },
        heads=heads_of(caseload),
        averages=averages_of(caseload, before, after),
        full_year=pounds(full_year_left(caseload, full_year, ends)),
        pupils=moves_of(caseload, per_pupil, paid),
        schools=moves_of(caseload, per_school, by_school(paid)),
        pupils_counted=len({state.pupil for state in caseload.states if state.own}),
        not_banded=unbanded_pupils(caseload),
        unvalued=len({caseload.states[place].pupil for place in after.unvalued}),
    )


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


def add_moderation(
    caseload: Caseload, supposed: Supposed, tables: Mapping[str, Table]
) -> CarriedOver:
    """What moderation found, carried over to the decisions that were not moderated."""
    if supposed.terms.decisions != CountedDecisions.CORRECTED or caseload.moderated is None:
        return CarriedOver()
    carried = carried_over(caseload.moderated, caseload, supposed.prices, supposed.begins)
    for (sector, term), amount in carried.cells.items():
        tables["sector"][sector] += amount
        tables["term"][caseload.terms[term].code] += amount
        tables["financial_year"][financial_year(caseload.terms[term])] += amount
        for name in ("band", "need", "phase", "quadrant"):
            tables[name][MODERATION] += amount
    return carried


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
    amounts = [amount for _, amount in lines]
    known = {"sector", "phase", "quadrant", *(("need", "band") if of_pupils else ())}
    add_states(
        caseload,
        amounts,
        {name: table for name, table in tables.items() if name in known},
        only=[change.state for change, _ in lines],
    )
    for name in tables.keys() - known:
        if amounts:
            tables[name][PROTECTION] += sum(amounts)
    by_year = costs_by_year(found, protection, sum(amounts))
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
