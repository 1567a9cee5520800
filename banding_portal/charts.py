"""Where the bars of a chart lie. Pure; templates draw them, each beside its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 760
LABELS = 210
FIGURES = 130
ROW = 32
BAR = 20
ROOM = WIDTH - LABELS - FIGURES


@dataclass(frozen=True)
class Bar:
    """One row: its words, its figure in words, and the bar's place in the drawing."""

    label: str
    text: str
    x: float
    y: float
    width: float
    middle: float
    kind: str
    end_x: float
    next_y: float
    height: int = BAR


def scaled(value: Any, lowest: Any, span: Any) -> float:
    return round(LABELS + float(value - lowest) / float(span or 1) * ROOM, 1)


def bars(rows: Sequence[Mapping[str, Any]]) -> list[Bar]:
    """Bars from zero; each row has label, value and optionally text."""
    top = max([row["value"] for row in rows], default=0)
    return [_bar(row, index, 0, row["value"], 0, top, "total") for index, row in enumerate(rows)]


def steps(rows: Sequence[Mapping[str, Any]]) -> list[Bar]:
    """A waterfall: a "total" starts at zero, a "change" where the row before ended.

    The scale begins a little under the lowest end, or a small change would not be seen
    beside a large total.
    """
    spans: list[tuple[Any, Any]] = []
    level: Any = 0
    for row in rows:
        start, level = (
            (level, level + row["value"]) if row["kind"] == "change" else (0, row["value"])
        )
        spans.append((start, level))
    ends = [end for _, end in spans] or [0]
    low, high = min(ends), max(ends)
    lowest = max(low - (high - low) / 4, 0) if low > 0 else low
    result = []
    for index, (row, (start, end)) in enumerate(zip(rows, spans, strict=True)):
        kind = "total" if row["kind"] != "change" else ("up" if end >= start else "down")
        result.append(_bar(row, index, max(start, lowest), end, lowest, high, kind))
    return result


def _bar(
    row: Mapping[str, Any], index: int, start: Any, end: Any, lowest: Any, highest: Any, kind: str
) -> Bar:
    span = highest - lowest
    left, right = sorted((scaled(start, lowest, span), scaled(end, lowest, span)))
    y = index * ROW + (ROW - BAR) // 2
    return Bar(
        label=str(row["label"]),
        text=str(row.get("text", row["value"])),
        x=left,
        y=y,
        width=max(round(right - left, 1), 1),
        middle=y + BAR * 0.72,
        kind=kind,
        end_x=scaled(end, lowest, span),
        next_y=y + ROW + BAR,
    )
