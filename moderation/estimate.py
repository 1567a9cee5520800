"""From the random cases to the whole population: a stratified estimate (M7)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.sampling import Z_95


@dataclass(frozen=True, slots=True)
class JudgedStratum:
    """A stratum: decisions in the population, random cases judged, those that changed."""

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


def estimate_changed(strata: Sequence[JudgedStratum]) -> Estimate | None:
    """Return the stratified estimate Σ N·a/n with its 95 % interval; None without a judged case.

    The variance of a stratum is N² · (1 − n/N) · p(1 − p) ÷ (n − 1) with p = a/n: unbiased, with
    the finite-population correction. A stratum with one case of several can't show its own
    spread and takes p(1 − p) from all cases together. The interval never leaves what is already
    known: at least the changed cases seen, at most all but the unchanged ones.

    When no case changed (or all did) that variance is nought and would claim certainty; the
    interval is then Wilson's, its number of cases raised by the finite-population correction.
    Raises ValueError for counts that don't fit together.
    """
    for stratum in strata:
        if not 0 <= stratum.changed <= stratum.judged <= stratum.population:
            raise ValueError("Changed cases are among the judged, and those in the population.")
    covered = [stratum for stratum in strata if stratum.judged]
    if not covered:
        return None
    total = sum(stratum.population for stratum in covered)
    judged = sum(stratum.judged for stratum in covered)
    changed = sum(stratum.changed for stratum in covered)
    value = sum(stratum.population * stratum.changed / stratum.judged for stratum in covered)
    if changed in (0, judged):
        low, high = _wilson(changed / judged, judged, total)
    else:
        pooled = changed / judged * (1 - changed / judged)
        margin = Z_95 * math.sqrt(sum(stratum_variance(stratum, pooled) for stratum in covered))
        low, high = value - margin, value + margin
    return Estimate(
        value=value,
        low=max(low, changed),
        high=min(high, total - (judged - changed)),
        covered=total,
        left_out=sum(stratum.population for stratum in strata) - total,
    )


def stratum_variance(stratum: JudgedStratum, pooled: float) -> float:
    """Return the variance of a stratum's N·a/n, taking the `pooled` spread for a single case."""
    size, judged = stratum.population, stratum.judged
    if judged == size:
        return 0.0
    share = stratum.changed / judged
    spread = share * (1 - share) / (judged - 1) if judged > 1 else pooled
    return size**2 * (1 - judged / size) * spread


def _wilson(share: float, judged: int, total: int) -> tuple[float, float]:
    """Wilson's interval of a share, in decisions of `total`."""
    if judged == total:
        return share * total, share * total
    cases = judged * (total - 1) / (total - judged)
    z2 = Z_95**2 / cases
    middle = (share + z2 / 2) / (1 + z2)
    margin = math.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2)
    return (middle - margin) * total, (middle + margin) * total
