"""Background work of schools."""

from celery import shared_task

from banding_portal.uploads.results import Progress, Result
from banding_portal.uploads.services import work_on_upload
from schools.models import RegisterUpload
from schools.models.uploads import RegisterKind
from schools.services.register import import_register


@shared_task
def work_on_register_upload(pk: str) -> None:
    """Check or apply a register upload; doing it twice does no harm."""
    work_on_upload(RegisterUpload, pk, run_register_upload)


def run_register_upload(upload: RegisterUpload, progress: Progress) -> Result:
    content = bytes(upload.content)
    if upload.kind == RegisterKind.LINKS:
        return import_register(progress, links=content)
    return import_register(progress, schools=content, la_code=upload.la_code)
