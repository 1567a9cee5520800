"""A wish for values as rules over a caseload (rules.md F15). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from banding_portal.words import percent
from funding.calculation.money import in_pounds as money
from funding.scenarios.pricing import (
    Caseload,
    Prices,
    State,
    lines_of,
    pence,
    pounds,
    value_on,
)
from funding.scenarios.solving import Cell, Problem, Rule
from funding.scenarios.wishes import Wish
from schools.choices import Sector

ONE = Fraction(1)
Shares = dict[Cell, Fraction]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish over a caseload: the bands in order of rank, today's prices, and the sectors."""

    wish: Wish
    caseload: Caseload
    today: Prices
    ladder: Sequence[int]
    """Places of the framework's bands, the lowest rank first."""
    named: Mapping[str, int]
    """Places of the bands by code and by name."""
    sectors: Sequence[str]
    _years: list[tuple["Shares", dict[int, "Shares"]]] = field(default_factory=list, init=False)

    @property
    def years(self) -> tuple["Shares", dict[int, "Shares"]]:
        """Years that pupils spend in each cell, in all and by school, counted once."""
        if not self._years:
            self._years.append(years_of(self))
        return self._years[0]

    @property
    def cells(self) -> list[Cell]:
        return [(band, sector) for sector in self.sectors for band in self.ladder]


def problem_of(wanted: Wanted, rest: int, over: int = 0) -> Problem:
    """In pence `rest` is paid for all else, and `over` kept back for the rounding of lines."""
    years, by_school = wanted.years
    fixed = {
        (wanted.named[each.band], each.sector): pence(each.annual_value)
        for each in wanted.wish.fixed
    }
    today = today_of(wanted)
    rules = [
        *rules_of_cost(wanted, years, rest, over),
        *rules_of_steps(wanted),
        *rules_of_limits(wanted, today, fixed),
        *rules_of_sectors(wanted, years),
        *rules_of_schools(wanted, by_school),
    ]
    step = pence(wanted.wish.round_to)
    return Problem(wanted.cells, step, today, years, frozenset(fixed), rules)


def today_of(wanted: Wanted) -> dict[Cell, int]:
    """What is in force on the year's last day, where it is known."""
    end = max(term.end for term in wanted.caseload.terms)
    found = {cell: value_on(wanted.today.get(cell, ()), end) for cell in wanted.cells}
    return {cell: value for cell, value in found.items() if value is not None}


def years_of(wanted: Wanted) -> tuple[Shares, dict[int, Shares]]:
    """Years that pupils spend in each cell, in all and by school: the share of a year's value that
    their days are paid.
    """
    parts: dict[tuple[Cell, int, int], int] = {}
    cells, caseload = set(wanted.cells), wanted.caseload
    for state, days in days_together(caseload):
        cell = (state.band, state.sector)
        if cell in cells:
            part, whole = caseload.parts(state, state.start, state.start + days - 1)
            key = (cell, state.school, whole)
            parts[key] = parts.get(key, 0) + part
    years: Shares = {}
    by_school: dict[int, Shares] = {}
    for (cell, school, whole), part in parts.items():
        share = Fraction(part, whole)
        years[cell] = years.get(cell, Fraction(0)) + share
        here = by_school.setdefault(school, {})
        here[cell] = here.get(cell, Fraction(0)) + share
    return years, by_school


def days_together(caseload: Caseload) -> Iterator[tuple[State, int]]:
    """Days that own pupils of a school spend on a band in a term, added up and each named by one
    state; where school days count, which differ from day to day, state by state.
    """
    if caseload.school_years or not caseload.states:
        yield from ((each, each.end - each.start + 1) for each in caseload.states if each.own)
        return
    from funding.scenarios.columns import added, together

    found = caseload.columns
    own = found.own.nonzero()[0]
    cells = found.cell(len(caseload.terms))[own]
    which, last = together(cells * len(caseload.schools) + found.school[own])
    days = added(which, found.days[own], len(last))
    for place, total in zip(own[last].tolist(), days.tolist(), strict=True):
        yield caseload.states[place], total


def rules_of_cost(wanted: Wanted, years: Shares, rest: int, over: int) -> Iterator[Rule]:
    wish = wanted.wish
    weights = years or nothing(wanted)
    beside = f", of which {money(pounds(rest))} is paid for all else" if rest > 0 else ""
    most = Fraction(pence(wish.budget) - rest - over)
    yield Rule("budget", f"The budget is {money(wish.budget)}{beside}.", weights, most=most)
    if wish.spend_at_least is not None:
        least = Fraction(pence(wish.spend_at_least) - rest)
        words = f"At least {money(wish.spend_at_least)} is spent."
        yield Rule("spend_at_least", words, weights, least=least)


def nothing(wanted: Wanted) -> Shares:
    return {wanted.cells[0]: Fraction(0)}


