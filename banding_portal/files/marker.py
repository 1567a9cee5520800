"""Adds a column Errors to a workbook from standard input; writes the workbook to standard output.

Runs as a process of its own, like reader.py: `python -I marker.py`. The first line of the input
is JSON, `{"memory": …, "seconds": …, "most_columns": …, "sheets": {name: …}}`, and says of each
sheet its row of headings, the errors by row, and what was typed on screen instead, by row and
column. All else in the workbook stays as the person made it, but formulas become text (T9).
Where the library cannot do it, it ends with another exit code than 0.
"""

import io
import json
import resource
import sys
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

ERRORS = "Errors"
WIDE, LONGEST = 60, 32_767
MOST_CELLS = 1_000_000
MEGABYTE = 1024 * 1024
LARGEST_FILE = 200 * MEGABYTE
"""The library writes each sheet into a file of its own first."""


def limit_this_process(memory: int, seconds: int) -> None:
    limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds}
    limits |= {resource.RLIMIT_FSIZE: LARGEST_FILE, resource.RLIMIT_CORE: 0}
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def marked(content: bytes, asked: dict[str, Any]) -> bytes:
    book = load_workbook(io.BytesIO(content), keep_links=False)
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise ValueError(sheet.max_row)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    put(cell, formula_of(cell.value))
    for name, told in asked["sheets"].items():
        mark(book[name], told, asked["most_columns"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formula_of(value: Any) -> str:
    """Also of one that fills several cells."""
    return str(getattr(value, "text", None) or value)


def mark(sheet: Any, told: dict[str, Any], most_columns: int) -> None:
    for row, cells in told["typed"].items():
        for cell in sheet[int(row)] if "" in cells else ():  # The whole row was left out.
            put(cell, "")
        for column, text in cells.items():
            if column:
                put(sheet[f"{column}{row}"], text)
    heading_row = told["heading_row"]
    place = place_of_errors(sheet, heading_row)
    if place > most_columns:
        raise ValueError(place)
    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for number in range(heading_row, sheet.max_row + 1):
        said = ERRORS if number == heading_row else told["errors"].get(str(number), "")
        cell = sheet.cell(number, place)
        put(cell, said[:LONGEST])
        if said:
            cell.alignment, cell.font = wrapped, bold
    shape = sheet.column_dimensions[get_column_letter(place)]
    shape.width, shape.hidden = WIDE, False


def place_of_errors(sheet: Any, heading_row: int) -> int:
    """Where Errors stands already, else beyond all that is there."""
    for cell in sheet[heading_row]:
        if str(cell.value or "").strip().casefold() == ERRORS.casefold():
            return int(cell.column)
    return int(sheet.max_column) + 1


def put(cell: Any, text: str) -> None:
    """As text, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith("=")


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    limit_this_process(asked["memory"], asked["seconds"])
    sys.stdout.buffer.write(marked(sys.stdin.buffer.read(), asked))


if __name__ == "__main__":
    main()
