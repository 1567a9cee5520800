"""Bars from zero, and the waterfall from one total to another. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from banding_portal.pictures.labels import LabelLine, label_lines
from banding_portal.pictures.scale import WIDTH, Scale

LABELS, FIGURES = 210, 130
"""Left free on the left and on the right, for the words and the figures of the bars."""
GAP = 12
"""Between a label and its bar."""
ROW, BAR = 32, 20
TEXT = 0.72
"""Text hangs on its base line, below the middle of its bar."""
TOTAL, CHANGE, UP, DOWN = "total", "change", "up", "down"


@dataclass(frozen=True)
class Bar:
    """One row: its words, its figure in words, and the bar's place in the drawing."""

    label: str
    text: str
    kind: str
    x: float
    width: float
    end_x: float
    y: int
    height: int = BAR

    @property
    def middle(self) -> float:
        return self.y + BAR * TEXT

    @property
    def lines(self) -> list[LabelLine]:
        return label_lines(self.label, self.middle, LABELS - GAP)

    @property
    def next_y(self) -> int:
        """The lower edge of the next bar."""
        return self.y + ROW + BAR


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    width: int = WIDTH
    axis_x: int = LABELS
    label_x: int = LABELS - GAP

    @property
    def height(self) -> int:
        return len(self.bars) * ROW


def bars(rows: Sequence[Mapping[str, Any]]) -> Chart:
    """Bars from zero; each row has label, value and optionally text."""
    scale = _scale(0, max([row["value"] for row in rows], default=0))
    return Chart([_bar(row, place, scale, 0, row["value"]) for place, row in enumerate(rows)])


def waterfall(rows: Sequence[Mapping[str, Any]]) -> Chart:
    """A "total" starts at zero, a "change" where the row before ended.

    The scale begins a little under the lowest end, or a small change would not be seen
    beside a large total.
    """
    spans: list[tuple[Any, Any]] = []
    level: Any = 0
    for row in rows:
        start = level if row["kind"] == CHANGE else 0
        level = start + row["value"]
        spans.append((start, level))
    ends = [end for _, end in spans] or [0]
    low, high = min(ends), max(ends)
    lowest = max(low - (high - low) / 4, 0) if low > 0 else low
    scale = _scale(lowest, high)
    return Chart(
        [
            _bar(row, place, scale, max(start, lowest), end, _kind_of(row, start, end))
            for place, (row, (start, end)) in enumerate(zip(rows, spans, strict=True))
        ]
    )


def _scale(low: Any, high: Any) -> Scale:
    return Scale(low, high, LABELS, WIDTH - FIGURES)


def _kind_of(row: Mapping[str, Any], start: Any, end: Any) -> str:
    if row["kind"] != CHANGE:
        return TOTAL
    return UP if end >= start else DOWN


def _bar(
    row: Mapping[str, Any], place: int, scale: Scale, start: Any, end: Any, kind: str = TOTAL
) -> Bar:
    x, width = scale.between(start, end)
    return Bar(
        label=str(row["label"]),
        text=str(row.get("text", row["value"])),
        kind=kind,
        x=x,
        width=width,
        end_x=scale(end),
        y=place * ROW + (ROW - BAR) // 2,
    )
