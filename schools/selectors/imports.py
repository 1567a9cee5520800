"""Which import an upload became (rules.md S12)."""

from django.urls import reverse

from banding_portal.uploads.models import Upload
from schools.models import ImportRecord


def url_of_changes(upload: Upload) -> str:
    """Of the page that shows what an applied upload changed; empty where it changed nothing."""
    record = ImportRecord.objects.filter(job=upload.pk).first()
    return reverse("schools:import_detail", args=[record.pk]) if record else ""
