"""Send what is due, once (rules.md R1, R2), whatever happens to the worker or the clock.

First the promise: a row with a unique key, committed. Then one worker claims it, committed as
well, sends, and writes down that it went. A worker that dies in between leaves a claim that
runs out, by the database's clock; the next worker sends again. Nobody can tell whether the
dead worker's message went out, so there are two such attempts at most, both with the same
message number, by which mail systems know the second for the first.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from banding.models import Reminder
from banding.reminders.mail import digest_mail, reminder_mail
from banding.reminders.models import MAX_REFUSALS, MAX_UNSEEN
from banding.reminders.selectors import DueReminder, due_reminders, is_needed, steps_of

log = structlog.get_logger()

CLAIM = dt.timedelta(minutes=10)
"""After this a claim has run out: its worker is taken for dead."""
REFUSED = (
    SMTPResponseException,
    SMTPRecipientsRefused,
    SMTPNotSupportedError,
    ValueError,  # a name or address that cannot be put into a header
)


class MailAwayError(Exception):
    """Raised when the mail server does not answer; the reminders not sent yet wait."""


class Sending(StrEnum):
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class ReminderTally:
    """Reminders due; of them sent now, left alone (sent before, being sent by another worker,
    no longer needed, given up) and failed, to be tried again.
    """

    due: int = 0
    sent: int = 0
    skipped: int = 0
    failed: int = 0


def send_due_reminders(today: dt.date, *, dry_run: bool = False) -> ReminderTally:
    """Send every reminder due on a day that is not out yet. Call it outside a transaction.

    `dry_run` changes nothing: it counts what is due and, as `skipped`, what is out already.
    """
    due = due_reminders(today)
    if not dry_run:
        promise(due)
    unsent, out = standing_of(due)
    if dry_run:
        return ReminderTally(len(due), skipped=out)
    outcomes = Counter(deliver_all(unsent, today)) if unsent else Counter()
    tally = ReminderTally(
        due=len(due),
        sent=outcomes[Sending.SENT],
        skipped=outcomes[Sending.SKIPPED] + out,
        failed=outcomes[Sending.FAILED],
    )
    if outcomes:
        log.info("reminders_sent", day=str(today), **asdict(tally))
    return tally


def promise(due: Sequence[DueReminder]) -> None:
    """Write down what will be sent; what is promised already stays as it is."""
    Reminder.objects.bulk_create(
        (
            Reminder(
                collection_id=each.collection_id,
                pupil_return_id=each.return_id,
                offset=each.offset,
                recipient_id=each.recipient_id,
                recipient_kind=each.recipient_kind,
                due_on=each.due_on,
            )
            for each in due
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )


def standing_of(due: Sequence[DueReminder]) -> tuple[list[UUID], int]:
    """Of the reminders due: the ids of those promised and not out, and how many are out."""
    keys = {each.key for each in due}
    rows = Reminder.objects.filter(
        collection__in={each.collection_id for each in due},
        offset__in={each.offset for each in due},
    ).values_list("pk", "sent_at", "collection", "pupil_return", "offset", "recipient")
    found = [(pk, sent_at) for pk, sent_at, *key in rows if tuple(key) in keys]
    unsent = [pk for pk, sent_at in found if sent_at is None]
    return unsent, len(found) - len(unsent)


def deliver_all(unsent: Sequence[UUID], today: dt.date) -> Iterator[Sending]:
    """Deliver reminders over one connection to the mail server; without it all have failed."""
    server = get_connection()
    done = 0
    try:
        server.open()
        for pk in unsent:
            yield deliver(pk, server, today)
            done += 1
    except (MailAwayError, OSError) as problem:
        log.warning("mail_away", problem=type(problem).__name__, waiting=len(unsent) - done)
        yield from [Sending.FAILED] * (len(unsent) - done)
    finally:
        close(server)


def deliver(pk: UUID, server: BaseEmailBackend, today: dt.date) -> Sending:
    """Send one reminder if nobody else has it. Raises MailAwayError when the server went away."""
    message = claim(pk, today)
    if message is None:
        return Sending.SKIPPED
    message.connection = server
    try:
        message.send()
    except REFUSED as problem:
        log.warning("reminder_refused", reminder=str(pk), problem=type(problem).__name__)
        release(pk, for_good=is_final(problem))
        return Sending.FAILED
    except OSError as problem:
        # Whether the server took it, nobody saw: the claim stands until it runs out.
        raise MailAwayError from problem
    Reminder.objects.filter(pk=pk).update(sent_at=Now())
    return Sending.SENT


def claim(pk: UUID, today: dt.date) -> EmailMessage | None:
    """Take a reminder to send it, before anybody else does; None when it is not to be sent.

    The message is made before the claim is committed: a failure to make it counts for nothing.
    """
    with transaction.atomic():
        reminder = (
            claimable()
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("collection", "pupil_return__school", "recipient")
            .filter(pk=pk)
            .first()
        )
        if reminder is None or not is_needed(reminder, today):
            return None
        message = message_of(reminder, today)
        Reminder.objects.filter(pk=pk).update(claimed_at=Now(), attempts=F("attempts") + 1)
    return message


def release(pk: UUID, *, for_good: bool) -> None:
    """Give a claim back after a refusal; only one for good counts against the reminder."""
    counted = {"refusals": F("refusals") + 1} if for_good else {"attempts": F("attempts") - 1}
    Reminder.objects.filter(pk=pk).update(claimed_at=None, **counted)


def is_final(problem: Exception) -> bool:
    """Whether a refusal is about this address or message, not the server's present state."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    if isinstance(problem, SMTPResponseException):
        return isinstance(problem, SMTPDataError) and problem.smtp_code >= 500
    return True


def claimable() -> QuerySet[Reminder]:
    """Reminders not out, with no living claim, and not given up."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lte=Now() - CLAIM)
    return Reminder.objects.filter(
        unclaimed,
        sent_at=None,
        refusals__lt=MAX_REFUSALS,
        attempts__lt=F("refusals") + MAX_UNSEEN,
    )


def message_of(reminder: Reminder, today: dt.date) -> EmailMessage:
    """The email of a reminder, with a number of its own that a second attempt shares."""
    name, pupil_return = reminder.recipient.name, reminder.pupil_return
    if pupil_return is None:
        mail = digest_mail(reminder.collection, name, today)
    else:
        pupil_return.collection = reminder.collection
        step = steps_of(reminder.collection).get(reminder.offset)
        mail = reminder_mail(pupil_return, reminder.recipient_kind, name, today, step)
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[reminder.recipient.email],
        headers={"Message-ID": f"<{reminder.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def close(server: BaseEmailBackend) -> None:
    """End the connection; a server that has gone away is no news any more."""
    with suppress(OSError):
        server.close()
