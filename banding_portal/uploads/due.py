"""Files that were checked and wait for who sent them in: a preview, or problems."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils import timezone

from banding_portal.due import DueItem
from banding_portal.uploads.models import Upload
from banding_portal.uploads.selectors import kinds_for
from banding_portal.uploads.states import UploadState

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

WAITING = frozenset({UploadState.READY, UploadState.REFUSED})
RECENT = timedelta(days=28)


def due_items(user: "_User") -> list[DueItem]:
    """Of the authority's kinds the person's last file; those of a school stand with its return."""
    return [
        waiting_item(row["state"], row["filename"], reverse(row["page"], args=[row["pk"]]))
        for row in last_of_each_kind(user)
        if row["state"] in WAITING
    ]


def waiting_item(state: str, filename: str, url: str, **more: Any) -> DueItem:
    ready = state == UploadState.READY
    return DueItem(
        title=f"{'Preview waiting' if ready else 'Problems found'}: {filename}",
        text="nothing of the file has been saved yet" if ready else "nothing was saved",
        url=url,
        action="See what it would change" if ready else "See the problems",
        mailed_as="A file that you uploaded",
        **more,
    )


def last_of_each_kind(user: "_User") -> list[dict[str, Any]]:
    """One query for all of them, none for whom no kind is."""
    first, *others = [last_of(kind, user) for kind in kinds_for(user)] or [None]
    return list(first.union(*others, all=True)) if first is not None else []


def last_of(kind: type[Upload], user: "_User") -> Any:
    own = kind.objects.filter(started_by=user, started_at__gte=timezone.now() - RECENT)
    page = Value(kind.PAGE, output_field=CharField())
    return own.order_by("-started_at").values("pk", "filename", "state", page=page)[:1]
