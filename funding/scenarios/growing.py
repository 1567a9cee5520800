"""What more or fewer pupils would cost (rules.md F14). Pure.

A percentage comes evenly over the year: the middle of a term has as much of it as there is of the
year by then. Pupils who join do so on the first day of each month, those who leave on the last,
and each costs what pupils of the kind cost on average.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from funding.calculation import round_half_up
from funding.scenarios.pricing import Caseload, Prices, State, Term, lines_of, share_of
from funding.scenarios.terms import Joining

Cell = tuple[str, int, int]
"""A sector, a band and a term."""


def elapsed(terms: Sequence[Term], term: Term) -> Fraction:
    """How much of the year has gone by in the middle of a term."""
    days = sum(each.days for each in terms)
    before = sum(each.days for each in terms if each.start < term.start)
    return (before + Fraction(term.days, 2)) / days


def grown(cells: Mapping[Cell, int], terms: Sequence[Term], percent: Decimal) -> dict[Cell, int]:
    """Pence more, or fewer, of each cell; rounded once on each."""
    share = Fraction(percent) / 100
    shares = [share * elapsed(terms, term) for term in terms]
    return {cell: int(round_half_up(amount * shares[cell[2]], 0)) for cell, amount in cells.items()}


def average_value(caseload: Caseload, prices: Prices, kind: Joining, bands: Sequence[int]) -> int:
    """Pence a year that pupils of a kind cost on average, each day counting once; 0 if none."""
    total = days = 0
    for line in lines_of(caseload, prices):
        if line.annual is None:
            continue
        if not is_of_kind(caseload, caseload.states[line.state], kind, bands):
            continue
        total += line.annual * (line.end - line.start + 1)
        days += line.end - line.start + 1
    return int(round_half_up(Fraction(total, days), 0)) if days else 0


def too_many_leave(
    caseload: Caseload, kind: Joining, bands: Sequence[int]
) -> tuple[int, int] | None:
    """How many more would leave in the year than join, and how many there are of this kind, where
    those are fewer.
    """
    last = max(term.end for term in caseload.terms)
    months = months_from(dt.date.fromordinal(caseload.terms[0].start), last)
    gone = (kind.leavers - kind.joiners) * (len(months) - 1)
    if gone <= 0:
        return None
    there = {state.pupil for state in caseload.states if is_of_kind(caseload, state, kind, bands)}
    return (gone, len(there)) if gone > len(there) else None


def is_of_kind(caseload: Caseload, state: State, kind: Joining, bands: Sequence[int]) -> bool:
    band = state.band
    is_on_it = not kind.band or (band in bands and caseload.bands[band].code == kind.band)
    return (
        state.own
        and state.sector == kind.sector
        and is_on_it
        and (not kind.need or caseload.pupils[state.pupil].need == kind.need)
        and (not kind.phase or caseload.schools[state.school].phase == kind.phase)
    )


def joined(annual: int, kind: Joining, terms: Sequence[Term]) -> dict[int, int]:
    """Pence by term of those who join and leave each month."""
    first = dt.date.fromordinal(terms[0].start)
    last = max(term.end for term in terms)
    found = dict.fromkeys(range(len(terms)), 0)
    for place, day in enumerate(months_from(first, last)):
        heads = kind.joiners - (kind.leavers if place else 0)
        for number, term in enumerate(terms):
            begins = max(day, term.start)
            if begins <= term.end:
                # By days under F4 too: who joins before a count date is paid more than the days
                # there, who joins after it nothing, so that on average it comes to the same.
                found[number] += heads * share_of(annual, term, term.end - begins + 1)
    return found


def months_from(first: dt.date, last: int) -> list[int]:
    """The first day, and the first of each month after it, as ordinals."""
    found, day = [first.toordinal()], first
    while True:
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        if day.toordinal() > last:
            return found
        found.append(day.toordinal())
