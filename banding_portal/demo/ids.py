"""Ids that come out the same each time the demonstration is made.

A sample is drawn by the ids of decisions (rules.md M2), so chance ids would draw other cases on
every machine, and no description of the demonstration would hold.
"""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps

from banding_portal.models import UuidModel


@contextmanager
def repeatable_ids(seed: str) -> Iterator[None]:
    """New rows get ids from a generator with this seed, in the order they are made."""
    numbers = random.Random(seed)  # noqa: S311 (nothing secret rests on it)

    def next_id() -> uuid.UUID:
        return uuid.UUID(int=numbers.getrandbits(128), version=4)

    fields = [m._meta.get_field("id") for m in apps.get_models() if issubclass(m, UuidModel)]
    try:
        for field in fields:
            field.__dict__["_get_default"] = next_id  # what the field has cached, see get_default
        yield
    finally:
        for field in fields:
            field.__dict__.pop("_get_default", None)
