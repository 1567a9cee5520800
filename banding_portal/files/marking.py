"""The sheet a person sent, back with an Errors column beside their own (rules.md T6). Pure."""

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from banding_portal.files.cells import Row, Sheet, Value, shown
from banding_portal.files.columns import Column
from banding_portal.files.headings import ERRORS, starting_at_headings
from banding_portal.files.reader import folded_heading

# Text is always written as text: a name that begins with = is no formula (T9).
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST = 32_767
WIDE = 60
NAME = "Rows"
Errors = Mapping[int, str]


def errors_by_row(problems: Iterable[dict[str, Any]]) -> dict[int, str]:
    """What is wrong by row number, each problem on its line, under its heading."""
    texts: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        if problem["row"]:
            texts[problem["row"]].append(error_text(problem))
    return {number: "\n".join(lines) for number, lines in texts.items()}


def error_text(problem: dict[str, Any]) -> str:
    text = " ".join(part for part in (problem["message"], problem["allowed"]) if part)
    heading = f"{problem['heading']}: " if problem["heading"] else ""
    return f"{heading}{text.rstrip('.')}."


def marked_sheet(sheet: Sheet, columns: Sequence[Column], errors: Errors) -> bytes:
    """An .xlsx with every cell of the sheet at its own place, and what is wrong with each row.

    A column Errors of an earlier time is written over; it is ignored on the way in.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    wrapped = book.add_format({"text_wrap": True, "bold": True, "valign": "top"})
    page = book.add_worksheet(sheet.name[:31] or NAME)
    head = starting_at_headings(sheet, columns).rows[0]
    place = place_of_errors(sheet, head)
    for row in sheet.rows:
        for at, value in enumerate(row.values):
            if at != place and value is not None:
                write(page, row.number - 1, at, value, day)
        said = ERRORS if row is head else errors.get(row.number, "")
        if said:
            page.write_string(row.number - 1, place, said[:LONGEST], wrapped)
    page.set_column(place, place, WIDE)
    page.freeze_panes(head.number, 0)
    book.close()
    return out.getvalue()


def place_of_errors(sheet: Sheet, head: Row) -> int:
    """Where Errors stands already, else beyond all that is there."""
    for at, value in enumerate(head.values):
        if isinstance(value, str) and folded_heading(value) == folded_heading(ERRORS):
            return at
    return max(len(row.values) for row in sheet.rows)


def write(page: Any, row: int, place: int, value: Value, day: Any) -> None:
    """Numbers and dates stay what they are; the rest is the text it showed."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, place, value)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        page.write_datetime(row, place, value, day)
    else:
        page.write_string(row, place, shown(value)[:LONGEST])