def rules_of_steps(wanted: Wanted) -> Iterator[Rule]:
    """Each band above the one before it, by no less and no more than the steps."""
    wish = wanted.wish
    for sector in wanted.sectors:
        for low, high in zip(wanted.ladder, wanted.ladder[1:], strict=False):
            pair = {(high, sector): ONE, (low, sector): -ONE}
            names = f"{name_of(wanted, high)} and {name_of(wanted, low)}, {label_of(sector)}"
            if wish.keep_order and wish.minimum_step is None:
                words = f"{names}: the first is worth no less than the second."
                yield Rule("order", words, pair, least=Fraction(0))
            if wish.minimum_step is not None:
                words = f"{names}: the step is at least {money(wish.minimum_step)}."
                yield Rule("minimum_step", words, pair, least=Fraction(pence(wish.minimum_step)))
            if wish.maximum_step is not None:
                words = f"{names}: the step is at most {money(wish.maximum_step)}."
                yield Rule("maximum_step", words, pair, most=Fraction(pence(wish.maximum_step)))


def rules_of_limits(
    wanted: Wanted, today: Mapping[Cell, int], fixed: Mapping[Cell, int]
) -> Iterator[Rule]:
    for limit in wanted.wish.limits:
        cell = (wanted.named[limit.band], limit.sector)
        name = f"{name_of(wanted, cell[0])}, {label_of(limit.sector)}"
        if limit.least is not None:
            words = f"{name}: at least {money(limit.least)}."
            yield Rule("limits", words, {cell: ONE}, least=Fraction(pence(limit.least)))
        if limit.most is not None:
            words = f"{name}: at most {money(limit.most)}."
            yield Rule("limits", words, {cell: ONE}, most=Fraction(pence(limit.most)))
    for cell, value in fixed.items():
        words = f"{name_of(wanted, cell[0])}, {label_of(cell[1])}: fixed at {money(pounds(value))}."
        yield Rule("fixed", words, {cell: ONE}, Fraction(value), Fraction(value))
    if (most := wanted.wish.largest_change) is not None:
        share = Fraction(most) / 100
        for cell in wanted.cells:
            if cell in today and cell not in fixed:
                now = today[cell]
                words = (
                    f"{name_of(wanted, cell[0])}, {label_of(cell[1])}: no more than "
                    f"{percent(share, None)} away from {money(pounds(now))}."
                )
                ends = now * max(Fraction(0), 1 - share), now * (1 + share)
                yield Rule("largest_change", words, {cell: ONE}, *ends)


def rules_of_sectors(wanted: Wanted, years: Shares) -> Iterator[Rule]:
    for ratio in wanted.wish.ratios:
        names = f"{label_of(ratio.sector)} against {label_of(ratio.to_sector)}"
        for band in wanted.ladder:
            for bound, word in ((ratio.least, "at least"), (ratio.most, "at most")):
                if bound is None:
                    continue
                pair = {(band, ratio.sector): ONE, (band, ratio.to_sector): -Fraction(bound)}
                words = f"{names}, {name_of(wanted, band)}: {word} {bound:f} times as much."
                ends = (Fraction(0), None) if word == "at least" else (None, Fraction(0))
                yield Rule("ratios", words, pair, *ends)
    for share in wanted.wish.shares:
        for bound, word in ((share.least, "at least"), (share.most, "at most")):
            if bound is None:
                continue
            part = Fraction(bound) / 100
            weights = {
                cell: count * ((cell[1] == share.sector) - part) for cell, count in years.items()
            }
            words = (
                f"{label_of(share.sector)}: {word} {percent(part, None)} of what the values cost."
            )
            ends = (Fraction(0), None) if word == "at least" else (None, Fraction(0))
            yield Rule("shares", words, weights or nothing(wanted), *ends)


def rules_of_schools(wanted: Wanted, by_school: Mapping[int, Shares]) -> Iterator[Rule]:
    """No school below a share of what it is paid today, both before rounding to the penny."""
    if (least := wanted.wish.school_floor) is None:
        return
    share = Fraction(least) / 100
    now = unrounded_by_school(wanted)
    for place, weights in by_school.items():
        school = wanted.caseload.schools[place]
        words = f"{school.name} ({school.urn}): at least {percent(share, None)} of today."
        yield Rule("school_floor", words, weights, least=now.get(place, Fraction(0)) * share)


def unrounded_by_school(wanted: Wanted) -> dict[int, Fraction]:
    parts: dict[tuple[int, int, int], int] = {}
    cells = set(wanted.cells)
    for line in lines_of(wanted.caseload, wanted.today):
        state = wanted.caseload.states[line.state]
        if state.own and line.annual is not None and (state.band, state.sector) in cells:
            part, whole = wanted.caseload.parts(state, line.start, line.end)
            key = (state.school, whole, line.annual)
            parts[key] = parts.get(key, 0) + part
    sums: dict[int, Fraction] = {}
    for (school, whole, annual), part in parts.items():
        sums[school] = sums.get(school, Fraction(0)) + Fraction(annual * part, whole)
    return sums


def name_of(wanted: Wanted, band: int) -> str:
    return wanted.caseload.bands[band].name


def label_of(sector: str) -> str:
    return Sector(sector).label
