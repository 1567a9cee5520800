"""What is due next, as each app tells it for a person; the home page shows them in order."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from banding_portal.remembering import remembering
from banding_portal.words import day, due_words, upper_first


@dataclass(frozen=True)
class Way:
    """Another way to do the same, as a link."""

    text: str
    url: str


@dataclass(frozen=True)
class DueItem:
    """One thing a person has to do next. Names no pupil."""

    title: str
    text: str
    """What is left, like “9 of 23 pupils left”."""
    url: str
    action: str
    """Words of the button or link, like “Continue”."""
    due_on: dt.date | None = None
    school: str = ""
    done: int = 0
    total: int = 0
    """Progress to show as a bar; 0 for none."""
    message: str = ""
    """What the authority wrote when it returned this for correction. Such an item stands first."""
    ways: tuple[Way, ...] = ()
    mailed_as: str = ""
    """What an email calls it where the title holds what somebody typed, like a file’s name (R3)."""
    is_for_others: bool = False
    """Whether others have to do it, and the person only looks after it. Such items stand last."""

    @property
    def order(self) -> tuple[bool, bool, dt.date, str]:
        due = self.due_on or dt.date.max
        return (not self.message, self.is_for_others, due, self.title)

    @property
    def hint(self) -> str:
        """School, what is left and when it is due, as one line."""
        due = self.due_on and f"due {day(self.due_on)} ({due_words(self.due_on)})"
        return upper_first(" · ".join(part for part in (self.school, self.text, due) if part))


def due_items(person: Any) -> list[DueItem]:
    """Everything that is due from a person, what is due next first."""
    sources = [import_string(path) for path in settings.HOME_SOURCES]
    with remembering():
        return sorted((i for due in sources for i in due(person)), key=lambda i: i.order)
