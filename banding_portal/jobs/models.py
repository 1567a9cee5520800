"""The columns every kind of job has. The row is the truth, the task only a hint."""

import hashlib
import os.path
from collections.abc import Mapping
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.module_loading import import_string

from banding_portal.jobs.results import Progress, Result
from banding_portal.jobs.states import AT_WORK, COLOURS, MOVES, QUEUED, JobState
from banding_portal.models import UuidModel
from banding_portal.states import Moves, Stateful


class Job(Stateful, UuidModel):
    """Something asked for by a person and done by a worker, once."""

    NOUN: ClassVar[str] = "A job"
    MOVES: ClassVar[Moves] = MOVES
    COLOURS: ClassVar[Mapping[str, str]] = COLOURS
    WORK: ClassVar[str]
    """Where the function is that does it, given the job and a Progress; returns a Result."""
    PREVIEWED: ClassVar[bool] = False
    """Whether a person sees what it would do and confirms before it is done."""
    PAGE: ClassVar[str] = ""
    """Name of its page's address, where who started it is told that it was looked through."""
    objects: models.Manager[Any]

    state = models.CharField(max_length=12, choices=JobState, default=JobState.WAITING)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who wished it cancelled; a worker that has begun sees it and stops.",
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
        ordering = ["-started_at"]

    def work(self, progress: Progress) -> Result:
        """Do it, inside a transaction that the caller keeps or undoes."""
        result: Result = import_string(self.WORK)(self, progress)
        return result

    def keep_found(self, found: list[Any]) -> None:
        """Keep what a trial found beside its preview; a kind with such rows overrides it."""

    def tell_done(self) -> None:
        """Tell others that it was done; a kind of which others want to know overrides it."""

    def tell_refused(self) -> None:
        """Tell others that it was refused, what the work did being undone; likewise."""

    @property
    def at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def is_queued(self) -> bool:
        """Whether it is asked for and no worker has begun with it."""
        return self.at_work and self.attempts == 0

    @property
    def state_words(self) -> str:
        """Its state, which the row alone would call “at work” from the start."""
        return QUEUED if self.is_queued else self.get_state_display()

    @property
    def on_behalf_of(self) -> Any:
        """Under whose name it is done: who confirmed it, or else who started it."""
        return self.confirmed_by or self.started_by


class KeptFile(models.Model):
    """A file in the database, so that any worker can read it and a backup has it."""

    DELETED_BY_AGE: ClassVar[bool] = False
    """Of a file that the portal made: whether it goes on schedule, with its row."""

    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def set_file(self, name: str, content: bytes) -> None:
        """Take a file's bytes; the name is only ever shown, never used as a path."""
        self.filename = os.path.basename(name.replace("\\", "/"))[-200:] or "upload"
        self.content = content
        self.sha256 = hashlib.sha256(content).hexdigest()


def one_at_work(*fields: str, name: str) -> models.UniqueConstraint:
    """That there is never more than one job at work for the same."""
    at_work = models.Q(state__in=sorted(AT_WORK))
    return models.UniqueConstraint(fields=fields, condition=at_work, name=name)


def kind_of(job: Job | type[Job]) -> str:
    """The name a task knows its kind by."""
    return job._meta.label_lower


def job_kinds() -> list[type[Job]]:
    """Every kind of job there is."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def job_kind(kind: str) -> type[Job]:
    """The kind a task names; raises LookupError when it is none."""
    model = apps.get_model(kind)
    if not issubclass(model, Job):
        raise LookupError(f"{kind} is no kind of job.")
    return model
