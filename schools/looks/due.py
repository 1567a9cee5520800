"""Unusual looking is told on the home page of auditors."""

from django.urls import reverse

from banding_portal.due import DueItem
from banding_portal.roles import AUDITOR
from banding_portal.words import counted
from schools.models import UnusualDay, User


def due_items(user: User) -> list[DueItem]:
    if not user.has_role(*AUDITOR):
        return []
    open_days = UnusualDay.objects.filter(answered_by=None).exclude(user=user).count()
    if not open_days:
        return []
    return [
        DueItem(
            title="Unusually many pupils looked at",
            text=f"{counted(open_days, 'day')} of which nobody has said what was behind it",
            url=f"{reverse('schools:unusual_list')}?state=open",
            action="See who",
        )
    ]
