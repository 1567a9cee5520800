"""Kinds and states of emails, as the log of emails calls them."""

from django.db.models import TextChoices


class MailKind(TextChoices):
    REMINDER = "reminder", "Reminder of a return"
    REMIND_EVIDENCE = "reminder_evidence", "Reminder of evidence"
    REMIND_CHALLENGE = "reminder_challenge", "Reminder of a challenge"
    REMIND_PANEL = "reminder_panel", "Reminder of a panel"
    REMIND_QUERY = "reminder_query", "Reminder of a query"
    REMIND_DRAFT = "reminder_draft", "Reminder of a draft run"
    REMIND_CALIBRATION = "reminder_calibration", "Reminder of calibration"
    DIGEST = "digest", "Digest of the morning"
    NEWS = "news", "News"
    ACCOUNT = "account", "About an account"


class MailState(TextChoices):
    QUEUED = "queued", "Waiting"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Not sent"
    BOUNCED = "bounced", "Address refused"
    DROPPED = "dropped", "No longer needed"


REMINDERS = "reminders", "Every reminder"
"""What the log of emails offers besides the kinds."""
UNSEEN = "The connection broke while it was sent, twice. It may have arrived."
"""Why an email was given up where the mail server gave no reason."""

COLOURS = {
    MailState.QUEUED: "yellow",
    MailState.SENT: "green",
    MailState.DELIVERED: "green",
    MailState.FAILED: "red",
    MailState.BOUNCED: "red",
    MailState.DROPPED: "grey",
}
