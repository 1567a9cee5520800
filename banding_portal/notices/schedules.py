"""Every reminder that the portal sends by itself: when, to whom, and what its email says.

Each app tells its own in the setting `REMINDER_SCHEDULES`, with the words that it sends by. An
example has brackets where a real one has a name, and its days count from the day it would go.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.module_loading import import_string

from banding_portal.notices.choices import MANDATORY, NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import message_of
from banding_portal.working_days import is_working_day, working_day_after

SCHOOL = "[school]"
COLLECTION = "[collection]"


@dataclass(frozen=True)
class Step:
    """One reminder of a schedule."""

    when: str
    to: str
    title: Callable[[dt.date], str]
    """Its subject where it goes on that day."""
    kind: NoticeKind
    school: str = ""
    text: str = ""
    """What it says in place of the sentences of its kind."""

    @property
    def may_be_turned_off(self) -> bool:
        return self.kind not in MANDATORY


@dataclass(frozen=True)
class Schedule:
    """Reminders about one thing, until what ends them."""

    name: str
    stops: str
    steps: Sequence[Step]


@dataclass(frozen=True)
class Shown:
    """A step with its email as it would read."""

    step: Step
    day: dt.date
    mail: EmailMessage


def schedules() -> list[Schedule]:
    return [one for path in settings.REMINDER_SCHEDULES for one in import_string(path)()]


def shown(step: Step, on: dt.date | None = None) -> Shown:
    """The email of a step, sent on a day or else on the next on which reminders go."""
    goes = on or next_sending_day(timezone.localdate())
    person: Any = get_user_model()(name="[name]", email="name@example.org")
    notice = Notice(
        recipient=person,
        kind=step.kind,
        title=step.title(goes),
        text=step.text,
        school=step.school,
        path="/",
    )
    return Shown(step, goes, message_of(notice))


def next_sending_day(today: dt.date) -> dt.date:
    return today if is_working_day(today) else working_day_after(today, 1)
