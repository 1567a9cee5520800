"""The schedule of a collection's reminders is changed: days, who gets them, words (R1)."""

from django.utils import timezone

from banding.collections.life import locked_collection
from banding.models import Collection, ReminderStep
from banding.reminders.actions import actions_on_reminders, sent_already, step_actions
from banding.reminders.steps import Step, problems_of_day
from banding.reminders.wording import problems_of_words
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import User


@verb
def set_reminder(*, collection: Collection, was: int | None, step: Step, by: User) -> Step:
    """Add a reminder, or change that of the offset `was` (days from the deadline).

    Raises RefusalError where the collection is closed, where there is one that day already, the
    day has passed or lies before the collection opens, where a reminder that people have had would
    move, where nobody gets it, and where a placeholder of its words is unknown or missing.
    """
    locked = locked_collection(collection)
    if was is None:
        actions_on_reminders(locked, by).require("add")
    else:
        step_actions(locked, was, by).require("edit")
    if step.offset != was:
        refuse_day(locked, was, step.offset)
    if not step.kinds:
        raise RefusalError("Choose at least one group of people for this reminder.", field="kinds")
    for field, problems in problems_of_words(step.subject, step.text).items():
        raise RefusalError(*[f"{problem}." for problem in problems], field=field)
    others = set(locked.reminder_offsets) - {was}
    keep_offsets(locked, others | {step.offset})
    old = [day for day in (was, step.offset) if day is not None]
    locked.reminder_steps.filter(offset__in=old).delete()
    if not step.is_standard:
        ReminderStep.objects.create(
            collection=locked,
            offset=step.offset,
            recipients=list(step.kinds),
            subject=step.subject,
            text=step.text,
        )
    return step


def refuse_day(collection: Collection, was: int | None, offset: int) -> None:
    others = set(collection.reminder_offsets) - {was}
    problems = [] if was is None else sent_already(collection, was)
    problems = problems or problems_of_day(
        offset,
        others,
        opens=collection.opens_on,
        deadline=collection.deadline,
        today=timezone.localdate(),
    )
    if problems:
        raise RefusalError(*problems, field="days")


@verb
def remove_reminder(*, collection: Collection, offset: int, by: User) -> None:
    """Take a reminder out of the schedule. Raises RefusalError where people have had it."""
    locked = locked_collection(collection)
    step_actions(locked, offset, by).require("remove")
    keep_offsets(locked, set(locked.reminder_offsets) - {offset})
    locked.reminder_steps.filter(offset=offset).delete()


def keep_offsets(collection: Collection, offsets: set[int]) -> None:
    if sorted(collection.reminder_offsets) != sorted(offsets):
        collection.reminder_offsets = sorted(offsets)
        collection.save(update_fields=["reminder_offsets"])
