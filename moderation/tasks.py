"""Background work of moderation: tasks take ids, read again and call one service."""

from celery import shared_task
from django.utils import timezone

from moderation.calibration.telling import tell_of_lapsing
from moderation.evidence.services import tell_of_due_evidence
from moderation.feedback.services import tell_feedback
from moderation.panels.reminding import remind_of_challenges as remind


@shared_task
def remind_of_evidence() -> None:
    """Schools hear before evidence is due, and both sides once it is overdue."""
    tell_of_due_evidence(on=timezone.localdate())


@shared_task
def remind_of_calibration() -> None:
    """Moderators with cases to judge hear before their calibration lapses, and once it has."""
    tell_of_lapsing(on=timezone.localdate())


@shared_task
def tell_of_feedback() -> None:
    """Schools hear on the day of feedback that outcomes can be seen, once however often run."""
    tell_feedback(on=timezone.localdate())


@shared_task
def remind_of_challenges() -> None:
    """Schools hear until when they can challenge, members when their panel meets; once each."""
    remind(on=timezone.localdate())
