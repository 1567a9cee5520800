"""Deadlines, working days and reminder days (B7, R1), all by the date in England."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from banding.choices import RecipientKind
from banding_portal.working_days import working_day_on_or_before

DEFAULT_OFFSETS = (-21, -7, -2, 0, 1, 5)

DIGEST_OFFSET = 1


@dataclass(frozen=True, slots=True, order=True)
class ReminderDay:
    """The day a reminder is due and the offset, in days from the deadline, that it stands for.

    The day may lie before the offset's own: that of +1 may be the deadline itself.
    """

    day: dt.date
    offset: int


def reminder_days(deadline: dt.date, offsets: Iterable[int] = DEFAULT_OFFSETS) -> list[ReminderDay]:
    """Return when reminders of a deadline are due, earliest first, each on a working day (R1)."""
    return sorted(
        ReminderDay(working_day_on_or_before(deadline + dt.timedelta(days=offset)), offset)
        for offset in set(offsets)
    )


def recipient_kinds(offset: int) -> tuple[RecipientKind, ...]:
    """Return who gets the reminder of an offset: SENCO, headteacher from 0, digest at +1 (R1)."""
    kinds = [RecipientKind.SENCO]
    if offset >= 0:
        kinds.append(RecipientKind.HEADTEACHER)
    if offset == DIGEST_OFFSET:
        kinds.append(RecipientKind.AUTHORITY)
    return tuple(kinds)
