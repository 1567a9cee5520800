"""What samples of several rates and allotments cost and buy, side by side (M2). Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic

from moderation.allocation import UNKNOWN, Key, allot
from moderation.choices import Allocation
from moderation.precision import half_width
from moderation.sampling import sample_size

TARGET = 0.10
"""Half the width of an interval that still tells one year from the next."""
NARROWER = 0.005
"""An allotment is offered instead where its interval is narrower by half a point at least."""
USUAL_RATES = tuple(Decimal(rate).scaleb(-2) for rate in (5, 10, 20, 30))
CURVE_RATES = tuple(Decimal(rate).scaleb(-2) for rate in (1, 2, 3, 5, 7, *range(10, 101, 5)))


@dataclass(frozen=True, slots=True)
class Design:
    """One way to draw: its cases, and half the 95 % interval of a share, 0 to 1.

    `at_most` is that of a share of one half, `expected` that of last time's disagreement; None
    where it is not defined.
    """

    rate: Decimal
    allocation: str
    cases: int
    at_most: float | None
    expected: float | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Why the interval of a design is as wide as it is, and what does better."""

    small_strata: int
    """Those in which the minimum is more than the rate gives."""
    strata: int
    cases_there: int
    share_there: float
    """Of all decisions, 0 to 1."""
    better: Design | None
    """As many cases allotted in another way; None where none is clearly narrower."""
    reaches: Design | None
    """The fewest cases with ± 10 points at most; None where this design has that."""


class Population(Generic[Key]):
    """The sizes of strata and what is expected to differ in each."""

    def __init__(
        self, sizes: Mapping[Key, int], differing: Mapping[Key, float], minimum: int = 1
    ) -> None:
        self.sizes, self.differing, self.minimum = sizes, differing, minimum

    def design(self, rate: Decimal, allocation: str) -> Design:
        given = allot(
            self.sizes,
            allocation=allocation,
            rate=rate,
            minimum=self.minimum,
            differing=self.differing,
        )
        pairs = [(size, given[key]) for key, size in self.sizes.items()]
        expected = None
        if self.differing:
            expected = half_width(pairs, [self.differing.get(key, UNKNOWN) for key in self.sizes])
        return Design(rate, allocation, sum(given.values()), half_width(pairs), expected)

    def side_by_side(self, rate: Decimal) -> list[Design]:
        """The rate asked for among the usual ones, each allotted in three ways."""
        rates = sorted({rate, *USUAL_RATES})
        return [self.design(each, kind) for each in rates for kind in Allocation.values]

    def curve(self, allocation: str) -> list[Design]:
        """From a rate of 1 % to everything; one design for each number of cases."""
        designs = (self.design(rate, allocation) for rate in CURVE_RATES)
        return list({one.cases: one for one in designs if one.at_most is not None}.values())

    def advice(self, chosen: Design) -> Advice:
        small = [
            size
            for size in self.sizes.values()
            if sample_size(size, chosen.rate, 0) < min(size, self.minimum)
        ]
        total = sum(self.sizes.values())
        return Advice(
            small_strata=len(small),
            strata=len(self.sizes),
            cases_there=sum(min(size, self.minimum) for size in small),
            share_there=sum(small) / total if total else 0.0,
            better=self.better(chosen),
            reaches=self.reaching(TARGET) if is_wide(chosen, TARGET) else None,
        )

    def better(self, chosen: Design) -> Design | None:
        others = [self.design(chosen.rate, kind) for kind in Allocation.values]
        best = narrowest(others)
        if best is None or chosen.at_most is None or best.at_most is None:
            return best
        return best if chosen.at_most - best.at_most >= NARROWER else None

    def reaching(self, target: float) -> Design | None:
        """The design of the fewest cases whose interval is as narrow, by whole percents."""
        found = [self.first_rate(kind, target) for kind in Allocation.values]
        reached = [one for one in found if one is not None]
        return min(reached, key=lambda one: one.cases, default=None)

    def first_rate(self, allocation: str, target: float) -> Design | None:
        low, high = 1, 100
        while low < high:
            middle = (low + high) // 2
            if is_wide(self.design(Decimal(middle).scaleb(-2), allocation), target):
                low = middle + 1
            else:
                high = middle
        found = self.design(Decimal(low).scaleb(-2), allocation)
        return None if is_wide(found, target) else found


def is_wide(design: Design, target: float) -> bool:
    return design.at_most is None or design.at_most > target


def narrowest(designs: Sequence[Design]) -> Design | None:
    known = [one for one in designs if one.at_most is not None]
    return min(known, key=lambda one: one.at_most or 0.0, default=None)


def hours_each(cases: int, moderators: int, minutes: int) -> float | None:
    """Of a moderator, where each case takes so many minutes; None without moderators."""
    return math.ceil(cases / moderators) * minutes / 60 if moderators else None


def schools_left_out(
    members: Iterable[tuple[str, Key, int]],
    sizes: Mapping[Key, int],
    given: Mapping[Key, int],
) -> float:
    """Return how many schools a draw leaves without a case, on average.

    `members` tell how many decisions of a stratum are of which school; strata are drawn from
    independently, so the chances of none multiply.
    """
    none: dict[str, float] = {}
    for school, key, own in members:
        size, cases = sizes[key], given[key]
        ways = math.comb(size - own, cases) / math.comb(size, cases)
        none[school] = none.get(school, 1.0) * ways
    return sum(none.values())
