"""The columns every kind of upload has. The row is the truth, the task only a hint."""

import hashlib
import os.path
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from banding_portal.models import UuidModel
from banding_portal.uploads.states import ALLOWED, AT_WORK, IllegalMove, UploadState


class Upload(UuidModel):
    """A file, kept in the database so that any worker can read it and a backup has it."""

    TASK: ClassVar[str]
    """Name of the Celery task that works on this kind of upload, given its id."""
    objects: models.Manager[Any]

    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.WAITING)
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issues = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    warnings = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    preview = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    fingerprint = models.CharField(max_length=64, blank=True)
    outdated = models.BooleanField(
        default=False, help_text="The preview was made again because something changed."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(
        max_length=12, blank=True, help_text="What to quote when it could not be finished."
    )

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.filename

    def set_file(self, name: str, content: bytes) -> None:
        """Take a file's bytes; the name is only ever shown, never used as a path."""
        self.filename = os.path.basename(name.replace("\\", "/"))[-200:] or "upload"
        self.content = content
        self.sha256 = hashlib.sha256(content).hexdigest()

    def move_to(self, state: str) -> None:
        """Change the state in memory; raises IllegalMove when the move is not allowed."""
        if state not in ALLOWED.get(self.state, frozenset()):
            raise IllegalMove(f"An upload that is “{self.get_state_display()}” cannot do that.")
        self.state = state

    @property
    def at_work(self) -> bool:
        return self.state in AT_WORK
