"""Two bars for each thing, one above the other: one's own and what it is compared with. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from banding_portal.pictures.bars import FIGURES, GAP, LABELS
from banding_portal.pictures.labels import LabelLine, label_lines
from banding_portal.pictures.scale import WIDTH, Scale

ROW, BAR = 52, 18


@dataclass(frozen=True)
class PairBar:
    """One of the two; without a width where its value is not shown."""

    x: float
    width: float
    y: int
    text: str
    is_own: bool
    height: int = BAR

    @property
    def middle(self) -> float:
        return self.y + BAR * 0.75


@dataclass(frozen=True)
class Pair:
    label: str
    middle: float
    bars: tuple[PairBar, ...]

    @property
    def lines(self) -> list[LabelLine]:
        return label_lines(self.label, self.middle, LABELS - GAP)


@dataclass(frozen=True)
class PairChart:
    pairs: list[Pair]
    width: int = WIDTH
    axis_x: int = LABELS
    label_x: int = LABELS - GAP

    @property
    def height(self) -> int:
        return len(self.pairs) * ROW


def pairs(rows: Sequence[Mapping[str, Any]]) -> PairChart:
    """Each row has a label, two `values`, of which one may be None, and their `texts`."""
    known = [value for row in rows for value in row["values"] if value is not None]
    scale = Scale(0, max(known, default=0), LABELS, WIDTH - FIGURES)
    return PairChart([pair_of(row, place, scale) for place, row in enumerate(rows)])


def pair_of(row: Mapping[str, Any], place: int, scale: Scale) -> Pair:
    top = place * ROW + 6
    bars = tuple(
        bar_of(value, text, top + BAR * nth, scale, is_own=nth == 0)
        for nth, (value, text) in enumerate(zip(row["values"], row["texts"], strict=True))
    )
    return Pair(str(row["label"]), top + BAR * 1.3, bars)


def bar_of(value: Any, text: str, y: int, scale: Scale, *, is_own: bool) -> PairBar:
    x, width = scale.between(0, value) if value else (scale.left, 0)
    return PairBar(x, width, y, text, is_own)
