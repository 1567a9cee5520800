"""Where the days of a collection's reminders lie in a picture. Pure; a template draws it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 760
MARGIN = 40
ROOM = WIDTH - 2 * MARGIN
LABEL = 62
"""Width of a day's words; closer than this they go a line lower."""
TOP = 46
LINE = 20


@dataclass(frozen=True)
class Mark:
    """A day with a mark on the line; `is_done` fills it."""

    label: str
    x: float
    label_y: int
    is_done: bool


@dataclass(frozen=True)
class Picture:
    marks: list[Mark]
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
    length = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return round(MARGIN + (day - first).days / length * ROOM, 1)

    ends: list[float] = []
    marks = []
    for day, is_done in days:
        at = x(day)
        row = next((n for n, end in enumerate(ends) if at - end >= LABEL), len(ends))
        ends[row : row + 1] = [at]
        marks.append(Mark(f"{day.day} {day:%b}", at, TOP + 26 + row * LINE, is_done))
    height = TOP + 36 + (len(ends) - 1) * LINE
    return Picture(marks, x(deadline), x(today) if first <= today <= last else None, height)
