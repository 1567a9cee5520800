"""Notices in the log of emails."""

from django.core.mail import EmailMessage
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from banding_portal.mails.choices import UNSEEN, MailKind, MailState
from banding_portal.mails.log import Source, columns
from banding_portal.mails.models import GIVEN_UP, UNCERTAIN
from banding_portal.notices.choices import REMINDER_KEYS, NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import SEND_WITHIN, TASK, message_of
from banding_portal.sending import send_on_commit

KIND = Case(
    When(kind=NoticeKind.DIGEST, then=Value(MailKind.DIGEST)),
    *(
        When(kind=kind, key__startswith=begins, then=Value(mail))
        for kind, (mail, beginnings) in REMINDER_KEYS.items()
        for begins in beginnings
    ),
    default=Value(MailKind.NEWS),
)
TOO_OLD = "It could not be sent for a week, and is no longer news. Their home page has it."


def emails() -> QuerySet[Notice]:
    since = timezone.now() - SEND_WITHIN
    too_old = Q(created_at__lt=since) & (Q(again_at=None) | Q(again_at__lt=since))
    state = Case(
        When(~Q(delivered_at=None), then=Value(MailState.DELIVERED)),
        When(~Q(sent_at=None), then=Value(MailState.SENT)),
        When(bounced=True, then=Value(MailState.BOUNCED)),
        When(GIVEN_UP | too_old, then=Value(MailState.FAILED)),
        When(recipient__is_active=False, then=Value(MailState.DROPPED)),
        default=Value(MailState.QUEUED),
    )
    why = Case(
        When(Q(sent_at=None) & UNCERTAIN, then=Value(UNSEEN)),
        When(Q(sent_at=None, problem="") & too_old, then=Value(TOO_OLD)),
        default=F("problem"),
    )
    return Notice.objects.filter(by_mail=True).annotate(
        **columns(
            "notice",
            mail_kind=KIND,
            who=F("recipient__name"),
            address=F("recipient__email"),
            what=F("title"),
            state=state,
            why=why,
            queued_at=F("created_at"),
            out_at=Coalesce("delivered_at", "sent_at"),
        )
    )


def send_again(row: str) -> bool:
    """Ask for one once more, as if it had never been tried."""
    asked = {"again_at": timezone.now(), "sent_at": None, "claimed_at": None, "attempts": 0}
    rows = Notice.objects.filter(pk=row, by_mail=True)
    found = rows.update(**asked, refusals=0, problem="", bounced=False, delivered_at=None)
    send_on_commit(TASK)
    return bool(found)


def written(row: str) -> EmailMessage | None:
    notice = Notice.objects.filter(pk=row, by_mail=True).select_related("recipient").first()
    return message_of(notice) if notice else None


SOURCE = Source("notice", emails, send_again, written)
