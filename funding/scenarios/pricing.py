"""A year's states priced by any values, as the run prices them (rules.md F3, F4, B11, F14). Pure.

The states are read once. Pricing is on whole pence: for 20,000 pupils it is done again each time
somebody changes a value. Where the run starts a new line, so does this; each is rounded once.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from banding.found_moves import FoundMoves
from funding.calculation import protection_beside

if TYPE_CHECKING:
    from funding.scenarios.columns import Columns

Steps = tuple[tuple[int, int | None], ...]
"""What a band is worth a year in a sector: from which day (an ordinal) how many pence, if known."""
Prices = Mapping[tuple[int, str], Steps]
"""By the band's place in the caseload and the sector."""
PENCE = 100


def pence(pounds: Decimal) -> int:
    """Whole pence of an amount; raises ValueError for parts of a penny."""
    exact = pounds * PENCE
    if exact != exact.to_integral_value():
        raise ValueError("An amount has whole pence.")
    return int(exact)


def pounds(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


class Term(NamedTuple):
    """A period of the year. `counted` is the one day that counts, where only one does (F4)."""

    code: str
    name: str
    start: int
    end: int
    numerator: int
    denominator: int
    counted: int | None = None

    @property
    def days(self) -> int:
        return self.end - self.start + 1


class State(NamedTuple):
    """A longest run of days of a pupil at one school of one sector, on one plan and band."""

    pupil: int
    school: int
    sector: str
    plan: str
    band: int
    own: bool
    """Whether the authority is responsible; others' pupils are for information (F6)."""
    term: int
    start: int
    end: int


class PupilFacts(NamedTuple):
    reference: str
    need: str
    finishes: int | None = None
    """The year group that ends on the eve of the caseload's `phase_end`."""


class SchoolFacts(NamedTuple):
    urn: str
    name: str
    phase: str
    quadrant: str


class BandFacts(NamedTuple):
    framework: str
    code: str
    name: str
    rank: int


class Extra(NamedTuple):
    """Pence a year agreed for a pupil beside the band, from one day to another (B11)."""

    amount: int
    start: int
    end: int | None


class Kept(NamedTuple):
    """A rule of protection in force for a pupil in a sector: pence a year on the eve (F10)."""

    sector: str
    kind: str
    share: str
    start: int
    end: int
    annual: int


class SchoolYear(NamedTuple):
    """A school's days of the financial year a term begins in: how many up to each (F5)."""

    first: int
    upto: Sequence[int]

    def between(self, start: int, end: int) -> int:
        before = self.upto[start - self.first - 1] if start > self.first else 0
        return self.upto[end - self.first] - before


EVERYWHERE = -1
"""In the place of a school: every one without days of its own."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """A year's states by pupil, term and day, and what is known of whom they are about."""

    terms: Sequence[Term]
    states: Sequence[State]
    pupils: Sequence[PupilFacts]
    schools: Sequence[SchoolFacts]
    bands: Sequence[BandFacts]
    extras: Mapping[int, Sequence[Extra]] = field(default_factory=dict)
    unbanded: Sequence[State] = ()
    """Days of pupils with a plan and no agreed band; their `band` means nothing."""
    kept: Mapping[int, Sequence[Kept]] = field(default_factory=dict)
    """By pupil, the rules of protection in force."""
    school_years: Mapping[tuple[int, int], SchoolYear] = field(default_factory=dict)
    """By term and school; empty where a year is not paid by school days."""
    phase_end: int | None = None
    """The 1 September of the year, or of its eve; None where it was over when this was read."""
    moderated: FoundMoves | None = None
    """What moderation found, where the year is read with it."""
    _columns: list["Columns"] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def columns(self) -> "Columns":
        """The states as columns of numbers, made once."""
        if not self._columns:
            from funding.scenarios.columns import columns_of

            self._columns.append(columns_of(self))
        return self._columns[0]

    def parts(self, state: State, start: int, end: int) -> tuple[int, int]:
        """Which share of a year's value some days of a state are paid: parts and their whole."""
        term = self.terms[state.term]
        if not self.school_years:
            return term.numerator * (end - start + 1), term.denominator * term.days
        key = state.term, state.school
        year = self.school_years.get(key) or self.school_years[state.term, EVERYWHERE]
        return year.between(start, end), year.upto[-1]


@dataclass(slots=True)
class Priced:
    """Pence by state: of its band, of what is agreed beside it, and of protection in force.
    `unvalued` have no value.
    """

    amounts: list[int]
    extras: list[int]
    kept: list[int]
    unvalued: set[int]

    @property
    def total(self) -> int:
        return sum(self.amounts) + sum(self.extras) + sum(self.kept)


class Piece(NamedTuple):
    state: int
    start: int
    end: int
    annual: int | None


def share_of(annual: int, term: Term, days: int) -> int:
    """Pence of a line of so many days: rounded half up, the division last (F3, F4)."""
    whole = term.denominator * term.days
    return (2 * annual * term.numerator * days + whole) // (2 * whole)


def amount_of(caseload: Caseload, state: State, annual: int, start: int, end: int) -> int:
    """Pence of a line from a day to a day, rounded half up."""
    part, whole = caseload.parts(state, start, end)
    return (2 * annual * part + whole) // (2 * whole)


def price(caseload: Caseload, prices: Prices) -> Priced:
    """What the states come to. Most states are a line each and priced all at once; pupils whose
    lines are not, and years paid by school days, are priced line by line.
    """
    if caseload.school_years or not caseload.states:
        return price_by_line(caseload, prices)
    from funding.scenarios.columns import NONE, priced_at_once

    def value_in(band: int, sector: str, term: int) -> tuple[int | None, bool]:
        return in_term(prices.get((band, sector), ()), caseload.terms[term])

    amounts, values, slow = priced_at_once(caseload, prices, value_in)
    count = len(caseload.states)
    unvalued = set(((values == NONE) & caseload.columns.own).nonzero()[0].tolist())
    priced = Priced(amounts.tolist(), [0] * count, [0] * count, unvalued)
    if slow:
        some = price_by_line(
            replace(caseload, states=[caseload.states[place] for place in slow]), prices
        )
        unvalued.difference_update(slow)
        unvalued.update(slow[place] for place in some.unvalued)
        for number, place in enumerate(slow):
            priced.amounts[place] = some.amounts[number]
            priced.extras[place] = some.extras[number]
            priced.kept[place] = some.kept[number]
    return priced


def price_by_line(caseload: Caseload, prices: Prices) -> Priced:
    """What the states come to, line by line."""
    count = len(caseload.states)
    priced = Priced([0] * count, [0] * count, [0] * count, set())
    for line in lines_of(caseload, prices):
        state = caseload.states[line.state]
        if not state.own:
            continue
        term = caseload.terms[state.term]
        if line.annual is None:
            priced.unvalued.add(line.state)
        else:
            amount = amount_of(caseload, state, line.annual, line.start, line.end)
            priced.amounts[line.state] += amount
            for kept in caseload.kept.get(state.pupil, ()):
                priced.kept[line.state] += kept_of(caseload, kept, line, line.annual)
        for extra in caseload.extras.get(state.pupil, ()):
            if days := days_covered(extra.start, extra.end, line, term):
                priced.extras[line.state] += amount_of(caseload, state, extra.amount, *days)
    return priced


def days_covered(start: int, end: int | None, line: Piece, term: Term) -> tuple[int, int] | None:
    """The days of a line from a day to a day; under F4 all of them if the count date is in it."""
    if term.counted is not None:
        covers = start <= term.counted and (end is None or end >= term.counted)
        return (line.start, line.end) if covers else None
    first, last = max(line.start, start), line.end if end is None else min(line.end, end)
    return (first, last) if first <= last else None


def kept_of(caseload: Caseload, kept: Kept, line: Piece, annual: int) -> int:
    """Pence of a line of protection (F10); phased in it may be below zero."""
    state = caseload.states[line.state]
    days = days_covered(kept.start, kept.end, line, caseload.terms[state.term])
    if kept.sector != state.sector or not days or not annual:
        return 0
    old, new = (amount_of(caseload, state, each, *days) for each in (kept.annual, annual))
    return pence(protection_beside(kept.kind, pounds(old), pounds(new), Decimal(kept.share)))


def lines_of(caseload: Caseload, prices: Prices) -> Iterator[Piece]:
    """The lines a run would have: states cut where a value changes, neighbours in one state made
    one. Each is named by its first state.
    """
    states = caseload.states
    last: Piece | None = None
    for piece in pieces_of(caseload, prices):
        if last is None:
            last = piece
        elif (
            piece.start == last.end + 1
            and piece.annual == last.annual
            and is_same(states[last.state], states[piece.state])
        ):
            last = Piece(last.state, last.start, piece.end, last.annual)
        else:
            yield last
            last = piece
    if last is not None:
        yield last


def is_same(one: State, other: State) -> bool:
    """Whether the run makes one line of them where the value is the same: all but the sector is."""
    return (
        one.pupil == other.pupil
        and one.term == other.term
        and one.school == other.school
        and one.band == other.band
        and one.plan == other.plan
        and one.own == other.own
    )


def pieces_of(caseload: Caseload, prices: Prices) -> Iterator[Piece]:
    known: dict[tuple[int, str, int], tuple[int | None, bool]] = {}
    terms = caseload.terms
    for place, state in enumerate(caseload.states):
        key = (state.band, state.sector, state.term)
        if (found := known.get(key)) is None:
            found = known[key] = in_term(prices.get(key[:2], ()), terms[state.term])
        value, is_constant = found
        if is_constant:
            yield Piece(place, state.start, state.end, value)
        else:
            yield from cut(place, state, prices[key[:2]])


def in_term(steps: Steps, term: Term) -> tuple[int | None, bool]:
    """The value in a term, and whether it is one value all the time."""
    if term.counted is not None:
        return value_on(steps, term.counted), True
    inside = any(term.start < day <= term.end for day, _ in steps)
    return value_on(steps, term.start), not inside


def value_on(steps: Steps, day: int) -> int | None:
    """What is in force on a day; None before the first, and while it is not known."""
    place = bisect_right(steps, day, key=lambda step: step[0])
    return steps[place - 1][1] if place else None


def cut(place: int, state: State, steps: Steps) -> Iterator[Piece]:
    """A state cut at each day on which another value begins."""
    begins = [state.start, *(day for day, _ in steps if state.start < day <= state.end)]
    ends = [*(day - 1 for day in begins[1:]), state.end]
    for start, end in zip(begins, ends, strict=True):
        yield Piece(place, start, end, value_on(steps, start))


def ordinal(day: dt.date) -> int:
    return day.toordinal()
