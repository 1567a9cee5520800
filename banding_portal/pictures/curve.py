"""How something grew from day to day, and where it is heading. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from banding_portal.pictures.scale import WIDTH, Scale

HEIGHT = 220
TOP, BOTTOM = 20, 28
"""Left free for the words above the line of all, and for the days below."""
LEFT, RIGHT = 12, 60


@dataclass(frozen=True)
class Row:
    """A line of the table beside the picture."""

    label: str
    text: str


@dataclass(frozen=True)
class Mark:
    """A day with its word under the picture."""

    label: str
    x: float
    anchor: str


@dataclass(frozen=True)
class Curve:
    points: str
    """Of the line of what was there by each day."""
    ahead: str
    """Of the line on from today; empty where nothing is known of that."""
    marks: list[Mark]
    total: str
    bars: list[Row]
    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    left: int = LEFT
    right: int = WIDTH - RIGHT
    days_y: int = HEIGHT - 6
    """The base line of the words under the picture."""


def curve(
    counts: Sequence[tuple[dt.date, int]],
    *,
    first: dt.date,
    today: dt.date,
    last: dt.date,
    total: int,
    ahead: int | None,
    rows: Sequence[Row],
    words: tuple[str, str],
) -> Curve:
    """`counts` are the days on which something was added, with how many were there by their end;
    `ahead` is how many there will be on the `last` day, None where it has passed. `words` stand
    below the first and the last day.
    """
    across = Scale(first, max(last, today), LEFT, WIDTH - RIGHT)
    up = Scale(0, max(total, 1), HEIGHT - BOTTOM, TOP)
    points, level = [(across(first), up(0))], 0
    for day, count in counts:
        x = across(max(day, first))
        points += [(x, up(level)), (x, up(count))]
        level = count
    now = across(min(today, max(last, today)))
    points.append((now, up(level)))
    onward = [] if ahead is None else [(now, up(level)), (across(last), up(ahead))]
    marks = [
        Mark(words[0], across(first), "start"),
        Mark(words[1], across(last), "end"),
    ]
    return Curve(line_of(points), line_of(onward), marks, f"{total:,}", list(rows))


def line_of(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
