"""Send what was promised, once, whatever happens to the worker or the clock (rules.md R2).

First the promise: a row with a unique key, committed. Then one worker claims it, committed as
well, sends, and writes down that it went. A worker that dies in between leaves a claim that
runs out, by the database's clock; the next worker sends again. Nobody can tell whether the
dead worker's message went out, so there are two such attempts at most, both with the same
message number, by which mail systems know the second for the first.

A mail server that does not answer costs no attempt: everything waits, and `MailAway` says so.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from banding_portal.mails.models import MAX_REFUSALS, MAX_UNSEEN, MailAway, Sendable

log = structlog.get_logger()
S = TypeVar("S", bound=Sendable)

CLAIM = dt.timedelta(minutes=10)
"""After this a claim has run out: its worker is taken for dead."""
REFUSED = (
    SMTPResponseException,
    SMTPRecipientsRefused,
    SMTPNotSupportedError,
    ValueError,  # a name or address that cannot be put into a header
)


class MailAwayError(OSError):
    """Raised when the mail server does not answer, or surely takes nothing just now; what is not
    sent yet waits.
    """


class Sending(StrEnum):
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Outbox(Generic[S]):
    """A kind of promised email, and how one is written; None where it is no longer needed."""

    model: type[S]
    message_of: Callable[[S], EmailMessage | None]
    related: tuple[str, ...] = ("recipient",)

    @property
    def rows(self) -> QuerySet[S]:
        return self.model._default_manager.all()


def deliver_all(outbox: Outbox[Any], unsent: Sequence[Any]) -> Iterator[Sending]:
    """Deliver promised emails over one connection; without the mail server all have failed."""
    server = get_connection()
    done = 0
    try:
        server.open()
        MailAway.objects.all().delete()
        for pk in unsent:
            yield deliver(outbox, pk, server)
            done += 1
    except OSError as problem:
        note_away(what_is_wrong(problem))
        log.warning("mail_away", problem=type(problem).__name__, waiting=len(unsent) - done)
        yield from [Sending.FAILED] * (len(unsent) - done)
    finally:
        close(server)


def what_is_wrong(problem: OSError) -> str:
    """What a server said that takes nothing, or else what kind of problem it was."""
    said = str(problem) if isinstance(problem, MailAwayError) else ""
    return said[:80] or type(problem.__cause__ or problem).__name__


def note_away(problem: str) -> None:
    """Keep since when; what is known already stays."""
    MailAway.objects.get_or_create(pk=1, defaults={"since": timezone.now(), "problem": problem})


def deliver(outbox: Outbox[Any], pk: Any, server: BaseEmailBackend) -> Sending:
    """Send one if nobody else has it. Raises MailAwayError when the server went away."""
    message = claim(outbox, pk)
    if message is None:
        return Sending.SKIPPED
    message.connection = server
    try:
        message.send()
    except REFUSED as problem:
        log.warning("mail_refused", mail=str(pk), problem=type(problem).__name__)
        release(outbox, pk, problem)
        return Sending.FAILED
    except MailAwayError:
        give_back(outbox, pk)
        raise
    except OSError as problem:
        # Whether the server took it, nobody saw: the claim stands until it runs out.
        raise MailAwayError from problem
    # Unless somebody has told meanwhile that it did not arrive.
    untold = outbox.rows.filter(pk=pk, refusals__lt=MAX_REFUSALS)
    untold.update(sent_at=Now(), problem="", bounced=False)
    return Sending.SENT


def claim(outbox: Outbox[Any], pk: Any) -> EmailMessage | None:
    """Take one to send it, before anybody else does; None when it is not to be sent.

    The message is made before the claim is committed: a failure to make it counts for nothing.
    """
    with transaction.atomic():
        row = (
            claimable(outbox)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related(*outbox.related)
            .filter(pk=pk)
            .first()
        )
        message = outbox.message_of(row) if row else None
        if message:
            outbox.rows.filter(pk=pk).update(claimed_at=Now(), attempts=F("attempts") + 1)
    return message


def release(outbox: Outbox[Any], pk: Any, problem: Exception) -> None:
    """Give a claim back after a refusal; only one for good counts against the email."""
    told = {"problem": words_of(problem), "bounced": is_bounce(problem), "claimed_at": None}
    if is_final(problem):
        outbox.rows.filter(pk=pk).update(refusals=F("refusals") + 1, **told)
    else:
        outbox.rows.filter(pk=pk).update(attempts=F("attempts") - 1, **told)


def give_back(outbox: Outbox[Any], pk: Any) -> None:
    """Nothing was tried."""
    outbox.rows.filter(pk=pk).update(attempts=F("attempts") - 1, claimed_at=None)


def is_final(problem: Exception) -> bool:
    """Whether a refusal is about this address or message, not the server's present state."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    if isinstance(problem, SMTPResponseException):
        return isinstance(problem, SMTPDataError) and problem.smtp_code >= 500
    return True


def is_bounce(problem: Exception) -> bool:
    return isinstance(problem, SMTPRecipientsRefused) and is_final(problem)


def words_of(problem: Exception) -> str:
    """What the server said, its code first; for anything else what kind of problem it was."""
    if isinstance(problem, SMTPRecipientsRefused):
        return said(*next(iter(problem.recipients.values())))
    if isinstance(problem, SMTPResponseException):
        return said(problem.smtp_code, problem.smtp_error)
    return "The address or the name cannot be put into an email."


def said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"[:200]


def claimable(outbox: Outbox[Any]) -> QuerySet[Any]:
    """Emails not out, with no living claim, and not given up."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lte=Now() - CLAIM)
    return outbox.rows.filter(
        unclaimed,
        sent_at=None,
        refusals__lt=MAX_REFUSALS,
        attempts__lt=F("refusals") + MAX_UNSEEN,
    )


def numbered(mail_id: str) -> dict[str, str]:
    """The header with the number by which a second attempt, or a receipt, names an email."""
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    return {"Message-ID": f"<{mail_id}@{host}>"}


def close(server: BaseEmailBackend) -> None:
    """End the connection; a server that has gone away is no news any more."""
    with suppress(OSError):
        server.close()
