"""The reminders of a collection: planned, sent, and what the next one says (rules.md R1–R3)."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone

from banding.choices import RecipientKind
from banding.collections.chasing import whom_to_call
from banding.collections.views import AboutCollection
from banding.models import Collection, Reminder
from banding.reminders.actions import actions_on_reminders
from banding.reminders.calendar import WEEKDAYS, months_of
from banding.reminders.forms import ReminderFilterForm
from banding.reminders.mail import reminder_mail
from banding.reminders.overview import (
    marks_of,
    next_reminder,
    planned_reminders,
    reminders_of,
    schools_with_nobody,
    state_of_reminder,
)
from banding.reminders.steps import offset_words
from banding_portal.pages import ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import COLLECTION_FOLLOWERS
from schools.models import School


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
        planned = planned_reminders(collection, today)
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


def lonely_rows(schools: list[School]) -> list[dict[str, Any]]:
    """Schools without a SENCO to remind, with whom to call there."""
    people = whom_to_call([school.pk for school in schools])
    return [{"school": school, "contacts": people.get(school.pk, [])} for school in schools]


def row_of(reminder: Reminder, today: dt.date) -> dict[str, Any]:
    state = state_of_reminder(reminder, today)
    when = offset_words(reminder.offset)
    return {"reminder": reminder, "when": when, "state": state, "words": state.label}


def preview(collection: Collection, today: dt.date) -> dict[str, Any] | None:
    """The next reminder as one school's SENCO would get it."""
    found = next_reminder(collection, today)
    if found is None:
        return None
    pupil_return, day, step = found
    mail = reminder_mail(pupil_return, RecipientKind.SENCO, "[name]", day, step)
    return {"mail": mail, "day": day, "school": pupil_return.school}
