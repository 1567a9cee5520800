"""A year's states priced by any values, as the run prices them (rules.md F3, F4, B11, F14). Pure.

The states are read once. Pricing is on whole pence: for 20,000 pupils it is done again each time
somebody changes a value. Where the run starts a new line, so does this; each is rounded once.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

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


@dataclass(slots=True)
class Priced:
    """Pence by state: of its band, and of what is agreed beside it. `unvalued` have no value."""

    amounts: list[int]
    extras: list[int]
    unvalued: set[int]

    @property
    def total(self) -> int:
        return sum(self.amounts) + sum(self.extras)


class Piece(NamedTuple):
    state: int
    start: int
    end: int
    annual: int | None


def share_of(annual: int, term: Term, days: int) -> int:
    """Pence of a line of so many days: rounded half up, the division last (F3, F4)."""
    whole = term.denominator * term.days
    return (2 * annual * term.numerator * days + whole) // (2 * whole)


def price(caseload: Caseload, prices: Prices) -> Priced:
    """What the states come to, line by line."""
    count = len(caseload.states)
    priced = Priced([0] * count, [0] * count, set())
    for line in lines_of(caseload, prices):
        state = caseload.states[line.state]
        if not state.own:
            continue
        term = caseload.terms[state.term]
        if line.annual is None:
            priced.unvalued.add(line.state)
        else:
            days = line.end - line.start + 1
            priced.amounts[line.state] += share_of(line.annual, term, days)
        for extra in caseload.extras.get(state.pupil, ()):
            priced.extras[line.state] += extra_of(extra, line, term)
    return priced


def extra_of(extra: Extra, line: Piece, term: Term) -> int:
    """Pence agreed beside the band on the days of a line; under F4 if it covers the count date."""
    if term.counted is not None:
        covers = extra.start <= term.counted and (extra.end is None or extra.end >= term.counted)
        return share_of(extra.amount, term, term.days) if covers else 0
    start = max(line.start, extra.start)
    end = line.end if extra.end is None else min(line.end, extra.end)
    return share_of(extra.amount, term, end - start + 1) if start <= end else 0


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
