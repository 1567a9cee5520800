"""Doing in a test what a worker does."""

from banding_portal.jobs.models import Job, kind_of
from banding_portal.tasks import work_on_job


def work_on(job: Job) -> Job:
    """Let the task come to a job; returns the job as it is afterwards."""
    work_on_job(kind_of(job), str(job.pk))
    job.refresh_from_db()
    return job
