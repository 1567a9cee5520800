"""95 % intervals of a count in a finite population that hold for few cases too (M7). Pure."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

TAIL = 0.025


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
    """Return the counts in `total` that `found` of so many `cases` leave possible, mid-P.

    A count K stays possible while the hypergeometric chance of finding as many or more, and that
    of as few or fewer, are 2.5 % at least, what was found itself counted half. Between whole
    numbers of found cases the bounds are interpolated.
    """
    below = math.floor(found + 1e-9)
    part = found - below
    low, high = _bounds(total, cases, min(below, cases))
    if part < 1e-9 or below >= cases:
        return low, high
    low_above, high_above = _bounds(total, cases, below + 1)
    return low + (low_above - low) * part, high + (high_above - high) * part


@lru_cache(maxsize=4096)
def _bounds(total: int, cases: int, found: int) -> tuple[int, int]:
    least, most = found, total - (cases - found)
    low = _first(least, most, lambda count: _upper_tail(total, cases, found, count) >= TAIL)
    # The other bound is this one of the cases that were not found.
    missed = cases - found
    other = _first(missed, total - found, lambda c: _upper_tail(total, cases, missed, c) >= TAIL)
    return low, total - other


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
    """The chance of more than `found` among the cases where there are `count`, and half of it."""
    here = _chance(total, cases, found, count) / 2
    return here + sum(
        _chance(total, cases, more, count) for more in range(found + 1, min(cases, count) + 1)
    )


def _chance(total: int, cases: int, found: int, count: int) -> float:
    """The hypergeometric chance of `found` among the cases."""
    if found > count or cases - found > total - count:
        return 0.0
    logarithm = (
        _choose(count, found) + _choose(total - count, cases - found) - _choose(total, cases)
    )
    return math.exp(logarithm)


def _choose(many: int, few: int) -> float:
    """The logarithm of the ways to choose."""
    return math.lgamma(many + 1) - math.lgamma(few + 1) - math.lgamma(many - few + 1)
