"""One reminder of a collection's schedule, and what it may not be (rules.md R1). Pure."""

import datetime as dt
from collections.abc import Collection as Items
from collections.abc import Iterable
from dataclasses import dataclass

from banding.choices import RecipientKind
from banding.collections.deadlines import recipient_kinds, reminder_days
from banding_portal.words import day

FARTHEST = 120
"""Days from the deadline, before and after."""
MOST = 20
"""Reminders of a collection."""


@dataclass(frozen=True)
class Step:
    """A reminder so many days from the deadline; without words of its own it has the standard."""

    offset: int
    kinds: tuple[RecipientKind, ...]
    subject: str = ""
    text: str = ""

    @property
    def has_own_words(self) -> bool:
        return bool(self.subject or self.text)

    @property
    def is_standard(self) -> bool:
        return self == standard_step(self.offset)

    @property
    def when(self) -> str:
        return offset_words(self.offset)

    @property
    def who(self) -> str:
        return ", ".join(kind.label for kind in self.kinds)


def standard_step(offset: int) -> Step:
    return Step(offset, recipient_kinds(offset))


def offset_words(offset: int) -> str:
    """“21 days before”, “the deadline”, “1 day after”"""
    if not offset:
        return "the deadline"
    count = "1 day" if abs(offset) == 1 else f"{abs(offset)} days"
    return f"{count} {'before' if offset < 0 else 'after'}"


def on_which(offset: int) -> str:
    """“7 days before the deadline”, “on the deadline”"""
    return f"{offset_words(offset)} the deadline" if offset else "on the deadline"


def offsets_for(steps: Iterable[Step], kind: RecipientKind) -> list[int]:
    """The reminders that go to such a person."""
    return [step.offset for step in steps if kind in step.kinds]


def problems_of_day(
    offset: int, others: Items[int], *, opens: dt.date, deadline: dt.date, today: dt.date
) -> list[str]:
    """Why a reminder cannot be planned so many days from the deadline, as sentences."""
    if abs(offset) > FARTHEST:
        return [f"A reminder is at most {FARTHEST} days before or after the deadline."]
    [planned] = reminder_days(deadline, [offset])
    falls = f"{on_which(offset).capitalize()} means {day(planned.day)}"
    if planned.day < opens:
        return [f"{falls}, before the collection opens on {day(opens)}."]
    if offset in others:
        return [f"There is a reminder {on_which(offset)} already. Change that one."]
    if planned.day < today:
        return [f"{falls}, which has passed."]
    if len(others) >= MOST:
        return [f"A collection has at most {MOST} reminders. Remove one first."]
    return []
