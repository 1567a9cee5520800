"""Where the bars of a pupil's timeline lie. Pure; a template draws them beside a table."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

WIDTH = 760
TAIL = 110
"""Left free at the right, for the text of a bar too short to hold it."""
ROOM = WIDTH - TAIL
ROW = 32
LABEL = 24
"""Height of a lane's name, above its bars."""
BAR = 24
HEAD = 26
LETTER = 7.5
"""Width of a letter in the picture, about."""


@dataclass(frozen=True)
class Span:
    """Something that held from a day to a day, both included; `end` None means still."""

    lane: str
    text: str
    start: dt.date
    end: dt.date | None = None
    shade: int = 0
    """1 to 6 for bands, darker with rank; 0 for everything else."""

    def until(self, day: dt.date | None) -> "Span":
        """The span as known on a day: it ends there where it goes on."""
        if day is None or (self.end and self.end <= day):
            return self
        return replace(self, end=max(day, self.start))


@dataclass(frozen=True)
class Bar:
    text: str
    shown: str
    """The text where it fits into or behind the bar, else cut or empty."""
    shade: int
    x: float
    width: float
    is_outside: bool = False

    @property
    def text_x(self) -> float:
        return round(self.x + (self.width if self.is_outside else 0) + 6, 1)


@dataclass(frozen=True)
class Lane:
    label: str
    y: int
    bars: list[Bar]

    @property
    def middle(self) -> float:
        return self.y + BAR * 0.68  # text hangs on its base line, below the middle

    @property
    def above(self) -> int:
        """The base line of the label."""
        return self.y - 7


@dataclass(frozen=True)
class Timeline:
    lanes: list[Lane]
    years: list[tuple[str, float]]
    """The Septembers in the picture, and where they are."""
    today_x: float
    height: int
    width: int = WIDTH
    bar: int = BAR
    head: int = HEAD


def draw(spans: Sequence[Span], today: dt.date) -> Timeline | None:
    """Lay spans out, a lane for each name and overlap, in the order the lanes first come."""
    if not spans:
        return None
    first = dt.date(min(span.start for span in spans).year, 1, 1)
    last = max([today, *(span.end or span.start for span in spans)]) + dt.timedelta(days=60)
    days = (last - first).days

    def place(day: dt.date) -> float:
        return round((day - first).days / days * ROOM, 1)

    years = years_shown(first.year, last.year)
    lanes: list[Lane] = []
    y = HEAD
    for label, row in rows_of(spans):
        y += LABEL if label else 0
        starts = [place(span.start) for span in row]
        bars = [
            bar_of(span, place, last, until)
            for span, until in zip(row, [*starts[1:], WIDTH], strict=True)
        ]
        lanes.append(Lane(label, y, bars))
        y += ROW
    return Timeline(
        lanes=lanes,
        years=[(str(y), x) for y in years if (x := place(dt.date(y, 1, 1))) < ROOM],
        today_x=place(today),
        height=y,
    )


def rows_of(spans: Sequence[Span]) -> list[tuple[str, list[Span]]]:
    """Spans by lane; one that overlaps goes to a further, unnamed lane below."""
    rows: list[tuple[str, list[Span]]] = []
    for name in dict.fromkeys(span.lane for span in spans):
        stacked: list[list[Span]] = []
        for span in sorted((s for s in spans if s.lane == name), key=lambda s: s.start):
            free = next((row for row in stacked if ended_before(row[-1], span.start)), None)
            if free is None:
                stacked.append([span])
            else:
                free.append(span)
        rows += [(name if place == 0 else "", row) for place, row in enumerate(stacked)]
    return rows


def ended_before(span: Span, day: dt.date) -> bool:
    return span.end is not None and span.end < day


def bar_of(span: Span, place: Callable[[dt.date], float], last: dt.date, until: float) -> Bar:
    """A span's bar; what is free up to `until` can hold its text too."""
    x = place(span.start)
    width = max(place(span.end + dt.timedelta(days=1) if span.end else last) - x - 2, 3)
    inside, behind = int((width - 10) / LETTER), int((until - x - width - 10) / LETTER)
    is_outside = inside < len(span.text) <= behind
    if is_outside or len(span.text) <= inside:
        shown = span.text
    else:
        shown = span.text[: inside - 1] + "…" if inside > 3 else ""
    return Bar(span.text, shown, span.shade, x, round(width, 1), is_outside)


def years_shown(first: int, last: int) -> range:
    """The years written above: all, or every other and so on where there are many."""
    return range(first, last + 1, max(1, -(-(last - first + 1) // 10)))
