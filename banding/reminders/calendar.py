"""The days of a collection's reminders as months of weeks. Pure; a template draws it."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from banding_portal.working_days import is_working_day

MarkKind = Literal["planned", "done", "missed", "due"]
DayKind = Literal["working", "off", "today"]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Mark:
    """What falls on a day: a few letters for the calendar, and the words they stand for."""

    short: str
    words: str
    kind: MarkKind = "planned"


@dataclass(frozen=True)
class CalendarDay:
    day: dt.date
    marks: tuple[Mark, ...]
    kind: DayKind


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday; None stands for a day of another month."""

    first: dt.date
    weeks: list[list[CalendarDay | None]]

    @property
    def name(self) -> str:
        return f"{self.first:%B %Y}"


def months_of(marks: Iterable[tuple[dt.date, Mark]], today: dt.date) -> list[Month]:
    """The months from the first day with a mark to the last, with what falls on each day."""
    on: dict[dt.date, list[Mark]] = {}
    for day, mark in marks:
        on.setdefault(day, []).append(mark)
    if not on:
        return []
    first, last = min(on).replace(day=1), max(on)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    starts = [
        dt.date(first.year + (first.month - 1 + each) // 12, (first.month - 1 + each) % 12 + 1, 1)
        for each in range(count)
    ]
    return [Month(start, [week_of(days, start, on, today) for days in weeks_of(start)])
            for start in starts]  # fmt: skip


def weeks_of(start: dt.date) -> list[list[dt.date]]:
    return calendar.Calendar().monthdatescalendar(start.year, start.month)


def week_of(
    days: Sequence[dt.date], start: dt.date, on: dict[dt.date, list[Mark]], today: dt.date
) -> list[CalendarDay | None]:
    return [
        CalendarDay(day, tuple(on.get(day, ())), kind_of(day, today))
        if day.month == start.month
        else None
        for day in days
    ]


def kind_of(day: dt.date, today: dt.date) -> DayKind:
    if day == today:
        return "today"
    return "working" if is_working_day(day) else "off"
