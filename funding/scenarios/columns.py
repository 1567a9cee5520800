"""A year's states as columns of numbers, so that thousands are reckoned with at once. Pure.

Whole numbers of 64 bits throughout: pence are added and divided exactly, as they are one by one.
numpy is read in with this module, which is read in when a scenario is worked out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from funding.scenarios.pricing import Caseload, Prices

Numbers = NDArray[np.int64]
NONE = -1
"""In the place of a value that is not known."""


class Labels:
    """Words as numbers, in the order in which they are first seen."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.known: dict[str, int] = {}

    def number(self, word: str) -> int:
        if (found := self.known.get(word)) is None:
            found = self.known[word] = len(self.words)
            self.words.append(word)
        return found

    def numbers(self, words: Iterable[str]) -> Numbers:
        return np.array([self.number(word) for word in words], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What each state is called in a table: the words, and by state the number of one."""

    words: Sequence[str]
    of: Numbers

    def sums(self, amounts: Numbers) -> dict[str, int]:
        """Added up by word, of those that any state has."""
        found = added(self.of, amounts, len(self.words))
        there = np.bincount(self.of, minlength=len(self.words)) > 0
        return {word: int(found[number]) for number, word in enumerate(self.words) if there[number]}


def added(keys: Numbers, amounts: Numbers, count: int) -> Numbers:
    """Whole numbers added up by key."""
    found = np.zeros(count, dtype=np.int64)
    np.add.at(found, keys, amounts)
    return found


@dataclass(frozen=True, slots=True)
class Columns:
    pupil: Numbers
    school: Numbers
    sector: Labelled
    plan: Numbers
    band: Numbers
    own: NDArray[np.bool_]
    term: Numbers
    start: Numbers
    end: Numbers
    labels: dict[str, Labelled] = field(default_factory=dict)
    """By table, once they were asked for (summing.py)."""

    @property
    def days(self) -> Numbers:
        return self.end - self.start + 1

    @property
    def pair(self) -> Numbers:
        """The pupil at the school, as one number."""
        return self.pupil * (int(self.school.max(initial=0)) + 1) + self.school

    def cell(self, terms: int) -> Numbers:
        """Band, sector and term, as one number."""
        return (self.band * len(self.sector.words) + self.sector.of) * terms + self.term


def columns_of(caseload: "Caseload") -> Columns:
    rows = list(zip(*caseload.states, strict=True)) or [()] * 9
    pupil, school, sector, plan, band, own, term, start, end = rows
    sectors, plans = Labels(), Labels()
    places = sectors.numbers(sector)
    return Columns(
        numbers(pupil), numbers(school), Labelled(sectors.words, places), plans.numbers(plan),
        numbers(band), np.array(own, dtype=bool), numbers(term), numbers(start), numbers(end),
    )  # fmt: skip


def numbers(values: Sequence[Any]) -> Numbers:
    return np.array(values, dtype=np.int64)


def priced_at_once(
    caseload: "Caseload",
    prices: "Prices",
    value_in: Callable[[int, str, int], tuple[int | None, bool]],
) -> tuple[Numbers, Numbers, Sequence[int]]:
    """Pence of each state, the value of each or NONE, and the places of those that have to be
    priced line by line instead: of pupils whose lines are not simply their states.
    """
    found = caseload.columns
    cells, which = np.unique(found.cell(len(caseload.terms)), return_inverse=True)
    known = [value_in(*place) for place in (name_of(caseload, int(cell)) for cell in cells)]
    values = numbers([NONE if value is None else value for value, _ in known])[which]
    whole = numbers([term.denominator * term.days for term in caseload.terms])[found.term]
    part = numbers([term.numerator for term in caseload.terms])[found.term] * found.days
    amounts = (2 * values * part + whole) // (2 * whole)
    amounts[(values == NONE) | ~found.own] = 0
    odd = ~np.array([constant for _, constant in known], dtype=bool)[which]
    odd[:-1] |= is_continued(found, values)
    odd |= np.isin(found.pupil, numbers([*caseload.extras, *caseload.kept]))
    slow = np.isin(found.pupil, found.pupil[odd]) if odd.any() else odd
    return amounts, values, np.flatnonzero(slow).tolist()


def name_of(caseload: "Caseload", cell: int) -> tuple[int, str, int]:
    rest, term = divmod(cell, len(caseload.terms))
    words = caseload.columns.sector.words
    band, sector = divmod(rest, len(words))
    return band, words[sector], term


def is_continued(found: Columns, values: Numbers) -> NDArray[np.bool_]:
    """Whether a run makes one line of a state and the next: all but the sector is the same."""
    same = found.end[:-1] + 1 == found.start[1:]
    for column in (
        found.pupil,
        found.school,
        found.term,
        found.band,
        found.plan,
        found.own,
        values,
    ):
        same &= column[:-1] == column[1:]
    return same


def together(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Groups in the order in which they are first seen: by row the number of its group, and by
    group its last row.
    """
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    groups = place[which]
    last = np.zeros(len(order), dtype=np.int64)
    last[groups] = np.arange(len(groups))
    return groups, last


def counted_once(labels: Labelled, pupils: Numbers) -> dict[str, int]:
    """How many pupils each word has, each counted once for a word."""
    most = int(pupils.max(initial=0)) + 1
    pairs = np.unique(labels.of * most + pupils)
    counts = np.bincount(pairs // most, minlength=len(labels.words))
    return {word: int(counts[n]) for n, word in enumerate(labels.words) if counts[n]}
