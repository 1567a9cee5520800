"""95 % intervals of a count in a finite population that hold for few cases too (M7). Pure."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

LEAST = 0.055
"""What the chances of as unlikely findings come to at least, for a count to stay possible. Findings
are whole numbers and bounds outermost: at 0.05 the interval held the truth in 95.5 of 100 draws on
average, at this in 95.0 (docs/figures.md)."""
FAR = LEAST / 10
"""A tail beyond which no count stays possible, whatever the other tail adds."""
SAME = 1e-9
"""Two chances as near as that are one."""


def equal_sample(strata: Sequence[tuple[int, int]]) -> int | None:
    """Return how many cases of a simple random sample are as precise as these strata.

    `strata` are pairs (N, n), each with a case. With W = N ÷ ΣN the stratified estimate of a
    share p has the variance p(1 − p) · Σ W² ÷ n · (N − n) ÷ (N − 1) where the share is about the
    same in all; the sample is rounded. None where every stratum is seen whole.
    """
    total = sum(size for size, _ in strata)
    spread = sum(
        (size / total) ** 2 / seen * (size - seen) / (size - 1)
        for size, seen in strata
        if seen < size
    )
    if not spread:
        return None
    cases = 1 / spread
    return max(1, min(total - 1, round(cases * total / (total - 1 + cases))))


def interval_of_count(total: int, cases: int, found: float) -> tuple[float, float]:
    """Return the counts in `total` that `found` of so many `cases` leave possible.

    A count K stays possible while the hypergeometric chances of all findings less likely than
    what was found come to 5.5 % at least, with half of those as likely (Sterne 1954, mid-P).
    Where one tail has no chance at all, as with rare changes, the other has all of the 5.5 %: with
    half of it for each tail the interval would be too wide there. Between whole numbers of found
    cases the bounds are interpolated.
    """
    below = math.floor(found + SAME)
    part = found - below
    low, high = _bounds(total, cases, min(below, cases))
    if part < SAME or below >= cases:
        return low, high
    low_above, high_above = _bounds(total, cases, below + 1)
    return low + (low_above - low) * part, high + (high_above - high) * part


@lru_cache(maxsize=4096)
def _bounds(total: int, cases: int, found: int) -> tuple[int, int]:
    missed = cases - found
    # The other bound is this one of the cases that were not found.
    return _least(total, cases, found), total - _least(total, cases, missed)


def _least(total: int, cases: int, found: int) -> int:
    """The least count that stays possible."""
    most = total - (cases - found)
    start = _first(found, most, lambda count: _upper_tail(total, cases, found, count) >= FAR)
    for count in range(start, most):
        if _unlikely(total, cases, found, count) >= LEAST:
            return count
    return most


def _first(least: int, most: int, possible: Callable[[int], bool]) -> int:
    """The least count for which it is so; it stays so above."""
    while least < most:
        middle = (least + most) // 2
        if possible(middle):
            most = middle
        else:
            least = middle + 1
    return least


def _upper_tail(total: int, cases: int, found: int, count: int) -> float:
    """The chance of `found` or more among the cases where there are `count`."""
    first, chances = _chances(total, cases, count)
    return float(chances[max(found - first, 0) :].sum())


def _unlikely(total: int, cases: int, found: int, count: int) -> float:
    """The chances of what is less likely than `found`, with half of what is as likely."""
    first, chances = _chances(total, cases, count)
    own = chances[found - first]
    less = chances[chances < own * (1 - SAME)].sum()
    return float(less + chances[abs(chances - own) <= own * SAME].sum() / 2)


def _chances(total: int, cases: int, count: int) -> tuple[int, Any]:
    """The fewest that may be found among the cases, and the hypergeometric chance of each number
    from there on.
    """
    first, last = max(0, cases - (total - count)), min(cases, count)
    logarithm = (
        _choose(count, first) + _choose(total - count, cases - first) - _choose(total, cases)
    )
    # From one to the next the chance changes by a fraction of whole numbers.
    one = np.arange(first, last, dtype=float)
    more = (count - one) * (cases - one) / (one + 1) / (total - count - cases + one + 1)
    steps = np.concatenate(([logarithm], np.log(more)))
    return first, np.exp(steps.cumsum())


def _choose(many: int, few: int) -> float:
    """The logarithm of the ways to choose."""
    return math.lgamma(many + 1) - math.lgamma(few + 1) - math.lgamma(many - few + 1)
