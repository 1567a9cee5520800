"""Files people sent in are deleted on schedule, with what was found in them; so are files that
the portal made to be downloaded (quality.md Q10).
"""

import datetime as dt
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from banding_portal.documents.services import delete_old_documents
from banding_portal.jobs.models import Job, KeptFile, job_kinds
from banding_portal.jobs.states import ENDS, JobState
from banding_portal.uploads.models import Upload

STILL = frozenset({*ENDS, JobState.READY})
"""Nothing works on a file in these states."""


def delete_old_files(*, today: dt.date, dry_run: bool = False) -> dict[str, int]:
    """How many files of each kind are due to go, or with `dry_run` would be.

    Due is what nothing has happened to for FILES_KEPT_DAYS. That it was sent, by whom, when, and
    what it changed in figures, stays; what it changed is undone and shown without the file.
    """
    before = today - dt.timedelta(days=settings.FILES_KEPT_DAYS)
    kinds = [kind for kind in job_kinds() if issubclass(kind, Upload)]
    sent = {kind.WHAT: delete_of_kind(kind, before, today, dry_run=dry_run) for kind in kinds}
    made = [kind for kind in job_kinds() if issubclass(kind, KeptFile) and kind.DELETED_BY_AGE]
    sent |= delete_old_documents(today=today, dry_run=dry_run)
    return sent | {kind.NOUN: delete_made(kind, before, dry_run=dry_run) for kind in made}


def delete_old_records(*, today: dt.date, dry_run: bool = False) -> dict[str, int]:
    """How many of what else goes by age, as the apps tell (setting RETENTION_SOURCES)."""
    gone: dict[str, int] = {}
    for path in settings.RETENTION_SOURCES:
        gone |= import_string(path)(today=today, dry_run=dry_run)
    return gone


def delete_made(kind: type[Job], before: dt.date, *, dry_run: bool) -> int:
    """A file that the portal made goes with its row: it can be made again."""
    due = kind.objects.filter(state__in=STILL, changed_at__date__lt=before)
    return due.count() if dry_run else due.delete()[1].get(kind._meta.label, 0)


@transaction.atomic
def delete_of_kind(kind: type[Upload], before: dt.date, today: dt.date, *, dry_run: bool) -> int:
    due = kind.objects.filter(state__in=STILL, changed_at__date__lt=before)
    due = due.exclude(preview__has_key="deleted_on")
    if dry_run:
        return due.count()
    rows = due.select_for_update(of=("self",)).only("pk", "state", "preview", "filename")
    return sum(forget(row, today) for row in rows)


def forget(upload: Upload, today: dt.date) -> int:
    """A preview nobody confirmed is cancelled with its file."""
    ending = PurePath(upload.filename).suffix
    upload.forget_more()
    type(upload).objects.filter(pk=upload.pk).update(
        state=JobState.CANCELLED if upload.state == JobState.READY else upload.state,
        filename=f"Deleted file{ending}",
        content=b"",
        issues=[],
        warnings=[],
        fingerprint="",
        preview={"figures": upload.preview.get("figures", []), "deleted_on": today.isoformat()},
        **upload.FORGETS,
    )
    return 1
