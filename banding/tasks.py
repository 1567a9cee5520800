"""Background work of banding: tasks take ids, read again and call one service."""

from celery import shared_task

from banding.models import TemplateUpload
from banding.services.template_uploads import run_template_upload
from banding_portal.uploads.services import work_on_upload


@shared_task
def work_on_template_upload(pk: str) -> None:
    """Check a school's workbook, or apply it once confirmed."""
    work_on_upload(TemplateUpload, pk, run_template_upload)
