"""Promise the reminders that are due, and send them once (rules.md R1, R2)."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

import structlog
from django.core.mail import EmailMessage
from django.utils import timezone

from banding.models import Reminder
from banding.reminders.mail import digest_mail, reminder_mail
from banding.reminders.selectors import DueReminder, due_reminders, is_needed, steps_of
from banding_portal.mails.sending import Outbox, Sending, deliver_all, numbered

log = structlog.get_logger()
ASKED_AGAIN = dt.timedelta(days=7)
"""So long a reminder that somebody asked for once more is tried."""


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
    again = [pk for pk in asked_again() if pk not in unsent]
    outcomes: Counter[Sending] = Counter()
    if unsent or again:
        outcomes.update(deliver_all(outbox(today), [*unsent, *again]))
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


def outbox(today: dt.date) -> Outbox[Reminder]:
    """Reminders as they are written on a day; none for what is no longer owed."""

    def written(reminder: Reminder) -> EmailMessage | None:
        return message_of(reminder, today) if is_needed(reminder, today) else None

    return Outbox(Reminder, written, ("collection", "pupil_return__school", "recipient"))


def asked_again() -> list[UUID]:
    """Those that somebody wants to be sent once more."""
    since = timezone.now() - ASKED_AGAIN
    rows = Reminder.objects.filter(sent_at=None, again_at__gte=since)
    return list(rows.values_list("pk", flat=True))


def message_of(reminder: Reminder, today: dt.date) -> EmailMessage:
    """The email of a reminder, with a number of its own that a second attempt shares."""
    name, pupil_return = reminder.recipient.name, reminder.pupil_return
    if pupil_return is None:
        mail = digest_mail(reminder.collection, name, today)
    else:
        pupil_return.collection = reminder.collection
        step = steps_of(reminder.collection).get(reminder.offset)
        mail = reminder_mail(pupil_return, reminder.recipient_kind, name, today, step)
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[reminder.recipient.email],
        headers=numbered(reminder.mail_id) | {"Auto-Submitted": "auto-generated"},
    )
