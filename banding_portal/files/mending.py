"""Cells of a file put right on screen: laid over what was read, before anything is checked. Pure.

A file that was sent is never changed; what a person typed instead stands beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from banding_portal.files.cells import Row, Sheet, Value, column_place
from banding_portal.folding import fold


@dataclass(frozen=True)
class Mend:
    """What one cell is to say, or that its whole row is left out: then it has no column."""

    sheet: str
    row: int
    column: str = ""
    """The column letter."""
    value: str = ""
    was: str = ""

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def mends_from(kept: Iterable[Mapping[str, Any]]) -> list[Mend]:
    return [Mend(**each) for each in kept]


def mended_sheet(sheet: Sheet, mends: Iterable[Mend]) -> Sheet:
    """The sheet with what was typed in place of what stood there; the last word on a cell holds."""
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    for each in mends:
        if fold(each.sheet) == fold(sheet.name):
            cells[each.row][each.column] = each.value
    if not cells:
        return sheet
    rows = (
        mended_row(sheet, row, cells[row.number]) if row.number in cells else row
        for row in sheet.rows
        if "" not in cells.get(row.number, ())
    )
    return replace(sheet, rows=tuple(rows))


def mended_row(sheet: Sheet, row: Row, cells: Mapping[str, str]) -> Row:
    values: list[Value] = [*row.values]
    for column, text in cells.items():
        at = sheet.at(column_place(column))
        if at is not None:
            values += [None] * (at + 1 - len(values))
            values[at] = text.strip() or None
    return replace(row, values=tuple(values))
