"""The states of an upload: those of a job, in an upload's words."""

from django.db.models import TextChoices

from banding_portal.jobs.states import JobState


class UploadState(TextChoices):
    WAITING = JobState.WAITING, "Being checked"
    REFUSED = JobState.REFUSED, "Problems found"
    READY = JobState.READY, "Ready to apply"
    CONFIRMED = JobState.CONFIRMED, "Being applied"
    APPLIED = JobState.DONE, "Applied"
    FAILED = JobState.FAILED, "Could not be finished"
    CANCELLED = JobState.CANCELLED, "Cancelled"
