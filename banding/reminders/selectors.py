"""Which reminders are due on a day (rules.md R1, R2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection as Items
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from banding.choices import OPEN_STATES, RecipientKind
from banding.collections.deadlines import ReminderDay, reminder_days
from banding.models import Collection, Reminder, ReminderStep, Return
from banding.reminders.steps import Step, offsets_for, standard_step
from banding_portal.roles import Role
from banding_portal.working_days import is_working_day
from schools.models import Membership

USEFUL_DAYS = 7
"""So many days after its day a reminder is still worth sending, if no later one is due."""
KIND_OF_ROLE = {Role.SENCO: RecipientKind.SENCO, Role.HEADTEACHER: RecipientKind.HEADTEACHER}
DIGEST_ROLES = (Role.ADMINISTRATOR, Role.SEND_OFFICER)

Recipients = dict[UUID, dict[UUID, RecipientKind]]
"""By school: the people to remind, each once; who is SENCO and headteacher counts as SENCO."""


@dataclass(frozen=True)
class DueReminder:
    """A reminder that should be out: for a return, or (without one) the authority's digest."""

    collection_id: UUID
    return_id: UUID | None
    offset: int
    due_on: dt.date
    recipient_id: UUID
    recipient_kind: RecipientKind

    @property
    def key(self) -> tuple[UUID, UUID | None, int, UUID]:
        """What may exist once only."""
        return (self.collection_id, self.return_id, self.offset, self.recipient_id)


def due_reminders(today: dt.date) -> list[DueReminder]:
    """Every reminder that should be out on a day, also those sent already.

    Of the reminders of a return and person the newest due one alone counts, so that an outage
    ends with one email and not with all that were missed; and none at weekends and on bank
    holidays.
    """
    if not is_working_day(today):
        return []
    people, officers = recipients_by_school(), digest_recipients()
    found: list[DueReminder] = []
    for collection in Collection.objects.open_on(today).prefetch_related("reminder_steps"):
        owing = list(owing_returns(collection))
        found += _due_to_schools(collection, owing, people, today)
        found += _due_to_authority(collection, owing, officers, today)
    return found


def step_of(row: ReminderStep) -> Step:
    kinds = tuple(kind for kind in RecipientKind if kind in row.recipients)
    return Step(row.offset, kinds, row.subject, row.text)


def steps_of(collection: Collection) -> dict[int, Step]:
    """The reminders of a collection by offset, earliest first: as the authority set them, else
    as R1 has them. One query, none where `reminder_steps` is prefetched.
    """
    own = {row.offset: step_of(row) for row in collection.reminder_steps.all()}
    offsets = sorted(collection.reminder_offsets)
    return {offset: own.get(offset) or standard_step(offset) for offset in offsets}


def owing_returns(collection: Collection) -> QuerySet[Return]:
    """Returns the schools still owe."""
    owing = collection.returns.filter(state__in=OPEN_STATES)
    return owing.select_related("collection", "school")


def to_chase(owing: Iterable[Return], today: dt.date) -> list[Return]:
    """Those of the returns owed that had no more time, or whose longer time is up."""
    return [each for each in owing if each.extended_to is None or each.extended_to <= today]


def newest_due(days: Iterable[ReminderDay], opened: dt.date, today: dt.date) -> ReminderDay | None:
    """The latest reminder day that has come, unless it is from before the collection opened
    or too long ago to be of use.
    """
    past = [each for each in days if opened <= each.day <= today]
    newest = max(past, default=None)
    if newest is None or (today - newest.day).days > USEFUL_DAYS:
        return None
    return newest


def _due_to_schools(
    collection: Collection, owing: Sequence[Return], people: Recipients, today: dt.date
) -> Iterator[DueReminder]:
    steps = steps_of(collection).values()
    offsets = {kind: offsets_for(steps, kind) for kind in KIND_OF_ROLE.values()}

    @cache
    def newest_for(kind: RecipientKind, deadline: dt.date) -> ReminderDay | None:
        return newest_due(reminder_days(deadline, offsets[kind]), collection.opens_on, today)

    for each in owing:
        for person, kind in people.get(each.school_id, {}).items():
            if due := newest_for(kind, each.deadline):
                yield DueReminder(collection.pk, each.pk, due.offset, due.day, person, kind)


def _due_to_authority(
    collection: Collection, owing: Sequence[Return], officers: Iterable[UUID], today: dt.date
) -> Iterator[DueReminder]:
    """The digest, by the deadline of everybody, while it has a school to name."""
    offsets = offsets_for(steps_of(collection).values(), RecipientKind.AUTHORITY)
    newest = newest_due(reminder_days(collection.deadline, offsets), collection.opens_on, today)
    if newest is None or not to_chase(owing, today):
        return
    for officer in officers:
        yield DueReminder(
            collection.pk, None, newest.offset, newest.day, officer, RecipientKind.AUTHORITY
        )


def recipients_by_school(schools: Items[UUID] | None = None) -> Recipients:
    """SENCOs and headteachers who can sign in, of these schools or of all."""
    roles = Membership.objects.current().filter(role__in=KIND_OF_ROLE, user__is_active=True)
    if schools is not None:
        roles = roles.filter(school__in=schools)
    found: Recipients = defaultdict(dict)
    for school, user, role in roles.values_list("school", "user", "role"):
        if school is not None and found[school].get(user) != RecipientKind.SENCO:
            found[school][user] = KIND_OF_ROLE[Role(role)]
    return dict(found)


def digest_recipients() -> list[UUID]:
    """The authority's people who get the digest."""
    roles = Membership.objects.current().filter(role__in=DIGEST_ROLES, user__is_active=True)
    return list(roles.order_by("user").values_list("user", flat=True).distinct())


def is_needed(reminder: Reminder, today: dt.date) -> bool:
    """Whether the reason for a reminder still holds: something is owed."""
    if reminder.pupil_return is not None:
        return reminder.pupil_return.state in OPEN_STATES
    return bool(to_chase(owing_returns(reminder.collection), today))
