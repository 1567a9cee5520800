"""Swings to both sides of one line, the widest on top. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from banding_portal.pictures.bars import BAR, FIGURES, GAP, ROW, TEXT
from banding_portal.pictures.labels import LabelLine, label_lines
from banding_portal.pictures.scale import WIDTH, Scale

LABELS = 250
"""Left free on the left: what swings has two names, a band’s and a sector’s."""


@dataclass(frozen=True)
class SwingBar:
    """One row: its words, its figures in words, and the two halves of its bar."""

    label: str
    texts: tuple[str, str]
    down_x: float
    down_width: float
    up_x: float
    up_width: float
    y: int
    height: int = BAR

    @property
    def middle(self) -> float:
        return self.y + BAR * TEXT

    @property
    def lines(self) -> list[LabelLine]:
        return label_lines(self.label, self.middle, LABELS - GAP)


@dataclass(frozen=True)
class Tornado:
    bars: list[SwingBar]
    axis_x: float
    width: int = WIDTH
    label_x: int = LABELS - GAP

    @property
    def height(self) -> int:
        return len(self.bars) * ROW


def tornado(rows: Sequence[Mapping[str, Any]]) -> Tornado:
    """Each row has a label, `ends` (what changes downwards and upwards) and their `texts`."""
    furthest = max((abs(end) for row in rows for end in row["ends"]), default=0)
    scale = Scale(-furthest, furthest, LABELS, WIDTH - FIGURES)
    return Tornado([_bar(row, place, scale) for place, row in enumerate(rows)], scale(0))


def _bar(row: Mapping[str, Any], place: int, scale: Scale) -> SwingBar:
    low, high = sorted(row["ends"])
    y = place * ROW + (ROW - BAR) // 2
    return SwingBar(
        str(row["label"]), tuple(row["texts"]), *scale.between(min(low, 0), 0),
        *scale.between(0, max(high, 0)), y,
    )  # fmt: skip
