"""Everything that was or would be told in the database of a test, as text."""

import datetime as dt
from collections.abc import Iterator

from django.core import mail
from django.utils import timezone

from banding.reminders.services import send_due_reminders
from banding_portal.mails.models import Letter
from banding_portal.models import Notice
from banding_portal.notices.digests import tell_of_the_morning
from banding_portal.notices.services import message_of
from banding_portal.working_days import working_day_after


def everything_told(reminded_on: dt.date) -> Iterator[str]:
    """Notices with their emails and addresses, reminders of a day, digests, emails about accounts;
    the first is how many reminders there were.
    """
    yield str(send_due_reminders(reminded_on).sent)
    tell_of_the_morning(working_day_after(timezone.localdate(), 1))
    for notice in Notice.objects.select_related("recipient"):
        written = message_of(notice)
        yield f"{written.subject} {written.body} {notice.school} {notice.path}"
    yield from (f"{sent.subject} {sent.body}" for sent in mail.outbox)
    yield from Letter.objects.values_list("subject", flat=True)
