"""The columns every kind of upload has: a job's, and a file's."""

from typing import ClassVar

from django.db import models

from banding_portal.jobs.models import Job, KeptFile
from banding_portal.uploads.states import UploadState


class Upload(Job, KeptFile):
    """A file a person sent in, to be checked and then applied as previewed."""

    NOUN: ClassVar[str] = "An upload"
    PREVIEWED: ClassVar[bool] = True

    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.WAITING)

    class Meta(Job.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.filename
