"""What held from when to when, a lane for each kind of it. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from banding_portal.pictures.scale import WIDTH, Scale, into_rows, on_grid, years_between

TAIL = 110
"""Left free at the right, for the text of a bar too short to hold it."""
ROOM = WIDTH - TAIL
PHONE = 288
"""Width of the picture on a phone."""
ROW = 32
LABEL = 24
"""Height of a lane's name, above its bars."""
BAR = 24
HEAD = 26
GAP = 2
"""Between a bar and the next, which begins the day after."""
YEAR = 70
"""Room that a year’s number needs."""
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
        return on_grid(self.x + (self.width if self.is_outside else 0) + 6)


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
    """The years in the picture, and where they begin."""
    today_x: float
    height: int
    width: int = WIDTH
    bar: int = BAR
    head: int = HEAD


def draw(spans: Sequence[Span], today: dt.date, width: int = WIDTH) -> Timeline | None:
    """Lay spans out, a lane for each name and overlap, in the order the lanes first come."""
    if not spans:
        return None
    first = dt.date(min(span.start for span in spans).year, 1, 1)
    last = max([today, *(span.end or span.start for span in spans)]) + dt.timedelta(days=60)
    place = Scale(first, last, right=ROOM * width / WIDTH)
    lanes: list[Lane] = []
    y = HEAD
    for label, row in rows_of(spans):
        y += LABEL if label else 0
        starts = [place(span.start) for span in row]
        bars = [
            bar_of(span, place, last, until)
            for span, until in zip(row, [*starts[1:], width], strict=True)
        ]
        lanes.append(Lane(label, y, bars))
        y += ROW
    return Timeline(
        lanes=lanes,
        years=[
            (str(day.year), place(day)) for day in years_between(first, last, most=width // YEAR)
        ],
        today_x=place(today),
        height=y,
        width=width,
    )


def rows_of(spans: Sequence[Span]) -> list[tuple[str, list[Span]]]:
    """Spans by lane; one that overlaps goes to a further, unnamed lane below."""
    rows: list[tuple[str, list[Span]]] = []
    for name in dict.fromkeys(span.lane for span in spans):
        own = sorted((span for span in spans if span.lane == name), key=lambda span: span.start)
        stacked = into_rows(own, lambda span, last: ended_before(last, span.start))
        rows += [(name if place == 0 else "", row) for place, row in enumerate(stacked)]
    return rows


def ended_before(span: Span, day: dt.date) -> bool:
    return span.end is not None and span.end < day


def bar_of(span: Span, place: Scale, last: dt.date, until: float) -> Bar:
    """A span's bar; what is free up to `until` can hold its text too."""
    x = place(span.start)
    after = span.end + dt.timedelta(days=1) if span.end else last
    width = max(place(after) - x - GAP, 3)
    inside, behind = int((width - 10) / LETTER), int((until - x - width - 10) / LETTER)
    is_outside = inside < len(span.text) <= behind
    if is_outside or len(span.text) <= inside:
        shown = span.text
    else:
        shown = span.text[: inside - 1] + "…" if inside > 3 else ""
    return Bar(span.text, shown, span.shade, x, on_grid(width), is_outside)
