"""From which day what is written of a pupil or a school is true (rules.md S11)."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from banding_portal.refusals import RefusalError
from banding_portal.words import day as in_words
from schools.choices import Fact
from schools.models import Pupil
from schools.models.history import DAY
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


def refuse_day(pupil: Pupil, kinds: Collection[Fact], day: dt.date, today: dt.date) -> None:
    """Raises RefusalError where facts of these kinds cannot have changed on a day.

    That is in the future, and before they changed last.
    """
    if day > today:
        raise RefusalError("The day must not be in the future", field="since")
    later = pupil.former_facts.filter(kind__in=kinds, until__gte=day).order_by("until").last()
    if later:
        changed = f"{later.get_kind_display()}: this changed on {in_words(later.until + DAY)}"
        raise RefusalError(f"{changed} already. Put that right first", field="since")
