"""Emails of the demonstration’s past: they went out then, all but two."""

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import timezone

from banding_portal.demo.timeline import Timeline
from banding_portal.mails.models import MAX_REFUSALS
from banding_portal.notices.models import Notice
from banding_portal.notices.services import SEND_WITHIN

Fields = dict[str, Any]
BOUNCED: Fields = {"bounced": True, "problem": "550 5.1.1 No mailbox of that name here"}
REFUSED: Fields = {"problem": "554 5.7.1 Message refused by our filter"}


def seed(timeline: Timeline) -> None:
    """What is older than a week is not sent any more, so here it is told as sent."""
    past = Notice.objects.filter(
        by_mail=True, sent_at=None, created_at__lt=timezone.now() - SEND_WITHIN
    )
    newest = list(past.order_by("-created_at", "-pk").values_list("pk", flat=True)[:2])
    for pk, why in zip(newest, (BOUNCED, REFUSED), strict=False):
        given_up: Fields = {"attempts": MAX_REFUSALS, "refusals": MAX_REFUSALS, **why}
        Notice.objects.filter(pk=pk).update(**given_up)
    sent = F("created_at") + dt.timedelta(minutes=1)
    past.exclude(pk__in=newest).update(sent_at=sent, attempts=1)
