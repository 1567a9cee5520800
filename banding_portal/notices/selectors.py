"""What a person was told lately."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from banding_portal.notices.choices import CHOOSABLE
from banding_portal.notices.models import Notice, NoticeRefusal

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

READ = 200
"""The newest of them are looked at."""
RECENT = timedelta(days=28)


def recent_notices(user: "_User", school: str = "") -> list[Notice]:
    """The newest, those of the last four weeks; of one school where it is named."""
    told = Notice.objects.filter(recipient=user, created_at__gte=timezone.now() - RECENT)
    if school:
        told = told.filter(school__in=["", school])
    return list(told[:READ])


def wanted_mails(user: "_User") -> set[str]:
    refused = NoticeRefusal.objects.filter(user=user).values_list("kind", flat=True)
    return {kind.value for kind in CHOOSABLE} - set(refused)
