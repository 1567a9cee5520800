"""A wish for values as rules over a caseload (rules.md F15). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from banding_portal.words import percent
from funding.calculation.money import in_pounds as money
from funding.scenarios.pricing import (
    Caseload,
    Prices,
    State,
    lines_of,
    pence,
    pounds,
    price,
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
    day: int
    """The ordinal of the day whose values are today's."""
    _once: dict[str, Any] = field(default_factory=dict)
    """What was counted, the same for every wish over these bands and sectors."""

    @property
    def years(self) -> tuple["Shares", dict[int, "Shares"]]:
        """Years that pupils spend in each cell, in all and by school."""
        if "years" not in self._once:
            self._once["years"] = years_of(self)
        found: tuple[Shares, dict[int, Shares]] = self._once["years"]
        return found

    @property
    def paid_by_school(self) -> Mapping[int, Fraction]:
        """Pence paid today to each school on these bands, before rounding."""
        if "paid" not in self._once:
            self._once["paid"] = unrounded_by_school(self)
        found: Mapping[int, Fraction] = self._once["paid"]
        return found

    def with_part(self, **changed: Any) -> "Wanted":
        """Another wish over the same years."""
        return replace(self, wish=self.wish.model_copy(update=changed))

    @property
    def cells(self) -> list[Cell]:
        return [(band, sector) for sector in self.sectors for band in self.ladder]


def problem_of(wanted: Wanted, rest: int, over: int = 0, under: int = 0) -> Problem:
    """In pence `rest` is paid for all else, and `over` beside the values by protection in force and
    the rounding of lines; `under` is to be spent beyond what is said, for their rounding too.
    """
    years, by_school = wanted.years
    fixed = {
        (wanted.named[each.band], each.sector): pence(each.annual_value)
        for each in wanted.wish.fixed
    }
    today = today_of(wanted)
    rules = [
        *rules_of_cost(wanted, rest, over, under),
        *rules_of_steps(wanted),
        *rules_of_limits(wanted, today, fixed),
        *rules_of_sectors(wanted, years),
        *rules_of_schools(wanted, by_school),
    ]
    return Problem(
        cells=wanted.cells,
        step=pence(wanted.wish.round_to),
        today={**today, **supposed_of(wanted, today)},
        weights=years,
        fixed=frozenset(fixed),
        rules=rules,
        least=least_of(wanted, today, fixed),
    )


def today_of(wanted: Wanted) -> dict[Cell, int]:
    """What is in force today, where it is known."""
    found = {cell: value_on(wanted.today.get(cell, ()), wanted.day) for cell in wanted.cells}
    return {cell: value for cell, value in found.items() if value is not None}


def supposed_of(wanted: Wanted, today: Mapping[Cell, int]) -> dict[Cell, int]:
    """For a band without a value today, what the next one below it is worth, or else above it. It
    would pull others down to nothing if it were taken as worth nothing.
    """
    found = {}
    for sector in wanted.sectors:
        valued = [place for place, band in enumerate(wanted.ladder) if (band, sector) in today]
        for place, band in enumerate(wanted.ladder):
            if valued and place not in valued:
                below = [each for each in valued if each < place]
                found[band, sector] = today[wanted.ladder[(below or [valued[0]])[-1]], sector]
    return found


def least_of(
    wanted: Wanted, today: Mapping[Cell, int], fixed: Mapping[Cell, int]
) -> dict[Cell, int]:
    """One step, for no band that is worth something is to be worth nothing unless it is said."""
    step = pence(wanted.wish.round_to)
    said = {
        (wanted.named[each.band], each.sector)
        for each in wanted.wish.limits
        if each.most is not None and pence(each.most) < step
    }
    free = {cell for cell in wanted.cells if today.get(cell) == 0} | said | {*fixed}
    return dict.fromkeys((cell for cell in wanted.cells if cell not in free), step)


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


def rules_of_cost(wanted: Wanted, rest: int, over: int, under: int) -> Iterator[Rule]:
    wish = wanted.wish
    weights = wanted.years[0] or nothing(wanted)
    beside = f", of which {money(pounds(rest))} is paid for all else" if rest > 0 else ""
    words = f"The budget is {money(wish.budget)}{beside}."
    most = Fraction(pence(wish.budget) - rest - over)
    yield Rule("budget", words, weights, most=most, part=("budget",))
    if wish.spend_at_least is not None:
        words = f"At least {money(wish.spend_at_least)} is spent{beside}."
        least = Fraction(pence(wish.spend_at_least) - rest - over + under)
        yield Rule("spend_at_least", words, weights, least=least, part=("spend_at_least",))


def nothing(wanted: Wanted) -> Shares:
    return {wanted.cells[0]: Fraction(0)}


