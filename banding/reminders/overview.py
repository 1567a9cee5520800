"""The reminders of a collection for the authority: planned, sent, and who misses out (R1, R2)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from banding.choices import OPEN_STATES, RecipientKind, ReminderState
from banding.collections.deadlines import reminder_days
from banding.models import Collection, Reminder, Return
from banding.reminders.calendar import Mark, MarkKind
from banding.reminders.selectors import USEFUL_DAYS, owing_returns, steps_of
from banding.reminders.steps import Step
from banding_portal.roles import Role
from banding_portal.search import found_by
from schools.models import Membership, School


@dataclass(frozen=True)
class Planned:
    """A reminder of the schedule: on which day it goes out, to whom, and how many went."""

    day: dt.date
    deadline: dt.date
    step: Step
    sent: int
    is_past: bool
    """Also of a day to come, where the collection is closed."""
    is_replaced: bool = False
    """Whether a later one goes to all the same people on the same day instead (R1)."""
    why_not: str = ""
    """Of one that was not sent, why not."""

    @property
    def is_moved(self) -> bool:
        return self.day != self.deadline + dt.timedelta(days=self.step.offset)

    @property
    def when(self) -> str:
        """“21 days before, on the working day before that”"""
        return self.step.when + (", on the working day before that" if self.is_moved else "")

    @property
    def words(self) -> str:
        return "Own" if self.step.has_own_words else "Standard"

    @property
    def state(self) -> ReminderState:
        if self.sent:
            return ReminderState.SENT
        gone = self.is_past or self.is_replaced
        return ReminderState.MISSED if gone else ReminderState.PLANNED

    @property
    def state_words(self) -> str:
        if self.sent:
            return f"Sent to {self.sent:,}"
        if self.is_replaced:
            return "The next goes instead"
        return f"{self.state.label}: {self.why_not}" if self.why_not else self.state.label


def planned_reminders(collection: Collection, today: dt.date) -> list[Planned]:
    """The reminders of a collection by the deadline of everybody, earliest first.

    Schools with more time have theirs by their own deadline; they count where they were sent.
    """
    steps = steps_of(collection)
    coming = [
        each
        for each in reminder_days(collection.deadline, steps)
        if each.day >= collection.opens_on
    ]
    sent: dict[int, int] = defaultdict(int)
    for offset in collection.reminders.exclude(sent_at=None).values_list("offset", flat=True):
        sent[offset] += 1
    later: dict[dt.date, set[RecipientKind]] = defaultdict(set)
    found: list[Planned] = []
    for each in reversed(coming):
        step = steps[each.offset]
        found.append(
            Planned(
                day=each.day,
                deadline=collection.deadline,
                step=step,
                sent=sent[each.offset],
                is_past=each.day < today or collection.is_closed,
                is_replaced=set(step.kinds) <= later[each.day],
            )
        )
        later[each.day] |= set(step.kinds)
    return found[::-1]


def explained(collection: Collection, planned: list[Planned]) -> list[Planned]:
    """The same, each that was not sent with why not."""
    if not any(each.state == ReminderState.MISSED for each in planned):
        return planned
    promised = set(collection.reminders.values_list("offset", flat=True))
    returns = list(collection.returns.values_list("state", "submitted_at"))
    closed = timezone.localdate(collection.closed_at) if collection.closed_at else None

    def owed(day: dt.date) -> bool:
        return any(
            state in OPEN_STATES or (at is not None and timezone.localdate(at) >= day)
            for state, at in returns
        )

    def why(each: Planned) -> str:
        if closed and closed <= each.day:
            return "the collection was closed"
        if each.step.offset in promised:
            return "see below"
        return "nobody was to be reminded then" if owed(each.day) else "every return was in"

    return [
        replace(each, why_not=why(each)) if each.state == ReminderState.MISSED else each
        for each in planned
    ]


MARKS: dict[ReminderState, MarkKind] = {
    ReminderState.SENT: "done",
    ReminderState.MISSED: "missed",
    ReminderState.PLANNED: "planned",
}


def marks_of(collection: Collection, planned: list[Planned]) -> list[tuple[dt.date, Mark]]:
    """What the calendar shows: the deadline and each reminder."""
    marks = [(collection.deadline, Mark("Due", "Deadline", "due"))]
    for each in planned:
        step = each.step
        short = f"{step.offset:+d}".replace("-", "−") if step.offset else "0"
        words = f"Reminder, {step.when}, to {step.who}: {each.state_words}"
        marks.append((each.day, Mark(short, words, MARKS[each.state])))
    return marks


def next_reminder(collection: Collection, today: dt.date) -> tuple[Return, dt.date, Step] | None:
    """A return that gets the next reminder, the day and the reminder, for a look at the text."""
    coming = [
        (each.day, each.step)
        for each in planned_reminders(collection, today)
        if each.state == ReminderState.PLANNED and RecipientKind.SENCO in each.step.kinds
    ]
    first = example_return(collection)
    return (first, *coming[0]) if coming and first else None


def example_return(collection: Collection) -> Return | None:
    """One that is owed by the deadline of everybody."""
    return owing_returns(collection).filter(extended_to=None).first()


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
    return ReminderState.MISSED if why_missed(reminder, today) else ReminderState.WAITING


def why_missed(reminder: Reminder, today: dt.date) -> str:
    """Of one that is not out and not given up: why it will not go any more; empty while it may."""
    pupil_return = reminder.pupil_return
    if pupil_return is not None and pupil_return.state not in OPEN_STATES:
        return "the return came in before"
    if getattr(reminder, "is_overtaken", False):
        return "a later one went instead"
    if (today - reminder.due_on).days > USEFUL_DAYS:
        return f"it could not be sent within {USEFUL_DAYS} days"
    return ""


def words_of_state(reminder: Reminder, today: dt.date) -> str:
    """Its state, and of one that did not go why not."""
    state = state_of_reminder(reminder, today)
    why = {
        ReminderState.MISSED: why_missed(reminder, today),
        ReminderState.REFUSED: reminder.problem,
        ReminderState.UNCERTAIN: "the connection broke while it was sent",
    }.get(state, "")
    return f"{state.label}: {why}" if why else str(state.label)


def schools_with_nobody(collection: Collection) -> list[School]:
    """Schools that owe something and have no SENCO who could be reminded."""
    sencos = Membership.objects.current().filter(role=Role.SENCO, user__is_active=True)
    owing = collection.returns.filter(state__in=OPEN_STATES)
    lonely = School.objects.filter(returns__in=owing).exclude(
        pk__in=sencos.exclude(school=None).values("school")
    )
    return list(lonely.order_by("name"))
