"""Writes one table of a workbook: headings, rows, lists to choose from (rules.md T1, T9)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from banding.templates_io.workbooks.styles import cell_style, heading_style, protect, set_page
from banding_portal.files.columns import Column
from banding_portal.files.kinds import OneOf

LONGEST_LIST = 255
LONGEST_PROMPT = 250
HEADING_HEIGHT = 48
CellValue = str | int | dt.date | None
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class TableRows:
    """Rows of cells by column key, at their own row numbers."""

    rows: Mapping[int, Mapping[str, CellValue]]
    heading_row: int = 1

    @property
    def last(self) -> int:
        return max(self.rows, default=self.heading_row)


def write_table(
    sheet: Worksheet,
    columns: Sequence[Column],
    table: TableRows,
    *,
    empty_rows: int = 0,
    frozen_columns: int = 2,
) -> None:
    """Write rows at their own numbers; cells are styled, and lists offered, `empty_rows` beyond."""
    heading_row = table.heading_row
    last_row = max(table.last, heading_row + empty_rows)
    for place, column in enumerate(columns, start=1):
        heading = sheet.cell(heading_row, place, column.heading)
        heading.style = heading_style(column)
        shape = sheet.column_dimensions[get_column_letter(place)]
        shape.width, shape.hidden = column.width, column.hidden
    sheet.row_dimensions[heading_row].height = HEADING_HEIGHT
    for number in range(heading_row + 1, last_row + 1):
        row = table.rows.get(number, {})
        for place, column in enumerate(columns, start=1):
            cell = sheet.cell(number, place)
            cell.style = cell_style(column.kind.is_date, not column.given)
            put(cell, row.get(column.key))
    for place, column in enumerate(columns, start=1):
        offer_list(sheet, column, place, heading_row + 1, max(last_row, heading_row + 1))
    corner = f"{get_column_letter(frozen_columns + 1)}{heading_row + 1}"
    set_page(sheet, corner, heading_row)
    protect(sheet)


def put(cell: Cell | MergedCell, value: CellValue) -> None:
    """Write a value; text stays text, whatever it begins with (T9)."""
    if value is None or value == "":
        return
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "DD/MM/YYYY"
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    if value.lstrip().startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def offer_list(sheet: Worksheet, column: Column, place: int, first: int, last: int) -> None:
    """A list to choose from and a word of help on the cells people fill in."""
    if column.given:
        return
    choices = column.kind.choices if isinstance(column.kind, OneOf) else ()
    shown = ",".join(choice.shown for choice in choices)
    listed = 0 < len(shown) <= LONGEST_LIST
    if listed:
        rule = DataValidation(type="list", formula1=f'"{shown}"', allow_blank=True)
        rule.errorTitle, rule.error = column.heading[:32], f"Choose {column.kind.allowed}."[:255]
    else:
        rule = DataValidation(allow_blank=True)
    rule.promptTitle, rule.prompt = column.heading[:32], column.help[:LONGEST_PROMPT]
    rule.showInputMessage, rule.showErrorMessage = True, listed
    letter = get_column_letter(place)
    rule.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(rule)
