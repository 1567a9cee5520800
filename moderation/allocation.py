"""Allotting the cases of a sample to its strata, in three ways (M2). Pure."""

import heapq
import math
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from typing import TypeVar

from moderation.choices import Allocation
from moderation.sampling import sample_size

Key = TypeVar("Key", bound=Hashable)
Priority = Callable[[int, int, float], float]
UNKNOWN = 0.5
"""The share that is taken to differ where nothing was judged before: the least certain one."""
WEIGHT_OF_ALL = 2
"""Cases of the whole that are added to those of a stratum, so that one case proves nothing."""


def allot(
    sizes: Mapping[Key, int],
    *,
    allocation: str,
    rate: Decimal,
    minimum: int = 1,
    differing: Mapping[Key, float] | None = None,
) -> dict[Key, int]:
    """Return how many cases each stratum has, in the order of the strata given.

    By share it is M2's number. The other two have as many cases in all, and at least the minimum
    of each stratum; each case more goes where it does the most: for equal precision to the
    stratum whose own interval is widest, by Neyman's rule to the one that takes most off the
    variance of the whole, N² · p(1 − p) · N ÷ (N − 1) ÷ n(n + 1) (Wright's exact form of it).
    `differing` is the share of each stratum that is expected to differ, one half where unknown.
    Between equals the stratum given first has it.
    Raises ValueError for a rate outside 0 to 1, TypeError for one that is no Decimal.
    """
    by_share = {key: sample_size(size, rate, minimum) for key, size in sizes.items()}
    if allocation == Allocation.SHARE:
        return by_share
    priority = width_of_own if allocation == Allocation.EQUAL else gain_of_whole
    return spread(sizes, sum(by_share.values()), minimum, differing or {}, priority)


def spread(
    sizes: Mapping[Key, int],
    total: int,
    minimum: int,
    differing: Mapping[Key, float],
    priority: Priority,
) -> dict[Key, int]:
    """So many cases in all, one after the other to the stratum of the highest priority."""
    keys = list(sizes)
    given = {key: min(size, minimum) for key, size in sizes.items()}

    def ranked(place: int) -> tuple[float, int]:
        key = keys[place]
        share = differing.get(key, UNKNOWN)
        return -priority(sizes[key], given[key], share), place

    waiting = [ranked(place) for place, key in enumerate(keys) if given[key] < sizes[key]]
    heapq.heapify(waiting)
    for _ in range(total - sum(given.values())):
        place = heapq.heappop(waiting)[1]
        key = keys[place]
        given[key] += 1
        if given[key] < sizes[key]:
            heapq.heappush(waiting, ranked(place))
    return given


def width_of_own(size: int, sample: int, share: float) -> float:
    """The variance of a stratum's own share of one half; endless without a case."""
    return (size - sample) / (sample * (size - 1)) if sample else math.inf


def gain_of_whole(size: int, sample: int, share: float) -> float:
    """What one case more takes off the variance of the whole, but for a factor that all share."""
    if not sample:
        return math.inf
    return size**3 / (size - 1) * share * (1 - share) / (sample * (sample + 1))


def expected_shares(judged: Mapping[Key, tuple[int, int]]) -> tuple[dict[Key, float], float]:
    """Return the share that differed in each stratum last time, and the share of all of them.

    `judged` are pairs: random cases judged, and those that differed. Two cases of the whole are
    added to each stratum, and one that differs and one that does not to the whole, so that
    nothing is expected to be certain.
    """
    cases = sum(seen for seen, _ in judged.values())
    whole = (sum(differ for _, differ in judged.values()) + 1) / (cases + 2)
    shares = {
        key: (differ + WEIGHT_OF_ALL * whole) / (seen + WEIGHT_OF_ALL)
        for key, (seen, differ) in judged.items()
    }
    return shares, whole
