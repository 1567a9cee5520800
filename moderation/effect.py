"""What the changes of a sample come to in pounds a year for all decisions (M7). Pure."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

TIMES = 1000
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Effect:
    """Pounds a year if all were moderated; without an interval where nothing changed."""

    value: float
    low: float | None
    high: float | None


def estimate_effect(cases: Sequence[tuple[float, float]], population: int) -> Effect | None:
    """Return Σ weight × difference with its 95 % interval; None without cases.

    `cases` are pairs: the decisions a case stands for, and the pounds a year by which its band
    changed. The interval is a bootstrap of 1,000 samples of the cases, always the same ones,
    drawn in with the share of the population that is not judged.
    """
    if not cases:
        return None
    value = sum(weight * difference for weight, difference in cases)
    if not any(difference for _, difference in cases):
        return Effect(value, None, None)
    covered = sum(weight for weight, _ in cases)
    shrinking = math.sqrt(max(1 - len(cases) / population, 0)) if population else 0.0
    dice = random.Random(len(cases))  # noqa: S311 (the same interval every time)
    found = []
    for _ in range(TIMES):
        drawn = dice.choices(cases, k=len(cases))
        total = sum(weight for weight, _ in drawn)
        again = covered * sum(weight * difference for weight, difference in drawn) / total
        found.append(value + (again - value) * shrinking)
    found.sort()
    return Effect(value, found[round(TAIL * TIMES)], found[round((1 - TAIL) * TIMES) - 1])
