"""Tables in an Excel workbook: one table a sheet from A1, no merged cells (Q23, T9).

Rows go straight to the file, so that its size is not held in memory.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import IO, Any, Protocol

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

TEXT, NUMBER, MONEY, DAY, FIGURE = "text", "number", "money", "day", "figure"
"""How a column is shown; a figure has as many decimals as there are, three at most."""
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST_ROW = 1_048_575
# Text is always written as text: a name that begins with = is no formula.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
POUNDS = "£#,##0.00;-£#,##0.00"
DAY_ZERO = dt.date(1899, 12, 30)


class Heading(Protocol):
    """What a table asks of a column."""

    @property
    def heading(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def width(self) -> int: ...


class Book:
    """A workbook and the formats its tables share."""

    def __init__(self, file: IO[bytes], title: str, made: dt.datetime) -> None:
        """`made` is when what it shows came to be, so that it has the same bytes each time."""
        self.book = xlsxwriter.Workbook(file, OPTIONS)
        self.book.set_properties({"title": title, "created": made.astimezone(dt.UTC)})
        self.bold = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.formats: dict[str, Format | None] = {
            TEXT: None,
            NUMBER: self.book.add_format({"num_format": "0"}),
            MONEY: self.book.add_format({"num_format": POUNDS}),
            DAY: self.book.add_format({"num_format": "d mmm yyyy"}),
            FIGURE: self.book.add_format({"num_format": "#,##0.###"}),
        }

        left = {"align": "left"}
        self.facts = {
            TEXT: None,
            NUMBER: self.book.add_format(left | {"num_format": "#,##0"}),
            MONEY: self.book.add_format(left | {"num_format": POUNDS}),
        }

    def close(self) -> None:
        self.book.close()


class Table:
    """A sheet holding one table from A1; what does not fit goes on in a second sheet."""

    def __init__(self, book: Book, name: str, columns: Sequence[Heading]) -> None:
        self.book, self.name, self.columns = book, name, columns
        self.parts = 0
        self._next_part()

    def write(self, values: Sequence[Any]) -> None:
        """One row; a day is its number (`day_number`), None leaves a cell empty."""
        if self.row > LAST_ROW:
            self._next_part()
        self.sheet.write_row(self.row, 0, values)
        self.row += 1

    def write_fact(self, what: str, figure: Any, form: str) -> None:
        """A row of a name and a figure of its own form, at the left like a text."""
        self.sheet.write(self.row, 0, what)
        self.sheet.write(self.row, 1, figure, self.book.facts[form])
        self.row += 1

    def end(self) -> None:
        """The filter over the rows of the last part."""
        if self.row > 1:
            self.sheet.autofilter(0, 0, self.row - 1, len(self.columns) - 1)

    def _next_part(self) -> None:
        if self.parts:
            self.end()
        self.parts += 1
        name = self.name if self.parts == 1 else f"{self.name[:28]} {self.parts}"
        self.sheet: Worksheet = self.book.book.add_worksheet(name)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, column.width, self.book.formats[column.form])
            self.sheet.write_string(0, place, column.heading, self.book.bold)
        self.row = 1


def day_number(day: dt.date) -> int:
    """The number a workbook holds for a day."""
    return (day - DAY_ZERO).days


def sum_of(amounts: Sequence[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))
