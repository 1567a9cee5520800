"""Which amounts of looking are unusual (quality.md Q9). Pure."""

from collections.abc import Sequence
from statistics import median

TIMES_THE_USUAL = 5
DAYS_BEFORE = 60
"""Days before the one in question that show what is usual."""


def usual(before: Sequence[int]) -> int:
    """Pupils a day, of the days on which somebody looked at any."""
    return round(median(before)) if before else 0


def is_unusual(pupils: int, before: Sequence[int], *, least: int) -> bool:
    """At least `least` pupils in a day, and more than five times as many as usual."""
    return pupils >= least and pupils > TIMES_THE_USUAL * usual(before)
