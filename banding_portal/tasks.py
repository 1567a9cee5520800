"""Background work every kind of upload shares."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from banding_portal.sending import send
from banding_portal.uploads.models import Upload
from banding_portal.uploads.states import AT_WORK


@shared_task
def resend_uploads() -> None:
    """Send again the work of uploads nobody is working on; doing it twice does no harm."""
    quiet_since = timezone.now() - timedelta(seconds=20)
    for model in Upload.__subclasses__():
        waiting = model.objects.filter(state__in=AT_WORK, changed_at__lt=quiet_since)
        for pk in waiting.values_list("pk", flat=True):
            send(model.TASK, str(pk))
