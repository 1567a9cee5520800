"""The files that came in, of all the kinds that are the authority's, in one list."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from banding_portal.jobs.models import job_kinds, kind_of
from banding_portal.jobs.states import AT_WORK, QUEUED
from banding_portal.uploads.models import Upload
from banding_portal.uploads.states import UploadState

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

STATE_WORDS = Case(
    When(state__in=AT_WORK, attempts=0, then=Value(QUEUED)),
    *(When(state=state, then=Value(words)) for state, words in UploadState.choices),
    output_field=CharField(),
)


STARTED_BY = Coalesce(
    NullIf("started_by__name", Value("")), "started_by__email", output_field=CharField()
)


def kinds_for(user: "_User") -> Iterator[type[Upload]]:
    """The kinds whose files a person may read; those of a school stand with its return."""
    for kind in job_kinds():
        if issubclass(kind, Upload) and not kind.SCHOOL and user.has_role(*kind.READERS):
            yield kind


def files_for(user: "_User", *, q: str = "", kind: str = "") -> QuerySet[Any, Any]:
    """Rows with `pk`, `page`, `filename`, `what`, `started_at`, `by`, `state`, `words`, the newest
    first; those with `q` in their name, and of one `kind` as a job knows it.
    """
    parts = [
        files_of(each, user, q.strip()) for each in kinds_for(user) if kind in ("", kind_of(each))
    ]
    first, *others = parts
    return first.union(*others, all=True).order_by("-started_at", "pk")


def files_of(kind: type[Upload], user: "_User", text: str) -> QuerySet[Any, Any]:
    files = (
        kind.objects.visible_to(user)
        .order_by()
        .annotate(
            page=Value(kind.PAGE, output_field=CharField()),
            what=kind.what(),
            by=STARTED_BY,
            words=STATE_WORDS,
        )
    )
    if text:
        files = files.filter(filename__icontains=text)
    return files.values("pk", "page", "filename", "what", "started_at", "by", "state", "words")
