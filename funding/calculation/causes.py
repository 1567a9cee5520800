"""Which change made a published period come to another amount (rules.md F8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from funding.choices import CauseKind

Days = tuple[date, date]
"""From a day to a day, both included."""
DAY = timedelta(days=1)
ALL_DAYS: tuple[Days, ...] = ((date.min, date.max),)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was recorded: what, by whom, when, and which days it touches.

    `place` is the school it is about, or None where it is about the pupil or everybody. `counts`
    is False for what only made room for another change: a decision that was superseded.
    """

    kind: str
    said: str
    by: str
    at: datetime
    days: Sequence[Days] = ALL_DAYS
    place: Any = None
    counts: bool = True

    def touches(self, days: Days) -> bool:
        return any(start <= days[1] and days[0] <= end for start, end in self.days)


@dataclass(frozen=True, slots=True)
class Difference:
    """What an adjustment is about: a school, days, and annual pounds and band before and now.

    `looked_at` are the days whose facts count: all of them, or the count date. `missing` names
    the kind of fact that is not there any more on the first of them, where nothing is due.
    """

    place: Any
    looked_at: Days
    due: Decimal | None
    published: Decimal | None
    band: str = ""
    band_before: str = ""
    missing: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        """What may have made such a difference; what else changed is no cause of it."""
        if self.due is None:
            return frozenset({self.missing, CauseKind.MERGE}) if self.missing else ANYTHING
        if self.published is None:
            return ANYTHING
        return WORTH if self.band == self.band_before else ANYTHING


WORTH = frozenset({CauseKind.VALUE, CauseKind.SCHOOL, CauseKind.EXCEPTIONAL, CauseKind.MERGE})
ANYTHING = frozenset(CauseKind.values)


def cause_of(
    difference: Difference, changes: Iterable[Change], *, since: datetime | None = None
) -> Change | None:
    """The last change that explains a difference, or None.

    One recorded since the period was last worked out for publishing goes before an older one,
    then one that touches the first day, one about the same school, one that counts by itself; of
    those alike the one recorded last.
    """
    first = (difference.looked_at[0], difference.looked_at[0])
    fitting = [
        change
        for change in changes
        if change.kind in difference.kinds and change.touches(difference.looked_at)
    ]

    def rank(change: Change) -> tuple[bool, bool, bool, bool, datetime]:
        return (
            since is None or change.at >= since,
            change.touches(first),
            change.place is not None and change.place == difference.place,
            change.counts,
            change.at,
        )

    return max(fitting, key=rank, default=None)


def days_between(before: tuple[date, date | None], after: tuple[date, date | None]) -> list[Days]:
    """The days that are in one of two stretches and not in the other; None is without end."""
    old, new = ((start, end or date.max) for start, end in (before, after))
    if old[1] < new[0] or new[1] < old[0]:
        return sorted([old, new])
    found = []
    if old[0] != new[0]:
        found.append((min(old[0], new[0]), max(old[0], new[0]) - DAY))
    if old[1] != new[1]:
        found.append((min(old[1], new[1]) + DAY, max(old[1], new[1])))
    return found
