"""What the changes of a sample come to in pounds a year for all decisions (M7). Pure."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

TIMES = 1000
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Effect:
    """Whole pounds a year if all were moderated; without an interval where nothing changed."""

    value: int
    low: int | None
    high: int | None


def estimate_effect(cases: Sequence[tuple[Fraction, Decimal]], population: int) -> Effect | None:
    """Return Σ weight × difference with its 95 % interval; None without cases.

    `cases` are pairs: the decisions a case stands for, and the pounds a year by which its band
    changed. The interval is a bootstrap of 1,000 samples of the cases, always the same ones,
    drawn in with the share of the population that is not judged.
    """
    if not cases:
        return None
    value = sum((weight * Fraction(difference) for weight, difference in cases), Fraction(0))
    if not any(difference for _, difference in cases):
        return Effect(round(value), None, None)
    covered = sum((weight for weight, _ in cases), Fraction(0))
    means = _resampled_means(cases)
    shrinking = Fraction(math.sqrt(max(1 - len(cases) / population, 0))) if population else 0

    def drawn_in(mean: Fraction) -> int:
        return round(value + (covered * mean - value) * shrinking)

    last = round((1 - TAIL) * TIMES) - 1
    return Effect(round(value), drawn_in(means[round(TAIL * TIMES)]), drawn_in(means[last]))


def _resampled_means(cases: Sequence[tuple[Fraction, Decimal]]) -> list[Fraction]:
    """The weighted mean of each resample in pounds, in order; summed in whole parts of a penny."""
    parts = math.lcm(*(weight.denominator for weight, _ in cases))
    whole = [(int(weight * parts), int(difference * 100)) for weight, difference in cases]
    dice = random.Random(len(cases))  # noqa: S311 (the same interval every time)
    means = []
    for _ in range(TIMES):
        drawn = dice.choices(whole, k=len(whole))
        total = sum(weight for weight, _ in drawn)
        means.append(Fraction(sum(weight * pence for weight, pence in drawn), total * 100))
    return sorted(means)
