"""From the random cases to the whole population: a stratified estimate (M7)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.intervals import equal_sample, interval_of_count


@dataclass(frozen=True, slots=True)
class JudgedStratum:
    """A stratum: decisions in the population, random cases judged, those that changed.

    Or those of which something else is so, like that both chose one band.
    """

    population: int
    judged: int
    changed: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many decisions would change if all were moderated, with a 95 % interval.

    It speaks for the `covered` decisions, those of strata with a judged case; `left_out` are
    the others.
    """

    value: float
    low: float
    high: float
    covered: int
    left_out: int

    @property
    def shares(self) -> tuple[float, float, float]:
        """Value, low and high of the covered decisions, 0 to 1."""
        return (self.value / self.covered, self.low / self.covered, self.high / self.covered)


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two shares, with a 95 % interval."""

    value: float
    low: float
    high: float


def difference_of(first: Estimate, second: Estimate) -> Difference:
    """The first share less the second, with an interval made of the two (Newcombe 1998).

    Each side reaches as far as the distances of the shares from their own bounds on that side,
    added like the legs of a right angle: so the bounds of few cases stay as uneven as they are.
    """
    (one, low, high), (other, other_low, other_high) = first.shares, second.shares
    value = one - other
    return Difference(
        value,
        value - math.hypot(one - low, other_high - other),
        value + math.hypot(high - one, other - other_low),
    )


def estimate_changed(strata: Sequence[JudgedStratum]) -> Estimate | None:
    """Return the stratified estimate Σ N·a/n with its 95 % interval; None without a judged case.

    Each case stands for as many decisions as its stratum has for a case. The interval is that of
    a simple random sample as precise as the strata, exact for a finite population and so for few
    cases too (`moderation/intervals.py`). It never leaves what is already known: at least the
    changed cases seen, at most all but the unchanged ones.
    Raises ValueError for counts that don't fit together.
    """
    for stratum in strata:
        if not 0 <= stratum.changed <= stratum.judged <= stratum.population:
            raise ValueError("Changed cases are among the judged, and those in the population.")
    covered = [stratum for stratum in strata if stratum.judged]
    if not covered:
        return None
    total = sum(stratum.population for stratum in covered)
    changed = sum(stratum.changed for stratum in covered)
    unchanged = sum(stratum.judged for stratum in covered) - changed
    value = sum(stratum.population * stratum.changed / stratum.judged for stratum in covered)
    low = high = value
    cases = equal_sample([(stratum.population, stratum.judged) for stratum in covered])
    if cases is not None:
        low, high = interval_of_count(total, cases, value / total * cases)
    return Estimate(
        value=value,
        low=min(max(low, changed), value),
        high=max(min(high, total - unchanged), value),
        covered=total,
        left_out=sum(stratum.population for stratum in strata) - total,
    )
