"""A trail that was bent is told on the home page of auditors."""

from typing import TYPE_CHECKING

from django.urls import reverse

from banding_portal.due import DueItem
from banding_portal.roles import AUDITOR
from banding_portal.seals.models import TrailCheck
from banding_portal.words import counted, day_time

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def due_items(user: "_User") -> list[DueItem]:
    if not AUDITOR & user.roles:
        return []
    newest = TrailCheck.objects.first()
    if newest is None or not newest.broken:
        return []
    found = counted(len(newest.broken), "thing")
    return [
        DueItem(
            title="The audit trail was changed behind the portal’s back",
            text=f"{found} not as sealed, found on {day_time(newest.checked_at)}",
            url=reverse("audit"),
            action="See what was changed",
        )
    ]
