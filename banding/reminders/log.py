"""Reminders in the log of emails."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from banding.choices import OPEN_STATES
from banding.models import Reminder
from banding.reminders.selectors import USEFUL_DAYS
from banding.reminders.services import message_of
from banding_portal.mails.choices import UNSEEN, MailKind, MailState
from banding_portal.mails.log import Source, columns
from banding_portal.mails.models import GIVEN_UP, UNCERTAIN
from banding_portal.sending import send_on_commit

TASK = "banding.tasks.send_reminders"
DIGEST = "schools to chase"


def emails() -> QuerySet[Reminder]:
    today = timezone.localdate()
    useful = Q(due_on__gte=today - timedelta(days=USEFUL_DAYS)) | ~Q(again_at=None)
    owed = Q(pupil_return=None) | Q(pupil_return__state__in=OPEN_STATES)
    state = Case(
        When(~Q(delivered_at=None), then=Value(MailState.DELIVERED)),
        When(~Q(sent_at=None), then=Value(MailState.SENT)),
        When(bounced=True, then=Value(MailState.BOUNCED)),
        When(GIVEN_UP, then=Value(MailState.FAILED)),
        When(~(useful & owed), then=Value(MailState.DROPPED)),
        default=Value(MailState.QUEUED),
    )
    about = Coalesce(F("pupil_return__school__name"), Value(DIGEST))
    return Reminder.objects.annotate(
        **columns(
            "reminder",
            mail_kind=MailKind.REMINDER.value,
            who=F("recipient__name"),
            address=F("recipient__email"),
            what=Concat(F("collection__name"), Value(": "), about),
            state=state,
            why=Case(When(Q(sent_at=None) & UNCERTAIN, then=Value(UNSEEN)), default=F("problem")),
            queued_at=F("created_at"),
            out_at=Coalesce("delivered_at", "sent_at"),
        )
    )


def send_again(row: str) -> bool:
    """Ask for one once more, as if it had never been tried; it goes while something is owed."""
    asked = {"again_at": timezone.now(), "sent_at": None, "claimed_at": None, "attempts": 0}
    rows = Reminder.objects.filter(pk=row)
    found = rows.update(**asked, refusals=0, problem="", bounced=False, delivered_at=None)
    send_on_commit(TASK)
    return bool(found)


def written(row: str) -> EmailMessage | None:
    """As it was on the day it went, or is to go; what is left to do is counted now."""
    related = ("collection", "pupil_return__school", "recipient")
    found = Reminder.objects.select_related(*related).filter(pk=row).first()
    if found is None:
        return None
    return message_of(found, timezone.localdate(found.sent_at) if found.sent_at else found.due_on)


SOURCE = Source("reminder", emails, send_again, written)
