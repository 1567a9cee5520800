"""Lets services act on an earlier day, as if it were now; for the demonstration alone.

Deadlines, dates of submission and the like come out as they would have then. The audit trail
keeps the real time, for the database's own clock is not touched. time-machine travels, which
tests do by too; nothing outside the demonstration imports it.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import time_machine
from django.utils import timezone

from banding_portal import states


@contextmanager
def acting(by: Any, day: dt.date, minutes: int = 0) -> Iterator[None]:
    """A person acts that day, so many minutes after nine in the morning, local time."""
    start = dt.datetime.combine(day, dt.time(9), tzinfo=timezone.get_default_timezone())
    moment = (start + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)
    with states.acting(by), time_machine.travel(moment, tick=False):
        yield
