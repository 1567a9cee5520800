"""Tell people what happened, send the emails, and keep what each wants to be told.

A notice is written in the transaction of what it tells, so that neither is without the other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from banding_portal.mails.models import GIVEN_UP
from banding_portal.mails.sending import Outbox, Sending, deliver_all, numbered
from banding_portal.notices.choices import HOME_ONLY, MANDATORY, NoticeKind, offered_to
from banding_portal.notices.models import Notice, NoticeRefusal
from banding_portal.sending import send_on_commit
from banding_portal.verbs import verb

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

SEND_WITHIN = timedelta(days=7)
"""What is older is no news any more: the home page has it."""
TASK = "banding_portal.tasks.send_notices"


@dataclass(frozen=True)
class Happening:
    """Something that happened, and who is told of it. It names no pupil (rules.md R3)."""

    recipients: Collection[UUID]
    key: str
    """What it is about; a person is told once of a kind and key."""
    title: str
    path: str
    school: str = ""
    text: str = ""
    """What the email says instead of the sentences of its kind (banding_portal/notices/mails.py).
    Whoever gives what somebody typed has had it looked through (schools/selectors/telling.py)."""


def notify(kind: NoticeKind, happenings: Sequence[Happening]) -> None:
    """Tell everybody, in two statements however many; telling it again changes nothing."""
    people = {person for each in happenings for person in each.recipients}
    if not people:
        return
    without = people_without_mail(kind, people)
    rows = (
        Notice(
            recipient_id=person,
            kind=kind,
            key=each.key,
            title=each.title,
            path=each.path,
            school=each.school,
            text=each.text,
            by_mail=person not in without,
        )
        for each in happenings
        for person in each.recipients
    )
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    if people != without:
        send_on_commit(TASK)


def people_without_mail(kind: NoticeKind, people: set[UUID]) -> set[UUID]:
    """Those of them who get no email of the kind."""
    if kind in HOME_ONLY:
        return people
    if kind in MANDATORY:
        return set()
    against = NoticeRefusal.objects.filter(user__in=people, kind=kind)
    return set(against.values_list("user", flat=True))


def mark_seen(notices: Collection[Notice]) -> None:
    """These stood on the person's home page: how long they are new counts from now."""
    new = [notice.pk for notice in notices if notice.seen_at is None]
    if new:
        Notice.objects.filter(pk__in=new, seen_at=None).update(seen_at=timezone.now())


@verb
def open_news(*, notices: Collection[Notice]) -> None:
    """The person went where the line of these leads: none of them is new any more."""
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices], opened_at=None)
    rows.update(opened_at=timezone.now())


@verb
def choose_mails(*, user: "_User", wanted: Collection[str]) -> None:
    """Keep which emails a person wants; the mandatory ones are sent whatever is chosen."""
    offered = offered_to(user.roles)
    unwanted = set(offered) - set(wanted)
    NoticeRefusal.objects.filter(user=user, kind__in=offered).delete()
    refusals = [NoticeRefusal(user=user, kind=kind) for kind in sorted(unwanted)]
    NoticeRefusal.objects.bulk_create(refusals, ignore_conflicts=True)


def send_notices() -> int:
    """Send every email that is not out; returns how many went. Twice does no harm.

    Call it outside a transaction: a claim has to be seen by the others.
    """
    unsent = list(waiting().order_by("pk").values_list("pk", flat=True))
    if not unsent:
        return 0
    return sum(each == Sending.SENT for each in deliver_all(OUTBOX, unsent))


def waiting() -> QuerySet[Notice]:
    """Emails to be sent: not out, not given up, and still news or asked for once more."""
    since = timezone.now() - SEND_WITHIN
    fresh = Q(created_at__gte=since) | Q(again_at__gte=since)
    return Notice.objects.filter(fresh, by_mail=True, sent_at=None).exclude(GIVEN_UP)


def written(notice: Notice) -> EmailMessage | None:
    """The email of somebody who can still sign in. A reminder that waited until its cause ended
    is no email any more; home keeps it.
    """
    if not notice.recipient.is_active:
        return None
    holds = settings.REMINDERS.get(notice.kind)
    if holds and not import_string(holds)(notice):
        Notice.objects.filter(pk=notice.pk).update(by_mail=False)
        return None
    return message_of(notice)


def message_of(notice: Notice) -> EmailMessage:
    """The email, with a number of its own that a second attempt shares."""
    shown = {"notice": notice, "url": urljoin(settings.PORTAL_URL, notice.path)}
    choices = urljoin(settings.PORTAL_URL, "/account/notices/")
    more = {"la_name": settings.LA_NAME, "choices_url": choices}
    return EmailMessage(
        subject=" ".join(notice.title.split()),
        body=render_to_string("notices/mail.txt", shown | more),
        to=[notice.recipient.email],
        headers=numbered(notice.mail_id) | {"Auto-Submitted": "auto-generated"},
    )


OUTBOX = Outbox(Notice, written)
