"""Lines and points between two axes: what depends on how much. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from banding_portal.pictures.curve import line_of
from banding_portal.pictures.scale import WIDTH, Scale

HEIGHT = 300
TOP, BOTTOM = 16, 48
"""Left free at the top, and for the figures and the words below the picture."""
LEFT, RIGHT = 64, 36
Place = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """Places joined by a line; `kind` is one of the looks of `chart__line`, empty for plain."""

    places: Sequence[Place]
    kind: str = ""


@dataclass(frozen=True)
class Area:
    """What lies between two lines over the same places across; `kind` one of `chart__area--…`."""

    low: Sequence[Place]
    high: Sequence[Place]
    kind: str = ""


@dataclass(frozen=True)
class Point:
    """A place with a dot and its words, at the side where there is room for them."""

    place: Place
    words: str = ""
    stands_out: bool = False


@dataclass(frozen=True)
class Tick:
    """A figure at an axis and where it stands."""

    text: str
    at: float


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    words: str
    anchor: str
    words_x: float
    stands_out: bool


@dataclass(frozen=True)
class Plot:
    across: str
    """What the axis below is of."""
    up: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    """The points of each line, and its kind."""
    areas: list[tuple[str, str]] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    x_ticks: list[Tick] = field(default_factory=list)
    y_ticks: list[Tick] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    left: int = LEFT
    right: int = WIDTH - RIGHT
    figures_y: int = HEIGHT - BOTTOM + 20
    words_y: int = HEIGHT - 6


def plot(
    lines: Sequence[Line],
    points: Sequence[Point],
    *,
    across: str,
    up: str,
    x_ticks: Sequence[tuple[float, str]],
    y_ticks: Sequence[tuple[float, str]],
    areas: Sequence[Area] = (),
) -> Plot:
    """Lay lines and points out between the first and the last tick of each axis."""
    x_of = Scale(x_ticks[0][0], x_ticks[-1][0], LEFT, WIDTH - RIGHT)
    y_of = Scale(y_ticks[0][0], y_ticks[-1][0], HEIGHT - BOTTOM, TOP)
    return Plot(
        across=across,
        up=up,
        lines=[(line_of([(x_of(x), y_of(y)) for x, y in one.places]), one.kind) for one in lines],
        areas=[
            (line_of([(x_of(x), y_of(y)) for x, y in (*one.low, *reversed(one.high))]), one.kind)
            for one in areas
        ],
        dots=[dot_of(x_of(point.place[0]), y_of(point.place[1]), point) for point in points],
        x_ticks=[Tick(text, x_of(value)) for value, text in x_ticks],
        y_ticks=[Tick(text, y_of(value)) for value, text in y_ticks],
    )


def dot_of(x: float, y: float, point: Point) -> Dot:
    is_left = x < WIDTH * 2 / 3
    return Dot(
        x=x,
        y=y,
        words=point.words,
        anchor="start" if is_left else "end",
        words_x=x + 10 if is_left else x - 10,
        stands_out=point.stands_out,
    )


def even_ticks(most: float, wanted: int = 5) -> list[float]:
    """Round values from nought to `most` or the next above it: 0, 20, 40 … or 0, 0.05, 0.1 …"""
    return ticks_between(0, most, wanted) if most > 0 else [0.0, 1.0]


def ticks_between(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values from `low` or the next below it to `high` or the next above it."""
    steps = (base * 10.0**exponent for exponent in range(-4, 13) for base in (1, 2, 5))
    span = high - low or abs(high) or 1
    step = next(each for each in steps if span / each <= wanted)
    first, last = int(low // step), int(-(-high // step))
    return [round(step * place, 6) for place in range(first, max(last, first + 1) + 1)]
