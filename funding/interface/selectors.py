"""What finance systems read: published runs, and their lines page by page (rules.md F20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from banding_portal.refusals import RefusalError
from funding.choices import RunState
from funding.interface.models import AccessToken
from funding.models import Line, Run
from schools.models import User

STRANGER = "“after” names nothing on this list. Take the address in “next” as it is."


Row = TypeVar("Row", Run, Line)


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """Some rows of a list in its order; `last` is the last of them where more follow."""

    rows: Sequence[Row]
    last: UUID | None


def published_runs(user: User) -> QuerySet[Run]:
    """In the order in which they were published."""
    runs = Run.objects.visible_to(user).filter(state=RunState.PUBLISHED)
    return runs.select_related("period__calendar").order_by("published_at", "pk")


def runs_after(user: User, after: UUID | None, limit: int) -> Part[Run]:
    """Some of the published runs. Raises RefusalError where `after` is none of them."""
    runs = published_runs(user)
    if after:
        last = runs.filter(pk=after).first()
        if last is None:
            raise RefusalError(STRANGER)
        later = Q(published_at__gt=last.published_at)
        runs = runs.filter(later | Q(published_at=last.published_at, pk__gt=last.pk))
    return _part(runs, limit)


def lines_after(run: Run, user: User, after: UUID | None, limit: int) -> Part[Line]:
    """Some of the lines of a run, school by school: by its index, so that the last page costs no
    more than the first. Raises RefusalError where `after` is none of them.
    """
    lines = Line.objects.visible_to(user).filter(run=run).select_related("period")
    if after:
        last = lines.filter(pk=after).first()
        if last is None:
            raise RefusalError(STRANGER)
        later = Q(school_id__gt=last.school_id) | Q(school_id=last.school_id, pk__gt=last.pk)
        # Said besides, so that the index of run and school answers it.
        lines = lines.filter(later, school_id__gte=last.school_id)
    return _part(lines.order_by("school_id", "pk"), limit)


def tokens_to_read(user: User) -> QuerySet[AccessToken]:
    return AccessToken.objects.visible_to(user).select_related("owner", "revoked_by")


def _part(rows: QuerySet[Row], limit: int) -> Part[Row]:
    found = list(rows[: limit + 1])
    more = len(found) > limit
    return Part(found[:limit], found[limit - 1].pk if more else None)
