"""Background work of banding: tasks take ids, read again and call one service."""

from celery import shared_task
from django.utils import timezone

from banding.caseload.services import run_caseload_upload
from banding.models import CaseloadUpload, TemplateUpload
from banding.reminders.services import send_due_reminders
from banding.templates_io.uploads import run_template_upload
from banding_portal.uploads.services import work_on_upload


@shared_task
def work_on_template_upload(pk: str) -> None:
    """Check a school's workbook, or apply it once confirmed."""
    work_on_upload(TemplateUpload, pk, run_template_upload)


@shared_task
def send_reminders() -> None:
    """Send the reminders due today; run twice or eight at once, each goes out once (R2)."""
    send_due_reminders(timezone.localdate())


@shared_task
def work_on_caseload_upload(pk: str) -> None:
    """Check a caseload file, or apply it once confirmed."""
    work_on_upload(CaseloadUpload, pk, run_caseload_upload)
