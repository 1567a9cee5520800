"""Check and apply an upload exactly once, whatever happens to the worker.

The row lock held for the length of the work is the mutual exclusion: a second task for the same
upload finds the row locked and leaves. A worker that dies lets go of the lock and of everything
half done; the sweeper sends the work again.
"""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import pghistory
import structlog
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from redis.exceptions import RedisError

from banding_portal.sending import send_on_commit
from banding_portal.uploads.models import Upload
from banding_portal.uploads.results import Progress, Result
from banding_portal.uploads.states import AT_WORK, IllegalMove, UploadState

log = structlog.get_logger()
U = TypeVar("U", bound=Upload)
Run = Callable[[Any, Progress], Result]
MAX_ATTEMPTS = 4


class _RollBack(Exception):
    """Undoes a trial run; never leaves this module."""


def start_upload(upload: Upload) -> None:
    """Keep a new upload and ask for its check once the row is committed."""
    with transaction.atomic():
        upload.save(force_insert=True)
        send_on_commit(upload.TASK, str(upload.pk))


def confirm_upload(upload: U, *, by: Any, fingerprint: str) -> U:
    """Ask for a checked upload to be applied, as previewed.

    Confirming twice has the effect of confirming once. Raises IllegalMove when the upload is
    not ready, or when the preview confirmed is not the newest one (rules.md T7).
    """
    with transaction.atomic():
        row = type(upload).objects.select_for_update().get(pk=upload.pk)
        if row.state in (UploadState.CONFIRMED, UploadState.APPLIED):
            return row
        if row.state == UploadState.READY and row.fingerprint != fingerprint:
            raise IllegalMove("The preview has changed since you looked. Look again and confirm.")
        row.move_to(UploadState.CONFIRMED)
        row.confirmed_by = by
        row.attempts = 0
        row.save(update_fields=["state", "confirmed_by", "attempts", "changed_at"])
        send_on_commit(row.TASK, str(row.pk))
    return row


def cancel_upload(upload: U) -> U:
    """Put a checked upload aside; nothing of it is kept but the record that it came."""
    with transaction.atomic():
        row = type(upload).objects.select_for_update().get(pk=upload.pk)
        row.move_to(UploadState.CANCELLED)
        row.save(update_fields=["state", "changed_at"])
    return row


def work_on_upload(model: type[U], pk: UUID | str, run: Run) -> str | None:
    """Check a waiting upload or apply a confirmed one; anything else is left alone.

    Returns the state afterwards, or None when another worker has it or there is nothing to do.
    """
    if not _count_attempt(model, pk):
        return None
    try:
        with transaction.atomic():
            upload = (
                model.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(pk=pk, state__in=AT_WORK)
                .first()
            )
            if upload is None:
                return None
            by = upload.confirmed_by_id or upload.uploaded_by_id
            with pghistory.context(user=str(by), upload=str(upload.pk)):
                applying = upload.state == UploadState.CONFIRMED
                (_apply if applying else _check)(upload, run)
            upload.save()
            return upload.state
    except Exception:
        log.exception("upload_failed", upload=str(pk))
        return _fail(model, pk)


def _check(upload: Upload, run: Run) -> None:
    result = _try(upload, run)
    _record(upload, result)
    upload.move_to(UploadState.REFUSED if result.issues else UploadState.READY)


def _apply(upload: Upload, run: Run) -> None:
    """Apply when the result is the one confirmed, else undo and show the new preview."""
    confirmed = upload.fingerprint
    try:
        with transaction.atomic():
            result = run(upload, _progress(upload))
            if result.issues or result.fingerprint != confirmed:
                raise _RollBack
    except _RollBack:
        _record(upload, result)
        upload.outdated = True
        upload.move_to(UploadState.REFUSED if result.issues else UploadState.READY)
    else:
        upload.move_to(UploadState.APPLIED)


def _try(upload: Upload, run: Run) -> Result:
    try:
        with transaction.atomic():
            result = run(upload, _progress(upload))
            raise _RollBack
    except _RollBack:
        return result


def _record(upload: Upload, result: Result) -> None:
    upload.issues = [issue.as_dict() for issue in result.issues]
    upload.warnings = [issue.as_dict() for issue in result.warnings]
    upload.preview = result.preview
    upload.fingerprint = result.fingerprint


def _count_attempt(model: type[U], pk: UUID | str) -> bool:
    """Count a try in its own transaction, so that a file that kills workers is given up."""
    with transaction.atomic():
        row = (
            model.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk=pk, state__in=AT_WORK)
            .only("attempts", "state")
            .first()
        )
        if row is None:
            return False
        model.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
        too_often = row.attempts >= MAX_ATTEMPTS
    if too_often:
        _fail(model, pk)
    return not too_often


def _fail(model: type[U], pk: UUID | str) -> str | None:
    reference = secrets.token_hex(4).upper()
    log.error("upload_given_up", upload=str(pk), reference=reference)
    changed = model.objects.filter(pk=pk, state__in=AT_WORK).update(
        state=UploadState.FAILED, reference=reference
    )
    return UploadState.FAILED if changed else None


def _progress_key(upload: Upload) -> str:
    """Checking and applying are counted apart."""
    return f"upload-progress:{upload.pk}:{upload.state}"


def _progress(upload: Upload) -> Progress:
    """Progress goes through the cache: the work's own transaction is not visible to others."""

    def report(done: int, total: int) -> None:
        try:
            cache.set(_progress_key(upload), (done, total), timeout=3600)
        except RedisError:
            log.warning("progress_not_kept")

    return report


def progress_of(upload: Upload) -> tuple[int, int]:
    """Rows done and rows in all; (0, 0) when nothing is known yet."""
    try:
        return cache.get(_progress_key(upload)) or (0, 0)
    except RedisError:
        return (0, 0)
