"""Background work of banding: tasks take ids, read again and call one service."""

from celery import shared_task
from django.utils import timezone

from banding.reminders.services import send_due_reminders


@shared_task
def send_reminders() -> None:
    """Send the reminders due today; run twice or eight at once, each goes out once (R2)."""
    send_due_reminders(timezone.localdate())
