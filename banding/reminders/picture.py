"""Where the days of a collection's reminders lie in a picture. Pure; a template draws it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from banding_portal.pictures.scale import WIDTH, Scale, into_rows

MARGIN = 40
LABEL = 62
"""Width of a day's words; closer than this they go a line lower."""
TOP = 46
LINE = 20


@dataclass(frozen=True)
class DayMark:
    """A day with a mark on the line; `is_done` fills it."""

    label: str
    x: float
    label_y: int
    is_done: bool


@dataclass(frozen=True)
class Picture:
    marks: list[DayMark]
    deadline_x: float
    today_x: float | None
    """None when today lies outside the picture."""
    height: int
    width: int = WIDTH
    top: int = TOP


def picture_of(
    days: Sequence[tuple[dt.date, bool]], deadline: dt.date, today: dt.date
) -> Picture | None:
    """The picture of days (earliest first, each with whether it is done) around a deadline."""
    if not days:
        return None
    first, last = min(days[0][0], deadline), max(days[-1][0], deadline)
    place = Scale(first, last, MARGIN, WIDTH - MARGIN)
    rows = into_rows(days, lambda day, before: place(day[0]) - place(before[0]) >= LABEL)
    return Picture(
        marks=[
            DayMark(f"{day.day} {day:%b}", place(day), TOP + 26 + row * LINE, is_done)
            for row, own in enumerate(rows)
            for day, is_done in own
        ],
        deadline_x=place(deadline),
        today_x=place(today) if first <= today <= last else None,
        height=TOP + 36 + (len(rows) - 1) * LINE,
    )
