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
from funding.scenarios.pricing import Caseload, Prices, Term, lines_of, share_of
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
    wanted = {place for place in bands if caseload.bands[place].code == kind.band}
    total = days = 0
    for line in lines_of(caseload, prices):
        state = caseload.states[line.state]
        if not state.own or line.annual is None or state.sector != kind.sector:
            continue
        if kind.band and state.band not in wanted:
            continue
        if kind.need and caseload.pupils[state.pupil].need != kind.need:
            continue
        if kind.phase and caseload.schools[state.school].phase != kind.phase:
            continue
        total += line.annual * (line.end - line.start + 1)
        days += line.end - line.start + 1
    return int(round_half_up(Fraction(total, days), 0)) if days else 0


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
