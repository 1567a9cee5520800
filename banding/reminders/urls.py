"""Addresses of reminders; one of a schedule is named by its days from the deadline."""

from django.urls import path, register_converter

from banding.reminders import schedule_views as schedule
from banding.reminders import views as reminders


class OffsetConverter:
    """Days from the deadline, like “-7” or “5”."""

    regex = r"-?[0-9]{1,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(OffsetConverter, "offset")

urlpatterns = [
    path("reminders/", reminders.ReminderSchedules.as_view(), name="reminder_schedules"),
    path(
        "collections/<uuid:pk>/reminders/", reminders.ReminderList.as_view(), name="reminder_list"
    ),
    path(
        "collections/<uuid:pk>/reminders/new/",
        schedule.ReminderCreate.as_view(),
        name="reminder_create",
    ),
    path(
        "collections/<uuid:pk>/reminders/<offset:offset>/",
        schedule.ReminderEdit.as_view(),
        name="reminder_edit",
    ),
    path(
        "collections/<uuid:pk>/reminders/<offset:offset>/remove/",
        schedule.ReminderRemove.as_view(),
        name="reminder_remove",
    ),
]