def rules_of_steps(wanted: Wanted) -> Iterator[Rule]:
    """Each band above the one before it, by no less and no more than the steps."""
    wish = wanted.wish
    for sector in wanted.sectors:
        for low, high in zip(wanted.ladder, wanted.ladder[1:], strict=False):
            pair = {(high, sector): ONE, (low, sector): -ONE}
            first, second = name_of(wanted, high), name_of(wanted, low)
            name = f"{label_of(sector)}: {first} is"
            if wish.keep_order and wish.minimum_step is None:
                words = f"{name} worth no less than {second}."
                yield Rule("order", words, pair, least=Fraction(0), part=("keep_order",))
            if wish.minimum_step is not None:
                words = f"{name} at least {money(wish.minimum_step)} above {second}."
                least = Fraction(pence(wish.minimum_step))
                yield Rule("minimum_step", words, pair, least=least, part=("minimum_step",))
            if wish.maximum_step is not None:
                words = f"{name} at most {money(wish.maximum_step)} above {second}."
                most = Fraction(pence(wish.maximum_step))
                yield Rule("maximum_step", words, pair, most=most, part=("maximum_step",))


def rules_of_limits(
    wanted: Wanted, today: Mapping[Cell, int], fixed: Mapping[Cell, int]
) -> Iterator[Rule]:
    for place, limit in enumerate(wanted.wish.limits):
        cell = (wanted.named[limit.band], limit.sector)
        for end, bound in (("least", limit.least), ("most", limit.most)):
            if bound is not None:
                words = f"{cell_name(wanted, cell)}: at {end} {money(bound)}."
                ends = {end: Fraction(pence(bound))}
                yield Rule("limits", words, {cell: ONE}, **ends, part=("limits", place, end))
    for place, (cell, value) in enumerate(fixed.items()):
        words = f"{cell_name(wanted, cell)}: fixed at {money(pounds(value))}."
        both, part = Fraction(value), ("fixed", place)
        yield Rule("fixed", words, {cell: ONE}, both, both, part)
    if (most := wanted.wish.largest_change) is not None:
        share = Fraction(most) / 100
        for cell in wanted.cells:
            if cell in today and cell not in fixed:
                now = today[cell]
                words = (
                    f"{cell_name(wanted, cell)}: no more than {percent(share, None)} away from "
                    f"today’s {money(pounds(now))}."
                )
                low, high = now * max(Fraction(0), 1 - share), now * (1 + share)
                kind = "largest_change"
                yield Rule(kind, words, {cell: ONE}, low, high, (kind,))


def rules_of_sectors(wanted: Wanted, years: Shares) -> Iterator[Rule]:
    for place, ratio in enumerate(wanted.wish.ratios):
        sector, other = ratio.sector, ratio.to_sector
        for band in wanted.ladder:
            for end, bound in (("least", ratio.least), ("most", ratio.most)):
                if bound is None:
                    continue
                pair = {(band, sector): ONE, (band, other): -Fraction(bound)}
                words = (
                    f"{cell_name(wanted, (band, sector))}: at {end} {bound:f} times as much as in "
                    f"{label_of(other)}."
                )
                part = ("ratios", place, end)
                yield Rule("ratios", words, pair, **{end: Fraction(0)}, part=part)
    for place, share in enumerate(wanted.wish.shares):
        for end, bound in (("least", share.least), ("most", share.most)):
            if bound is None:
                continue
            part_of = Fraction(bound) / 100
            weights = {
                cell: count * ((cell[1] == share.sector) - part_of) for cell, count in years.items()
            } or nothing(wanted)
            words = (
                f"{label_of(share.sector)}: at {end} {percent(part_of, None)} of what the values "
                "cost."
            )
            part = ("shares", place, end)
            yield Rule("shares", words, weights, **{end: Fraction(0)}, part=part)


def rules_of_schools(wanted: Wanted, by_school: Mapping[int, Shares]) -> Iterator[Rule]:
    """No school below a share of what it is paid today, both before rounding to the penny."""
    if (least := wanted.wish.school_floor) is None:
        return
    share, part = Fraction(least) / 100, ("school_floor",)
    now = wanted.paid_by_school
    for place, weights in by_school.items():
        school = wanted.caseload.schools[place]
        words = f"{school.name} ({school.urn}): at least {percent(share, None)} of today."
        floor = now.get(place, Fraction(0)) * share
        yield Rule("school_floor", words, weights, least=floor, part=part)


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


def cost_of(wanted: Wanted, values: Mapping[Cell, int]) -> int:
    """Pence that the year comes to, line by line, with these values all year."""
    first = min(term.start for term in wanted.caseload.terms)
    prices: Prices = {
        **wanted.today,
        **{cell: ((first, value),) for cell, value in values.items()},
    }
    return price(wanted.caseload, prices).total


def cell_name(wanted: Wanted, cell: Cell) -> str:
    return f"{name_of(wanted, cell[0])}, {label_of(cell[1])}"


def name_of(wanted: Wanted, band: int) -> str:
    return wanted.caseload.bands[band].name


def label_of(sector: str) -> str:
    return Sector(sector).label
