"""Which pupils a page, a file or a job names while it is made (quality.md Q9).

A pupil’s name says so itself whenever it is shown; `schools/looks` keeps who saw it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_named: ContextVar[set[UUID] | None] = ContextVar("named", default=None)


@contextmanager
def names_noticed(found: set[UUID] | None = None) -> Iterator[set[UUID]]:
    """Pupils named meanwhile, by id; more is added to `found`."""
    named: set[UUID] = set() if found is None else found
    token = _named.set(named)
    try:
        yield named
    finally:
        _named.reset(token)


def is_named(pupil: UUID) -> None:
    """Somebody is about to read who this pupil is."""
    named = _named.get()
    if named is not None:
        named.add(pupil)
