"""Telling the other apps that a pupil's placements or plans have changed (rules.md S10).

Whatever writes a placement or a plan holds the places first, so that changes of who is where
come one after the other, and tells the followers last. The setting PUPIL_FOLLOWERS names
them: functions `(pupils, *, by) -> sentences`, `pupils` being ids, or None for everybody's.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from banding_portal.jobs.locks import one_at_a_time
from schools.models import User

PLACES = 7_114_706


class Grave(str):
    """A sentence to be read before it is done: money that was published moves."""


_heard: ContextVar[list[str] | None] = ContextVar("heard", default=None)


def hold_places() -> None:
    """Nobody else changes placements, plans or lists of pupils until this transaction ends.

    First of all locks but that of an import: who waited for it with a return in hand would be
    waited for.
    """
    one_at_a_time(PLACES)


def tell_followers(pupils: Collection[UUID] | None, *, by: User | None) -> None:
    """Let every follower do its part, in the same transaction."""
    for path in settings.PUPIL_FOLLOWERS:
        said = import_string(path)(pupils, by=by)
        heard = _heard.get()
        if heard is not None:
            heard += said


def is_heard() -> bool:
    """Whether anybody collects what is said; what is dear to work out need not be otherwise."""
    return _heard.get() is not None


@contextmanager
def hearing() -> Iterator[list[str]]:
    """Collects what followers say meanwhile about a single pupil, as sentences."""
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
