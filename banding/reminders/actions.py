"""What a person may do with the reminders of a collection."""

from django.urls import reverse
from django.utils import timezone

from banding.collections.deadlines import reminder_days
from banding.models import Collection
from banding_portal.actions import Action, Actions
from banding_portal.roles import COLLECTION_RUNNERS
from banding_portal.words import day
from schools.models import User

NOT_THERE = "This reminder has been removed in the meantime."


def actions_on_reminders(collection: Collection, user: User) -> Actions:
    """What is done beside the schedule."""
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    url = reverse("banding:reminder_create", args=[collection.pk])
    return Actions(Action("add", "Add a reminder", url, why_not=closed(collection)))


def step_actions(collection: Collection, offset: int, user: User) -> Actions:
    """What is done with the reminder of an offset, in days from the deadline."""
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    args = [collection.pk, offset]
    gone = [] if offset in collection.reminder_offsets else [NOT_THERE]
    why_not = closed(collection) or gone
    over = why_not or passed(collection, offset)
    return Actions(
        Action("edit", "Change", reverse("banding:reminder_edit", args=args), why_not=over),
        Action(
            "remove",
            "Remove this reminder",
            reverse("banding:reminder_remove", args=args),
            posts=True,
            warns=True,
            cannot="You cannot remove this reminder.",
            why_not=over or (lambda: sent_already(collection, offset)),
        ),
    )


def closed(collection: Collection) -> list[str]:
    return [f"{collection.name} is closed."] if collection.is_closed else []


def passed(collection: Collection, offset: int) -> list[str]:
    """What was due before today stays as it was, whether anybody got it or not."""
    [planned] = reminder_days(collection.deadline, [offset])
    if planned.day >= timezone.localdate():
        return []
    return [f"It was due on {day(planned.day)}, which has passed, so it stays as it was."]


def sent_already(collection: Collection, offset: int) -> list[str]:
    """A reminder that people have had stays in the schedule, as what was done."""
    if collection.reminders.filter(offset=offset).exclude(sent_at=None).exists():
        return ["It has been sent already, so its day stays as it was."]
    return []
