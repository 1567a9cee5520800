"""The reminders of a collection: planned, sent, and what the next one says (rules.md R1–R3)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from banding.choices import RecipientKind
from banding.models import Collection, Reminder
from banding.reminders.mail import reminder_mail
from banding.reminders.overview import (
    WORDS,
    next_reminder,
    offset_words,
    planned_days,
    reminders_of,
    schools_with_nobody,
    state_of_reminder,
)
from banding.reminders.picture import picture_of
from banding_portal.access import PortalView
from banding_portal.roles import COLLECTION_FOLLOWERS


class ReminderList(PortalView):
    allowed_roles = COLLECTION_FOLLOWERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        collection = get_object_or_404(Collection.objects.visible_to(request.user), pk=pk)
        today = timezone.localdate()
        days = planned_days(collection, today)
        page = Paginator(reminders_of(collection), 50).get_page(request.GET.get("page"))
        drawn = [(each.day, bool(each.sent)) for each in days]
        context = {
            "collection": collection,
            "days": days,
            "picture": picture_of(drawn, collection.deadline, today),
            "page_obj": page,
            "rows": [row_of(each, today) for each in page],
            "lonely": schools_with_nobody(collection),
            "preview": preview(collection, today),
        }
        return render(request, "banding/reminder_list.html", context)


def row_of(reminder: Reminder, today: dt.date) -> dict[str, Any]:
    state = state_of_reminder(reminder, today)
    when = offset_words(reminder.offset)
    return {"reminder": reminder, "when": when, "state": state, "words": WORDS[state]}


def preview(collection: Collection, today: dt.date) -> dict[str, Any] | None:
    """The next reminder as one school's SENCO would get it."""
    found = next_reminder(collection, today)
    if found is None:
        return None
    pupil_return, day = found
    mail = reminder_mail(pupil_return, RecipientKind.SENCO, "[name]", day)
    return {"mail": mail, "day": day, "school": pupil_return.school}
