"""Emails of the demonstration’s past: they went out then, all but two."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.mails.models import MAX_REFUSALS
from banding_portal.notices.choices import DIGEST_READERS, NoticeKind
from banding_portal.notices.digests import tell
from banding_portal.notices.models import Notice
from banding_portal.notices.services import SEND_WITHIN
from banding_portal.working_days import working_day_before

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
    seed_digests(timeline)


def seed_digests(timeline: Timeline) -> None:
    """The authority’s people had one on the last two working mornings."""
    for back in (2, 1):
        day = working_day_before(timeline.today, back)
        with acting(None, day, minutes=-90):
            for person in get_user_model().objects.holding(DIGEST_READERS):
                tell(person, day)
    digests = Notice.objects.filter(kind=NoticeKind.DIGEST, by_mail=True)
    digests.update(sent_at=F("created_at") + dt.timedelta(minutes=1), attempts=1)
