"""Reminders of the demonstration's collections: those that were due before today went out."""

import datetime as dt

from django.db.models import F

from banding.models import Reminder
from banding.reminders.selectors import due_reminders
from banding.reminders.services import promise
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline

LOOKED_BACK = 30
"""Days: the collections of today opened later than that."""


def seed_reminders(timeline: Timeline) -> None:
    """As if the portal had been at work each morning since."""
    for days in range(LOOKED_BACK, 0, -1):
        day = timeline.ago(days)
        with acting(None, day):
            promise(due_reminders(day))
    sent = F("created_at") + dt.timedelta(minutes=2)
    Reminder.objects.filter(sent_at=None).update(sent_at=sent, attempts=1)
