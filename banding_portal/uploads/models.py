"""The columns every kind of upload has: a job's, and a file's."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse
from django.utils.module_loading import import_string

from banding_portal.jobs.models import Job, KeptFile, kind_of
from banding_portal.jobs.results import Progress, Result
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.uploads.states import UploadState
from banding_portal.words import counted

if TYPE_CHECKING:
    # To mypy the model that AUTH_USER_MODEL names; this package may not import it.
    from django.contrib.auth.models import _User


class UploadQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "_User") -> "UploadQuerySet":
        readers, school = self.model.READERS, self.model.SCHOOL
        if school:
            return self.filter(**{f"{school}__in": user.school_ids_as(*readers)})
        return self if user.has_role(*readers) else self.none()


class Upload(Job, KeptFile):
    """A file a person sent in, to be checked and then applied as previewed.

    `WORK` names the function that does both, given a Progress, `filename`, `content` and GIVES.
    """

    NOUN: ClassVar[str] = "An upload"
    WHAT: ClassVar[str] = "Files"
    """The kind in a list of files."""
    PREVIEWED: ClassVar[bool] = True
    READERS: ClassVar[Collection[str]] = ()
    """Roles that see every upload of the kind, or with SCHOOL those of their own school."""
    SCHOOL: ClassVar[str] = ""
    """Where an upload has its school."""
    FORGETS: ClassVar[Mapping[str, Any]] = {}
    """Further columns, and what they become when the file is deleted on schedule."""
    GIVES: ClassVar[Mapping[str, str]] = {}
    """What else the work is given, and where the upload has it."""

    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.WAITING)

    objects = UploadQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.filename

    @property
    def outcome(self) -> str:
        """What came of it, as a sentence for a list; a dash while it is at work."""
        nothing = "Nothing was saved."
        if self.deleted_on and self.state != UploadState.APPLIED:
            return nothing
        match self.state:
            case UploadState.READY:
                return "Nothing has been saved yet."
            case UploadState.REFUSED:
                return f"{counted(len(self.issues), 'problem')}. {nothing}"
            case UploadState.APPLIED:
                figures = self.preview.get("figures", ())
                saved = ", ".join(f"{one['label']} {one['value']:,}" for one in figures)
                return f"Applied by {self.confirmed_by}. {saved}".strip()
            case UploadState.FAILED:
                return f"Quote {self.reference} to the authority. {nothing}"
            case UploadState.CANCELLED:
                return f"Cancelled by {self.cancelled_by}. {nothing}"
        return "–"

    @property
    def deleted_on(self) -> dt.date | None:
        """The day on which the file was deleted on schedule."""
        day = self.preview.get("deleted_on")
        return dt.date.fromisoformat(day) if day else None

    def forget_more(self) -> None:
        """Delete rows of its own that say what was in the file; a kind with such overrides it."""

    def tell_done(self) -> None:
        """Who else reads files of the authority's kinds has it on their home page. What it is
        called is not told: that may be a pupil's name.
        """
        if self.SCHOOL or not self.PAGE:
            return
        who = self.on_behalf_of
        readers = get_user_model().objects.holding(self.READERS).exclude(pk=who.pk)
        told = Happening(
            list(readers.values_list("pk", flat=True)),
            key=f"{kind_of(self)} {self.pk}",
            title=f"{self.WHAT}: {who} applied a file",
            path=reverse(self.PAGE, args=[self.pk]),
        )
        notify(NoticeKind.APPLIED, [told])

    @classmethod
    def what(cls) -> Any:
        """An expression: the kind in words, where a file says it closer."""
        return models.Value(cls.WHAT, output_field=models.CharField())

    def work(self, progress: Progress) -> Result:
        given = {name: getattr(self, where) for name, where in self.GIVES.items()}
        result: Result = import_string(self.WORK)(
            progress, filename=self.filename, content=bytes(self.content), **given
        )
        return result


class MendedFile(models.Model):
    """An upload whose cells may be put right on screen; its work is given `mends`."""

    mends = models.JSONField(
        default=list, help_text="What was typed on screen in place of cells of the file."
    )

    class Meta:
        abstract = True
