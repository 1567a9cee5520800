"""Counts of people as they may be published: small ones hidden (rules.md M7, F13). Pure."""

from collections.abc import Sequence

SMALLEST_PUBLISHED_COUNT = 5
Counts = list[int | None]


def published_count(count: int) -> int | None:
    """A count as it may be published: None, suppressed, when under 5."""
    return count if count >= SMALLEST_PUBLISHED_COUNT else None


def suppressed(counts: Sequence[int]) -> Counts:
    """The counts with None for those under 5.

    So that nobody works a hidden one out from the total, the smallest others are hidden too
    until at least two are hidden that come to 5 or more together.
    """
    shown = [published_count(count) for count in counts]
    if None not in shown:
        return shown
    for place in sorted(range(len(counts)), key=lambda place: counts[place]):
        if is_safe(counts, shown):
            break
        shown[place] = None
    return shown


def is_safe(counts: Sequence[int], shown: Sequence[int | None]) -> bool:
    """Whether somebody who knows the total leaves each hidden count anything from 0 to 5."""
    hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
    return not hidden or (len(hidden) > 1 and sum(hidden) >= SMALLEST_PUBLISHED_COUNT)
