"""From which day what is written of a pupil or a school is true (rules.md S11)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from schools.models.remembering import ALWAYS, TRUE_FROM


@contextmanager
def true_from(day: dt.date) -> Iterator[None]:
    """What changes of a pupil or a school meanwhile changed on that day, not today."""
    with _set(day.isoformat()):
        yield


@contextmanager
def always_true() -> Iterator[None]:
    """What was there before was a mistake: none of it is kept as having been true."""
    with _set(ALWAYS):
        yield


@contextmanager
def _set(value: str) -> Iterator[None]:
    # An error takes the setting back together with what was written.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [TRUE_FROM])
        [before] = cursor.fetchone()
        cursor.execute("SELECT set_config(%s, %s, true)", [TRUE_FROM, value])
        yield
        cursor.execute("SELECT set_config(%s, %s, true)", [TRUE_FROM, before or ""])
