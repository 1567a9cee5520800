"""Addresses of reminders."""

from django.urls import path

from banding.reminders import views as reminders

urlpatterns = [
    path(
        "collections/<uuid:pk>/reminders/", reminders.ReminderList.as_view(), name="reminder_list"
    ),
]
