"""Do the work of a job exactly once, whatever happens to the worker.

The lock held for the length of the work is the mutual exclusion: a second task for the same job
finds it held and leaves. A worker that dies lets go of the lock and of everything half done; the
sweeper sends the work again.
"""

import secrets
from typing import TypeVar
from uuid import UUID

import pghistory
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.module_loading import import_string

from banding_portal.jobs.locks import try_to_hold
from banding_portal.jobs.models import Job, kind_of
from banding_portal.jobs.progress import JobCancelledError, Report, stop_if_cancelled
from banding_portal.jobs.results import Progress, Result
from banding_portal.jobs.states import AT_WORK, JobState
from banding_portal.looking import names_noticed
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify

log = structlog.get_logger()
J = TypeVar("J", bound=Job)
MAX_ATTEMPTS = 4
TOLD = {
    JobState.READY: "Your file has been checked: its preview is waiting for you",
    JobState.REFUSED: "Your file has been checked: there are problems to correct",
    JobState.FAILED: "Your file could not be checked or applied",
}


class _RollBackError(Exception):
    """Undoes a trial run; never leaves this module."""


def work_on_job(model: type[J], pk: UUID | str, progress: Progress | None = None) -> str | None:
    """Do a waiting job, or a confirmed one; anything else is left alone.

    Returns the state afterwards, or None when another worker has it or there is nothing to do.
    """
    pk = UUID(str(pk))
    if not _count_attempt(model, pk):
        return None
    try:
        with transaction.atomic():
            job = _held(model, pk)
            if job is None:
                return None
            with pghistory.context(user=str(job.on_behalf_of.pk), job=str(pk)):
                _work(job, progress or Report(job))
            return job.state
    except JobCancelledError:
        return _give_up(model, pk, JobState.CANCELLED)
    except Exception:
        log.exception("job_failed", kind=kind_of(model), job=str(pk))
        return _fail(model, pk)


def _work(job: Job, progress: Progress) -> None:
    """Keep what the work did when it may stay, else undo it and show what was found."""
    stop_if_cancelled(job)
    try:
        with transaction.atomic():
            with names_noticed() as named:
                result = job.work(progress)
            if not _may_stay(job, result):
                raise _RollBackError
    except _RollBackError:
        _end(job, JobState.REFUSED if result.issues else JobState.READY, result)
    else:
        _end(job, JobState.DONE, result)
    if named:
        import_string(settings.KEEP_LOOK)(job=job, named=named)


def _may_stay(job: Job, result: Result) -> bool:
    """Nothing with issues, and of what is previewed only what was confirmed (rules.md T7)."""
    confirmed = job.state == JobState.CONFIRMED and result.fingerprint == job.fingerprint
    return not result.issues and (confirmed or not job.PREVIEWED)


def _end(job: Job, state: JobState, result: Result) -> None:
    # Whoever cancels writes to the row: once this lock is held, it is done or it was cancelled.
    type(job).objects.select_for_update(of=("self",)).only("pk").get(pk=job.pk)
    stop_if_cancelled(job)
    job.move(
        state,
        by=job.on_behalf_of,
        issues=[issue.as_dict() for issue in result.issues],
        warnings=[warning.as_dict() for warning in result.warnings],
        preview=result.preview,
        fingerprint=result.fingerprint,
        outdated=job.state == JobState.CONFIRMED and state != JobState.DONE,
        **result.kept,
    )
    if state in TOLD:
        tell_starter(job)
    if state == JobState.DONE:
        job.tell_done()
    if state == JobState.REFUSED:
        job.tell_refused()
    if state == JobState.READY:
        job.keep_found(result.found)


def _held(model: type[J], pk: UUID) -> J | None:
    """The job, nobody else's until the transaction ends; None when there is nothing to do."""
    if not try_to_hold(pk):
        return None
    found: J | None = model.objects.filter(pk=pk, state__in=AT_WORK).first()
    return found


def _count_attempt(model: type[Job], pk: UUID) -> bool:
    """Count a try in its own transaction, so that a job that kills workers is given up."""
    with transaction.atomic():
        job = _held(model, pk)
        if job is None:
            return False
        model.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
    if job.attempts >= MAX_ATTEMPTS:
        _fail(model, pk)
    return job.attempts < MAX_ATTEMPTS


def _fail(model: type[Job], pk: UUID) -> str | None:
    reference = secrets.token_hex(4).upper()
    log.error("job_given_up", kind=kind_of(model), job=str(pk), reference=reference)
    return _give_up(model, pk, JobState.FAILED, reference=reference)


def _give_up(model: type[Job], pk: UUID, state: JobState, **fields: str) -> str | None:
    """End a job that is at work, after what was done of it was undone."""
    with transaction.atomic():
        rows = model.objects.select_for_update(of=("self",))
        job = rows.filter(pk=pk, state__in=AT_WORK).first()
        if job is None:
            return None
        job.move(state, by=job.on_behalf_of, **fields)
        if state in TOLD:
            tell_starter(job)
    return state


def tell_starter(job: Job) -> None:
    """Who sent a file in is told once that it was checked. Its name may be a pupil's: not told."""
    if not job.PAGE:
        return
    told = Happening(
        [job.started_by_id],
        key=f"{kind_of(job)} {job.pk} {job.state}",
        title=TOLD[JobState(job.state)],
        path=reverse(job.PAGE, args=[job.pk]),
    )
    notify(NoticeKind.FILE_READY, [told])
