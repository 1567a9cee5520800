"""What protection would pay beside the values (rules.md F10, F14). Pure.

The rule itself is the run's (`funding/calculation/protection.py`); here it is kept from ever
lowering anybody, and applied to amounts of a whole year.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from funding.calculation import phased_protection, protection_floor
from funding.choices import ProtectedBy
from funding.scenarios.pricing import Caseload, Priced, pence, pounds
from funding.scenarios.terms import Protection

HUNDRED = Decimal(100)
Key = tuple[int | None, int]
"""A pupil at a school, or no pupil and a whole school."""


class Change(NamedTuple):
    """Pence of a year now and then, of a pupil at a school or a whole school. `state` is their
    last, `is_known` that every band of theirs has a value.
    """

    key: Key
    before: int
    after: int
    state: int
    is_known: bool


def changes_of(caseload: Caseload, before: Priced, after: Priced, per: str) -> Iterator[Change]:
    """What is paid for bands now and then, protection in force with it; what is agreed beside them
    is the same in both.
    """
    if not caseload.states:
        return
    from funding.scenarios.columns import added, numbers, together

    by_pupil = per == ProtectedBy.PUPIL
    found = caseload.columns
    which, last = together(found.pair if by_pupil else found.school)
    old, new = (
        added(which, numbers(priced.amounts) + numbers(priced.kept), len(last)).tolist()
        for priced in (before, after)
    )
    unvalued = {int(which[place]) for place in after.unvalued}
    for number, place in enumerate(last.tolist()):
        state = caseload.states[place]
        key = (state.pupil if by_pupil else None, state.school)
        yield Change(key, old[number], new[number], place, number not in unvalued)


def lasts(protection: Protection) -> int:
    """Years until it ends."""
    return len(protection.weights) if protection.weights is not None else protection.years


def protected(old: int, new: int, protection: Protection, year: int = 0) -> int:
    """Pence beside `new` in a year, the first being 0: never below zero, nothing once it ended."""
    if new >= old or year >= lasts(protection):
        return 0
    if protection.weights is not None:
        line = phased_protection(pounds(old), pounds(new), protection.weights[year] / HUNDRED)
    else:
        share = (protection.floor or HUNDRED) / HUNDRED
        line = protection_floor(pounds(old), pounds(new), share)
    return max(0, pence(line))


def protection_lines(
    changes: Iterable[Change], protection: Protection, year: int = 0
) -> list[tuple[Change, int]]:
    """Who gets how many pence in a year. Where a band has no value yet there is nothing to
    compare with, so nothing.
    """
    known: dict[tuple[int, int], int] = {}  # most pupils of a band are paid the same
    lines = []
    for change in changes:
        if not change.is_known or change.after >= change.before:
            continue
        pair = change.before, change.after
        if (amount := known.get(pair)) is None:
            amount = known[pair] = protected(*pair, protection, year)
        if amount:
            lines.append((change, amount))
    return lines


def costs_by_year(changes: Sequence[Change], protection: Protection, first: int) -> list[int]:
    """Pence of each year until it ends, with the same pupils: the first, which is known, and the
    others. A floor costs the same each year.
    """
    if protection.weights is None:
        return [first] * lasts(protection)
    later = range(1, lasts(protection))
    return [
        first,
        *(sum(amount for _, amount in protection_lines(changes, protection, n)) for n in later),
    ]
