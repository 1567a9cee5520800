"""Background work of banding: tasks take ids, read again and call one service."""

from celery import shared_task
from django.utils import timezone

from banding.collections.services import follow_arrivals
from banding.reminders.services import send_due_reminders


@shared_task
def send_reminders() -> None:
    """Send the reminders due today; run twice or eight at once, each goes out once (R2)."""
    send_due_reminders(timezone.localdate())


@shared_task
def put_arrivals_on_lists() -> None:
    """Pupils whose placement begins today come onto the return of their school (S10)."""
    follow_arrivals(on=timezone.localdate())
