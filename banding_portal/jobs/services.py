"""Start, confirm and cancel a job. The work itself is done in `working`."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from banding_portal.jobs.locks import try_to_hold
from banding_portal.jobs.models import Job, kind_of
from banding_portal.jobs.states import AT_WORK, JobState
from banding_portal.refusals import RefusalError
from banding_portal.sending import send_on_commit

J = TypeVar("J", bound=Job)
TASK = "banding_portal.tasks.work_on_job"


def start_job(job: J) -> J:
    """Keep a new job and ask for its work once the row is committed."""
    with transaction.atomic():
        job.save(force_insert=True)
        _ask_for_work(job)
    return job


def start_job_once(job: J, **same: Any) -> J:
    """Start a job; where one is at work for the same already, that one is returned instead.

    The kind has a constraint `one_at_work` over what makes them the same.
    """
    others = type(job).objects.filter(**same)
    found: J | None = others.filter(state__in=AT_WORK).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return start_job(job)
    except IntegrityError:
        # Somebody was quicker; theirs may be done already.
        quicker: J = others.latest("started_at")
        return quicker


def confirm_job(job: J, *, by: Any, fingerprint: str) -> J:
    """Ask for a job to be done as previewed.

    Confirming twice has the effect of confirming once. Raises RefusalError when the job is not
    ready, or when the preview confirmed is not the newest one (rules.md T7).
    """
    with transaction.atomic():
        row = _locked(job)
        if row.state in (JobState.CONFIRMED, JobState.DONE):
            return row
        if row.state == JobState.READY and row.fingerprint != fingerprint:
            raise RefusalError("The preview has changed since you looked. Look again and confirm.")
        row.move(JobState.CONFIRMED, by=by, confirmed_by=by, attempts=0)
        _ask_for_work(row)
    return row


def preview_again(job: J, *, by: Any) -> J:
    """Ask for the work of a job once more that is ready or refused: for a new preview, after
    something was said that it rests on.
    """
    with transaction.atomic():
        row = _locked(job)
        if row.may_become(JobState.WAITING):
            row.move(JobState.WAITING, by=by, attempts=0)
            _ask_for_work(row)
    return row


def cancel_job(job: J, *, by: Any) -> J:
    """Put a job aside; nothing of it is kept but the record that it was asked for.

    Where a worker has begun, it is only wished: the worker sees it and undoes what it did. Raises
    RefusalError when the job has ended.
    """
    with transaction.atomic():
        row = _locked(job)
        if not row.at_work or try_to_hold(row.pk):
            row.move(JobState.CANCELLED, by=by, cancelled_by=by)
        else:
            row.cancelled_by = by
            row.save(update_fields=["cancelled_by"])
    return row


def _locked(job: J) -> J:
    row: J = type(job).objects.select_for_update(of=("self",)).get(pk=job.pk)
    return row


def _ask_for_work(job: Job) -> None:
    send_on_commit(TASK, kind_of(job), str(job.pk))
