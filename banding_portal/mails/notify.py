"""Emails by GOV.UK Notify instead of a mail server, through its official client (EMAIL_URL).

Notify keeps one template with the places ((subject)) and ((body)). Its answers become what a mail
server would have said, so that nothing else needs to know by which of the two an email goes.
"""

from collections.abc import Sequence
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from banding_portal.mails.sending import MailAwayError

BAD_REQUEST = 400
PERHAPS_TAKEN = {502, 504}
"""Answers of what stands before it."""
NOBODY_THERE = 550
NOT_TAKEN = 554


class NotifyBackend(BaseEmailBackend):
    """Sends each message by itself. Raises what an SMTP backend would."""

    client: NotificationsAPIClient | None = None

    def open(self) -> bool:
        """Asks for the template once, so that a wrong key or a service that is away costs no email
        an attempt.
        """
        if self.client is not None:
            return False
        self.client = NotificationsAPIClient(
            settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=settings.EMAIL_TIMEOUT
        )
        try:
            self.client.get_template(settings.NOTIFY_TEMPLATE)
        except APIError as problem:
            self.close()
            raise MailAwayError(str(as_mail_server(problem))) from problem
        return True

    def close(self) -> None:
        if self.client is not None:
            self.client.request_session.close()
            self.client = None

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        is_new = self.open()
        try:
            return sum(self.send(message, to) for message in email_messages for to in message.to)
        finally:
            if is_new:
                self.close()

    def send(self, message: EmailMessage, to: str) -> int:
        assert self.client is not None  # noqa: S101 - opened by whoever calls
        try:
            self.client.send_email_notification(
                email_address=to,
                template_id=settings.NOTIFY_TEMPLATE,
                personalisation={"subject": message.subject, "body": message.body},
                reference=number_of(message),
            )
        except APIError as problem:
            raise as_mail_server(problem, to) from problem
        return 1


def number_of(message: EmailMessage) -> str:
    """The number of the email, by which a receipt names it."""
    return message.extra_headers.get("Message-ID", "").strip("<>").partition("@")[0]


def as_mail_server(problem: APIError, to: str = "") -> Exception:
    """What a mail server would have said. What Notify surely did not take, and will take once it
    can, is `MailAwayError`; without an answer nobody knows, as when a connection breaks.
    """
    if problem.response is None or problem.response.ok or problem.status_code in PERHAPS_TAKEN:
        return ConnectionError("GOV.UK Notify gave no answer.")
    told = words_of(problem.message)
    if problem.status_code != BAD_REQUEST:
        return MailAwayError(f"GOV.UK Notify: {problem.status_code} {told}")
    if "email_address" in told:
        return SMTPRecipientsRefused({to: (NOBODY_THERE, told.encode())})
    return SMTPDataError(NOT_TAKEN, told)


def words_of(message: Any) -> str:
    """The sentences of its errors."""
    if isinstance(message, list):
        return " ".join(str(each.get("message", "")) for each in message)
    return str(message)
