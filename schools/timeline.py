"""Where the bars of a pupil's timeline lie. Pure; a template draws them beside a table."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

WIDTH = 760
LABELS = 130
ROOM = WIDTH - LABELS
ROW = 34
BAR = 24
HEAD = 24
LETTER = 7.5
"""Width of a letter in the picture, about."""
YEAR = 40
"""Room that a year's figure needs."""


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
    """The text where it fits into the bar, else cut or empty."""
    shade: int
    x: float
    width: float


@dataclass(frozen=True)
class Lane:
    label: str
    y: int
    bars: list[Bar]

    @property
    def middle(self) -> float:
        return self.y + BAR * 0.68


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
        return round(LABELS + (day - first).days / days * ROOM, 1)

    years = years_shown(first.year, last.year)
    lanes: list[Lane] = []
    for label, row in rows_of(spans):
        bars = [bar_of(span, place, last) for span in row]
        lanes.append(Lane(label, HEAD + len(lanes) * ROW, bars))
    return Timeline(
        lanes=lanes,
        years=[(str(y), x) for y in years if (x := place(dt.date(y, 1, 1))) < WIDTH - YEAR],
        today_x=place(today),
        height=HEAD + len(lanes) * ROW,
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


def bar_of(span: Span, place: Callable[[dt.date], float], last: dt.date) -> Bar:
    x = place(span.start)
    width = max(place(span.end + dt.timedelta(days=1) if span.end else last) - x - 2, 3)
    letters = int((width - 10) / LETTER)
    shown = span.text if len(span.text) <= letters else span.text[: letters - 1] + "…"
    return Bar(span.text, shown if letters > 3 else "", span.shade, x, round(width, 1))


def years_shown(first: int, last: int) -> range:
    """The years written above: all, or every other and so on where there are many."""
    return range(first, last + 1, max(1, -(-(last - first + 1) // 10)))
