"""The days of a collection in order, and as events of a calendar. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from banding_portal.calendars import Event

WEEK = 5
"""Days of a working week."""
ORDER = ("deadline", "processing", "moderation", "feedback")
NAMES = {
    "opens": "Opens",
    "deadline": "Deadline",
    "processing": "Processing begins",
    "moderation": "Moderation week",
    "feedback": "Feedback to schools",
}

NOT_BEFORE = {
    "processing": "Processing{} must not begin before",
    "moderation": "The moderation week{} must not begin before",
    "feedback": "The day of feedback{} must not come before",
}
"""What is wrong with a day that comes too early; between the words, of whom it is the day."""
EARLIER = {
    "deadline": "the deadline",
    "processing": "processing",
    "moderation": "the moderation week",
}


@dataclass(frozen=True)
class Milestone:
    """A day of a collection, or the first of several."""

    code: str
    day: dt.date
    days: int = 1

    @property
    def name(self) -> str:
        return NAMES[self.code]


def milestones_of(**days: dt.date | None) -> list[Milestone]:
    """Those that are known, in the order of a round."""
    return [
        Milestone(code, day, WEEK if code == "moderation" else 1)
        for code, day in days.items()
        if day
    ]


def problems_of_order(whose: str = "", /, **days: dt.date | None) -> dict[str, str]:
    """By its code each day that comes before one it follows, and why; empty in order.

    `whose` is a sector, where its days are told apart from those of others.
    """
    wrong: dict[str, str] = {}
    latest = ""
    for code in ORDER:
        day, before = days.get(code), days.get(latest)
        if day and before and day < before:
            said = NOT_BEFORE[code].format(f" for {whose}" if whose else "")
            wrong[code] = f"{said} {EARLIER[latest]}"
        elif day:
            latest = code
    return wrong


def events_of(title: str, uid: str, milestones: Iterable[Milestone]) -> list[Event]:
    """What a calendar shows of them; the same day keeps its identity when it is moved."""
    return [
        Event(f"{uid}-{each.code}", f"{title}: {each.name}", each.day, each.days)
        for each in milestones
    ]
