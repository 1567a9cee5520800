"""The reminders of a collection: planned, sent, and what the next one says (rules.md R1–R3)."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone

from banding.choices import RecipientKind, ReminderState
from banding.collections.chasing import whom_to_call
from banding.collections.views import AboutCollection
from banding.models import Collection, Reminder
from banding.reminders.actions import actions_on_reminders
from banding.reminders.calendar import WEEKDAYS, months_of
from banding.reminders.forms import ReminderFilterForm
from banding.reminders.mail import reminder_mail
from banding.reminders.overview import (
    explained,
    marks_of,
    next_reminder,
    planned_reminders,
    reminders_of,
    schools_with_nobody,
    state_of_reminder,
    words_of_state,
)
from banding.reminders.steps import offset_words
from banding_portal.mails.choices import REMINDERS
from banding_portal.notices.schedules import schedules, shown
from banding_portal.pages import ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.roles import COLLECTION_FOLLOWERS, MAIL_READERS
from schools.models import School, User

LATE = dt.timedelta(days=120)
"""So long after its deadline a collection can still have reminders to come."""


class ReminderList(AboutCollection, ListPage):
    allowed_roles = COLLECTION_FOLLOWERS
    template_name = "banding/reminder_list.html"
    filter_class = ReminderFilterForm
    orders: ClassVar = {
        "to": by("recipient__name", "-created_at"),
        "as": by("recipient_kind", "recipient__name"),
        "school": by("pupil_return__school__name", "-created_at"),
        "planned_for": by("due_on", "recipient__name"),
        "sent": by("sent_at", "recipient__name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Reminder]:
        return reminders_of(self.found, wanted.get("q") or "")

    def context(self) -> dict[str, Any]:
        collection, today = self.found, timezone.localdate()
        planned = explained(collection, planned_reminders(collection, today))
        can = actions_on_reminders(collection, self.user)
        return {
            "collection": collection,
            "planned": planned,
            "months": months_of(marks_of(collection, planned), today),
            "weekdays": WEEKDAYS,
            "can": can,
            "may_change": can.may("add"),
            "rows": [row_of(each, today) for each in self.page_obj],
            "lonely": lonely_rows(schools_with_nobody(collection)),
            "preview": preview(collection, today),
        }


class ReminderSchedules(Page[None]):
    """Every reminder that the portal sends by itself: of returns, and of everything else."""

    allowed_roles = COLLECTION_FOLLOWERS
    template_name = "banding/reminder_schedules.html"

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "collections": collections_to_remind(self.user, today),
            "schedules": [
                {"schedule": one, "shown": [shown(step) for step in one.steps]}
                for one in schedules()
            ],
            "reads_mails": self.user.has_role(*MAIL_READERS),
            "starts": REMINDERS[0],
        }


def collections_to_remind(user: User, today: dt.date) -> list[dict[str, Any]]:
    """Those that are not closed, by deadline, each with the reminder that goes next."""
    open_ones = Collection.objects.visible_to(user).filter(
        closed_at=None, deadline__gte=today - LATE
    )
    found = []
    for one in open_ones.prefetch_related("reminder_steps").order_by("deadline", "name"):
        planned = planned_reminders(one, today)
        coming = [each for each in planned if each.state == ReminderState.PLANNED]
        sent = sum(each.sent for each in planned)
        found.append({"collection": one, "next": coming[0] if coming else None, "sent": sent,
                      "count": len(planned)})  # fmt: skip
    return found


def lonely_rows(schools: list[School]) -> list[dict[str, Any]]:
    """Schools without a SENCO to remind, with whom to call there."""
    people = whom_to_call([school.pk for school in schools])
    return [{"school": school, "contacts": people.get(school.pk, [])} for school in schools]


def row_of(reminder: Reminder, today: dt.date) -> dict[str, Any]:
    state = state_of_reminder(reminder, today)
    when, words = offset_words(reminder.offset), words_of_state(reminder, today)
    return {"reminder": reminder, "when": when, "state": state, "words": words}


def preview(collection: Collection, today: dt.date) -> dict[str, Any] | None:
    """The next reminder as one school's SENCO would get it."""
    found = next_reminder(collection, today)
    if found is None:
        return None
    pupil_return, day, step = found
    mail = reminder_mail(pupil_return, RecipientKind.SENCO, "[name]", day, step)
    return {"mail": mail, "day": day, "school": pupil_return.school}
