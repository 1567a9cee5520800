"""Writes the workbook of a return (rules.md T1, T2, T9)."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from banding.templates_io.workbooks.columns import (
    GUIDANCE,
    JOINER_COLUMNS,
    JOINERS,
    MARK,
    PUPILS,
    pupil_columns,
)
from banding.templates_io.workbooks.guidance import COLUMNS as GUIDANCE_COLUMNS
from banding.templates_io.workbooks.guidance import TemplateContent, guidance_rows
from banding.templates_io.workbooks.styles import add_styles
from banding.templates_io.workbooks.tables import CellValue, write_table
from banding_portal.files.columns import Column

JOINER_ROWS = 100


@dataclass(frozen=True)
class TableRows:
    """Rows of cells by column key, at their own row numbers."""

    rows: Mapping[int, Mapping[str, CellValue]]
    heading_row: int = 1

    @property
    def last(self) -> int:
        return max(self.rows, default=self.heading_row)


def workbook_of(content: TemplateContent, pupils: Sequence[Mapping[str, CellValue]]) -> bytes:
    """The template with a row for each pupil as the bytes of an .xlsx file."""
    mark = str(content.mark)
    # Without pupils one row still carries the mark.
    rows = [{**row, MARK: mark} for row in pupils] or [{MARK: mark}]
    return workbook_of_tables(
        content,
        pupil_columns(content.rules),
        TableRows(dict(enumerate(rows, start=2))),
        JOINER_COLUMNS,
        TableRows({}),
    )


def workbook_of_tables(
    content: TemplateContent,
    pupil_columns: Sequence[Column],
    pupils: TableRows,
    joiner_columns: Sequence[Column],
    joiners: TableRows,
) -> bytes:
    """A workbook with these rows, and the guidance."""
    book = Workbook()
    book.properties.title = f"{content.collection}: {content.school}"
    book.properties.creator = "Banding portal"
    add_styles(book)
    for sheet in book.worksheets:
        book.remove(sheet)
    write(book.create_sheet(PUPILS), pupil_columns, pupils, pupils.last)
    to_fill_in = max(joiners.last, joiners.heading_row + JOINER_ROWS)
    write(book.create_sheet(JOINERS), joiner_columns, joiners, to_fill_in)
    guidance = TableRows(dict(enumerate(guidance_rows(content), start=2)))
    write(book.create_sheet(GUIDANCE), GUIDANCE_COLUMNS, guidance, guidance.last, frozen_columns=0)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write(
    sheet: Worksheet,
    columns: Sequence[Column],
    table: TableRows,
    last_row: int,
    frozen_columns: int = 2,
) -> None:
    write_table(
        sheet,
        columns,
        table.rows,
        last_row=last_row,
        frozen_columns=frozen_columns,
        heading_row=table.heading_row,
    )
