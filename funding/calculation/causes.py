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
    is False for what only made room for another change: a decision that was superseded. `adds`
    says of a placement or a plan whether the pupil has it on these days since, or has it no more.
    """

    kind: str
    said: str
    by: str
    at: datetime
    days: Sequence[Days] = ALL_DAYS
    place: Any = None
    counts: bool = True
    adds: bool | None = None

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
        return WORTH if self.band == self.band_before else BANDED

    def may_come_from(self, change: Change) -> bool:
        """Whether it is of a fitting kind and went the right way: who left a school is paid there
        no more, and so is who is on roll at another since.
        """
        if change.kind not in self.kinds or not change.touches(self.looked_at):
            return False
        if change.adds is None or (self.due is not None and self.published is not None):
            return True
        elsewhere = change.place is not None and change.place != self.place
        return change.adds != ((self.due is None) != elsewhere)


WORTH = frozenset(
    {
        CauseKind.VALUE,
        CauseKind.SCHOOL,
        CauseKind.EXCEPTIONAL,
        CauseKind.PROTECTION,
        CauseKind.MERGE,
    }
)
ANYTHING = frozenset(CauseKind.values)
BANDED = ANYTHING - {CauseKind.VALUE, CauseKind.EXCEPTIONAL, CauseKind.PLACEMENT}
MEANWHILE = timedelta(minutes=15)
"""As long a change may have taken: recorded when it began, seen when it was done."""


def cause_of(
    difference: Difference, changes: Iterable[Change], *, since: datetime | None = None
) -> Change | None:
    """The last change that explains a difference, or None.

    It was recorded since the period was last worked out for publishing, or at most a moment
    earlier where there is no other. One that touches the first day goes before the others, then
    one that begins on it, then one that counts by itself, then the one recorded last, then the one
    about the same school.
    """
    first = (difference.looked_at[0], difference.looked_at[0])
    fitting = [
        change
        for change in changes
        if difference.may_come_from(change) and (since is None or change.at >= since - MEANWHILE)
    ]

    def rank(change: Change) -> tuple[bool, bool, bool, bool, datetime, bool]:
        is_since = since is None or change.at >= since
        begins = any(start == first[0] for start, _ in change.days)
        here = change.place is not None and change.place == difference.place
        return is_since, change.touches(first), begins, change.counts, change.at, here

    return max(fitting, key=rank, default=None)


def days_added(before: tuple[date, date | None], after: tuple[date, date | None]) -> list[Days]:
    """The days that are in `after` and not in `before`; None is without end."""
    old, new = ((start, end or date.max) for start, end in (before, after))
    if old[1] < new[0] or new[1] < old[0]:
        return [new]
    found = []
    if new[0] < old[0]:
        found.append((new[0], old[0] - DAY))
    if new[1] > old[1]:
        found.append((old[1] + DAY, new[1]))
    return found
