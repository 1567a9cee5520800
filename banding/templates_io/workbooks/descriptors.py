"""The descriptors within reach of the row one fills in: as a note of each heading, which stays in
sight and leads to the Guidance sheet, and beside the cell itself where they are short enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from banding.templates_io.workbooks.columns import AREA, GUIDANCE
from banding.templates_io.workbooks.tables import LONGEST_PROMPT
from banding_portal.files.columns import Column

Words = Sequence[tuple[str, str, str]]
"""Part of the guidance, item and text."""
BANDS = "Bands"
LONGEST_NOTE = 32_000
WIDTH, LINE, LETTERS, TALLEST = 520, 16, 80, 640
"""Of a note in pixels, and about how many letters fit in a line."""


def part_of(column: Column) -> str:
    """The part of the guidance that says what may stand in a column; empty where there is none."""
    if column.key.startswith(AREA):
        return column.heading
    return BANDS if column.key == "band" else ""


def lines_of(column: Column, words: Words) -> list[str]:
    part = part_of(column)
    return [f"{item}: {text}" for name, item, text in words if name == part and text]


def prompted(columns: Iterable[Column], words: Words) -> list[Column]:
    """With the descriptors themselves as the help of a cell, where they fit."""
    found = []
    for column in columns:
        text = "\n".join(lines_of(column, words))
        found.append(replace(column, help=text) if 0 < len(text) <= LONGEST_PROMPT else column)
    return found


def describe_headings(
    sheet: Worksheet, columns: Sequence[Column], words: Words, rows: Sequence[str], heading_row: int
) -> None:
    """`rows` are the parts of the Guidance sheet, row by row below its heading."""
    for place, column in enumerate(columns, start=1):
        lines = lines_of(column, words)
        if not lines:
            continue
        cell = sheet[f"{get_column_letter(place)}{heading_row}"]
        tall = LINE * (1 + sum(1 + len(line) // LETTERS for line in lines))
        note = Comment("\n".join(lines)[:LONGEST_NOTE], "Banding portal", min(tall, TALLEST), WIDTH)
        cell.comment = note
        first = rows.index(part_of(column)) + 2
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{GUIDANCE}!A{first}")
