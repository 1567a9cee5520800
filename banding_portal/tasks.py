"""Background work every kind of job shares."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from banding_portal.documents import services as documents
from banding_portal.jobs import working
from banding_portal.jobs.models import job_kind, job_kinds, kind_of
from banding_portal.jobs.services import TASK
from banding_portal.jobs.states import AT_WORK
from banding_portal.kept_forms import services as kept_forms
from banding_portal.notices import digests
from banding_portal.notices import services as notices
from banding_portal.seals.checking import check_trail
from banding_portal.seals.sealing import seal_trail
from banding_portal.sending import send
from banding_portal.sessions import SessionStore
from banding_portal.uploads import retention


@shared_task
def work_on_job(kind: str, pk: str) -> None:
    """Do a job that waits; doing it twice does no harm."""
    working.work_on_job(job_kind(kind), pk)


@shared_task
def resend_jobs() -> None:
    """Send again the work of jobs nobody is working on; doing it twice does no harm."""
    quiet_since = timezone.now() - timedelta(seconds=20)
    for model in job_kinds():
        waiting = model.objects.filter(state__in=AT_WORK, changed_at__lt=quiet_since)
        for pk in waiting.values_list("pk", flat=True):
            send(TASK, kind_of(model), str(pk))


@shared_task
def send_notices() -> None:
    """Send the emails of notices that are not out; doing it twice does no harm."""
    notices.send_notices()


@shared_task
def send_digests() -> None:
    """Tell the authority’s people what the morning brings; doing it twice does no harm."""
    digests.tell_of_the_morning(timezone.localdate())


@shared_task
def sweep_kept_forms() -> None:
    """Remove old typed text, and sessions that have ended; doing it twice does no harm."""
    kept_forms.sweep_kept_forms(now=timezone.now())
    SessionStore.clear_expired()


@shared_task
def delete_old_files() -> None:
    """Delete what was kept long enough; doing it twice does no harm."""
    retention.delete_old_files(today=timezone.localdate())
    retention.delete_old_records(today=timezone.localdate())


@shared_task
def scan_held_documents() -> None:
    """Scan documents that came while the scanner was away; doing it twice does no harm."""
    documents.scan_held()


@shared_task
def seal_audit_trail() -> None:
    """Seal what was added to the audit trail; doing it twice does no harm."""
    seal_trail(now=timezone.now())


@shared_task
def check_audit_trail() -> None:
    """Compare the trail with its seals, and keep what was found; it may be done twice."""
    check_trail()
