"""What a person was told lately."""

import datetime as dt
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from banding_portal.notices.choices import MAIL_ONLY, NoticeKind, offered_to
from banding_portal.notices.models import Notice, NoticeRefusal

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

READ = 200
"""The newest of them are looked at."""
RECENT = timedelta(days=28)


def recent_notices(
    user: "_User", school: str = "", since: dt.datetime | None = None
) -> list[Notice]:
    """The newest, those of the last four weeks or from a time on; of one school where it is
    named.
    """
    since = since or timezone.now() - RECENT
    told = Notice.objects.filter(recipient=user, created_at__gte=since)
    told = told.exclude(kind__in=MAIL_ONLY)
    if school:
        told = told.filter(school__in=["", school])
    return list(told[:READ])


def wanted_mails(user: "_User") -> set[str]:
    refused = NoticeRefusal.objects.filter(user=user).values_list("kind", flat=True)
    return {kind.value for kind in offered_to(user.roles)} - set(refused)


def mails_about(kind: NoticeKind, key: str) -> tuple[int, int]:
    """Of the emails about one thing how many are out, and how many there are."""
    rows = Notice.objects.filter(kind=kind, key=key, by_mail=True)
    found = rows.aggregate(sent=Count("sent_at"), total=Count("pk"))
    return found["sent"], found["total"]
