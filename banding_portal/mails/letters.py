"""Emails about accounts, on record as they go out or cannot."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from banding_portal.mails.models import Letter


@contextmanager
def recorded(address: str, subject: str = "") -> Iterator[Letter]:
    """Keep that an email was sent, or could not be; the letter may be given its subject."""
    letter = Letter.objects.create(to=address, subject=subject)
    try:
        yield letter
    except OSError as problem:
        letter.problem = f"The mail server did not take it: {type(problem).__name__}."
        letter.save()
        raise
    letter.sent_at = timezone.now()
    letter.save()
