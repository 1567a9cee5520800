"""Writes one table of a workbook: headings, rows, lists to choose from (rules.md T1, T9)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from banding.details.rules import DETAILS
from banding.templates_io.workbooks.styles import (
    DATE_FORMAT,
    TEXT_FORMAT,
    cell_style,
    heading_style,
    protect,
    set_page,
)
from banding_portal.files.columns import Column
from banding_portal.files.kinds import OneOf

LONGEST_LIST = 255
LONGEST_PROMPT = 250
HEADING_HEIGHT = 48
CellValue = str | int | dt.date | None
GIVEN = "The portal filled in this cell. What you type here is not read."
CORRECTION = (
    "The portal filled in this cell. If it is wrong, type what is right: when you upload the file "
    "you can ask the authority to correct it."
)
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
    room: int = 0,
    frozen_columns: int = 2,
    lists: Mapping[str, str] | None = None,
) -> None:
    """Write rows at their own numbers; `empty_rows` of them are styled at least, and there is room
    for so many to be typed in. `lists` are the cells with the choices of a column, by its key.
    """
    heading_row = table.heading_row
    last_row = max(table.last, heading_row + empty_rows)
    write_headings(sheet, columns, heading_row)
    for number in range(heading_row + 1, last_row + 1):
        row = table.rows.get(number, {})
        for place, column in enumerate(columns, start=1):
            cell = sheet.cell(number, place)
            cell.style = cell_style(column.kind.is_date, not column.given)
            put(cell, row.get(column.key))
    first, checked = heading_row + 1, max(last_row, heading_row + room, heading_row + 1)
    if any(not column.given for column in columns):
        for place, column in enumerate(columns, start=1):
            cells = f"{get_column_letter(place)}{first}:{{}}{checked}"
            check_cells(sheet, column, cells, lists or {})
    letter = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A{heading_row}:{letter}{max(last_row, first)}"
    set_page(sheet, f"{get_column_letter(frozen_columns + 1)}{first}", heading_row)
    protect(sheet)


def write_headings(sheet: Worksheet, columns: Sequence[Column], heading_row: int) -> None:
    for place, column in enumerate(columns, start=1):
        heading = sheet.cell(heading_row, place, column.heading)
        heading.style = heading_style(column)
        shape = sheet.column_dimensions[get_column_letter(place)]
        shape.width, shape.hidden = column.width, column.hidden
        # Of every row below those that are written, which people may type in too.
        shape.protection = Protection(locked=False)
        shape.number_format = DATE_FORMAT if column.kind.is_date else TEXT_FORMAT
    sheet.row_dimensions[heading_row].height = HEADING_HEIGHT


def put(cell: Cell | MergedCell, value: CellValue) -> None:
    """Write a value; text stays text, whatever it begins with (T9)."""
    if value is None or value == "":
        return
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = DATE_FORMAT
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    if value.lstrip().startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def check_cells(sheet: Worksheet, column: Column, cells: str, lists: Mapping[str, str]) -> None:
    """A list to choose from and a word of help where people fill in; elsewhere what is typed is
    refused, or asked about where it may be a correction.
    """
    letter = cells.partition(":")[0].rstrip("0123456789")
    rule = rule_of_given(column) if column.given else rule_to_fill_in(column, lists)
    rule.add(cells.format(letter))
    sheet.add_data_validation(rule)


def rule_of_given(column: Column) -> DataValidation:
    rule = DataValidation(type="custom", formula1="FALSE", allow_blank=False)
    rule.errorTitle, rule.error = "Filled in for you", GIVEN
    if column.key in DETAILS:
        rule.errorStyle, rule.error = "warning", CORRECTION
    rule.showErrorMessage = True
    return rule


def rule_to_fill_in(column: Column, lists: Mapping[str, str]) -> DataValidation:
    choices = column.kind.choices if isinstance(column.kind, OneOf) else ()
    shown = ",".join(choice.shown for choice in choices)
    listed = 0 < len(shown) <= LONGEST_LIST
    if column.key in lists:
        # The shown alone may be typed too; the check of the file tells what is neither.
        rule = DataValidation(type="list", formula1=lists[column.key], allow_blank=True)
        listed = False
    elif listed:
        rule = DataValidation(type="list", formula1=f'"{shown}"', allow_blank=True)
        rule.errorTitle, rule.error = column.heading[:32], f"Choose {column.kind.allowed}."[:255]
    else:
        rule = DataValidation(allow_blank=True)
    rule.promptTitle, rule.prompt = column.heading[:32], column.help[:LONGEST_PROMPT]
    rule.showInputMessage, rule.showErrorMessage = True, listed
    return rule
