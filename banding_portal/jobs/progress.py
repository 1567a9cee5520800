"""How far a job is. It goes through the cache: the work's own transaction is not visible to others.

Losing it loses only the bar. On the way the work learns that it is not wanted any more.
"""

import time

from django.core.cache import cache

from banding_portal.jobs.models import Job

PAUSE = 0.5
"""Seconds between two looks at whether the job is still wanted."""


class JobCancelledError(Exception):
    """Raised inside the work of a job that somebody cancelled, to undo it."""


class Report:
    """The Progress that the work of a job calls; raises JobCancelledError when it was cancelled."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.looked = float("-inf")

    def __call__(self, done: int, total: int) -> None:
        cache.set(_key(self.job), (done, total), timeout=3600)
        if time.monotonic() - self.looked > PAUSE:
            stop_if_cancelled(self.job)
            self.looked = time.monotonic()


def stop_if_cancelled(job: Job) -> None:
    """Raise JobCancelledError when somebody wished the job cancelled since it began."""
    rows = type(job).objects.filter(pk=job.pk)
    if rows.exclude(cancelled_by=None).exists():
        raise JobCancelledError


def progress_of(job: Job) -> tuple[int, int]:
    """Rows or steps done and all of them; (0, 0) when nothing is known yet."""
    return cache.get(_key(job)) or (0, 0)


def _key(job: Job) -> str:
    """A trial and the real run are counted apart."""
    return f"job-progress:{job.pk}:{job.state}"
