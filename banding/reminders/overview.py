"""The reminders of a collection for the authority: planned, sent, and who misses out (R1, R2)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from banding.choices import OPEN_STATES, RecipientKind, ReminderState
from banding.collections.deadlines import recipient_kinds, reminder_days
from banding.models import Collection, Reminder, Return
from banding.reminders.selectors import USEFUL_DAYS, owing_returns
from banding_portal.roles import Role
from banding_portal.search import found_by
from schools.models import Membership, School


@dataclass(frozen=True)
class PlannedDay:
    """A day on which reminders go out: which ones fall on it, to whom, and how many went."""

    day: dt.date
    deadline: dt.date
    offsets: tuple[int, ...]
    kinds: tuple[RecipientKind, ...]
    sent: int
    is_past: bool

    @property
    def when(self) -> str:
        """“7 days before”, by the day itself; moved where it would not have been a working day."""
        days = (self.day - self.deadline).days
        moved = any(offset != days for offset in self.offsets)
        return offset_words(days) + (", moved to a working day" if moved else "")

    @property
    def who(self) -> str:
        return ", ".join(kind.label for kind in self.kinds)

    @property
    def state(self) -> ReminderState:
        if self.sent:
            return ReminderState.SENT
        return ReminderState.MISSED if self.is_past else ReminderState.PLANNED

    @property
    def state_words(self) -> str:
        return f"Sent to {self.sent:,}" if self.sent else self.state.label


def offset_words(offset: int) -> str:
    """“21 days before”, “the deadline”, “1 day after”"""
    if not offset:
        return "the deadline"
    count = "1 day" if abs(offset) == 1 else f"{abs(offset)} days"
    return f"{count} {'before' if offset < 0 else 'after'}"


def planned_days(collection: Collection, today: dt.date) -> list[PlannedDay]:
    """The days of a collection's reminders by the deadline of everybody, earliest first.

    Schools with more time have theirs by their own deadline; they count where they were sent.
    """
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for each in reminder_days(collection.deadline, collection.reminder_offsets):
        if each.day >= collection.opens_on:
            by_day[each.day].append(each.offset)
    sent: dict[int, int] = defaultdict(int)
    for offset in collection.reminders.exclude(sent_at=None).values_list("offset", flat=True):
        sent[offset] += 1
    return [
        PlannedDay(
            day=day,
            deadline=collection.deadline,
            offsets=tuple(offsets),
            kinds=kinds_of(offsets),
            sent=sum(sent[offset] for offset in offsets),
            is_past=day < today,
        )
        for day, offsets in by_day.items()
    ]


def kinds_of(offsets: list[int]) -> tuple[RecipientKind, ...]:
    kinds = dict.fromkeys(kind for offset in offsets for kind in recipient_kinds(offset))
    return tuple(kinds)


def next_reminder(collection: Collection, today: dt.date) -> tuple[Return, dt.date] | None:
    """A return that gets the next reminder, and the day, for a look at the text."""
    if collection.closed_at is not None:
        return None
    days = planned_days(collection, today)
    coming = [each.day for each in days if not each.is_past and not each.sent]
    first = owing_returns(collection).filter(extended_to=None).first()
    return (first, coming[0]) if coming and first else None


def reminders_of(collection: Collection, text: str = "") -> QuerySet[Reminder]:
    """Every reminder promised or sent, the latest first, with whom and which school; with `text`
    those to a person or school of that name.

    `is_overtaken` says that the person was promised a later one for the same return.
    """
    later = Reminder.objects.filter(
        collection=OuterRef("collection"),
        pupil_return=OuterRef("pupil_return"),
        recipient=OuterRef("recipient"),
        offset__gt=OuterRef("offset"),
    )
    found = collection.reminders.select_related("recipient", "pupil_return__school")
    if text.strip():
        found = found.filter(
            found_by(text, "recipient__name__folded", "pupil_return__school__folded")
        )
    return found.annotate(is_overtaken=Exists(later)).order_by(
        "-created_at", "pupil_return__school__name", "recipient__name"
    )


def state_of_reminder(reminder: Reminder, today: dt.date) -> ReminderState:
    """The state of a reminder that `reminders_of` found."""
    if reminder.sent_at is not None:
        return ReminderState.SENT
    if reminder.is_refused:
        return ReminderState.REFUSED
    if reminder.is_uncertain:
        return ReminderState.UNCERTAIN
    pupil_return = reminder.pupil_return
    handed_in = pupil_return is not None and pupil_return.state not in OPEN_STATES
    overtaken = getattr(reminder, "is_overtaken", False)
    too_late = (today - reminder.due_on).days > USEFUL_DAYS
    return ReminderState.MISSED if handed_in or overtaken or too_late else ReminderState.WAITING


def schools_with_nobody(collection: Collection) -> list[School]:
    """Schools that owe something and have no SENCO who could be reminded."""
    sencos = Membership.objects.current().filter(role=Role.SENCO, user__is_active=True)
    owing = collection.returns.filter(state__in=OPEN_STATES)
    lonely = School.objects.filter(returns__in=owing).exclude(
        pk__in=sencos.exclude(school=None).values("school")
    )
    return list(lonely.order_by("name"))
