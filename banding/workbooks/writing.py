"""Writes the workbook of a return (rules.md T1, T2, T9)."""

import io
from collections.abc import Mapping

from openpyxl import Workbook

from banding.workbooks.columns import (
    GUIDANCE,
    JOINER_COLUMNS,
    JOINERS,
    MARK,
    PUPILS,
    Column,
    pupil_columns,
)
from banding.workbooks.contents import CellValue, TemplateContent
from banding.workbooks.guidance import COLUMNS as GUIDANCE_COLUMNS
from banding.workbooks.guidance import guidance_rows
from banding.workbooks.styles import add_styles
from banding.workbooks.tables import write_table

JOINER_ROWS = 100
Rows = Mapping[int, Mapping[str, CellValue]]


def workbook_of(content: TemplateContent) -> bytes:
    """The template as the bytes of an .xlsx file."""
    mark = str(content.mark)
    # Without pupils one row still carries the mark.
    pupils = [{**row, MARK: mark} for row in content.pupils] or [{MARK: mark}]
    return workbook_of_rows(
        content,
        pupil_columns(content.framework),
        dict(enumerate(pupils, start=2)),
        JOINER_COLUMNS,
        {},
    )


def workbook_of_rows(
    content: TemplateContent,
    pupil_columns: tuple[Column, ...],
    pupils: Rows,
    joiner_columns: tuple[Column, ...],
    joiners: Rows,
) -> bytes:
    """A workbook with these rows at their own numbers, and the guidance."""
    book = Workbook()
    book.properties.title = f"{content.collection}: {content.school}"
    book.properties.creator = "Banding portal"
    add_styles(book)
    sheet = book.active
    sheet.title = PUPILS
    write_table(sheet, pupil_columns, pupils, last_row=max(pupils, default=1))
    last = max(max(joiners, default=1), 1 + JOINER_ROWS)
    write_table(book.create_sheet(JOINERS), joiner_columns, joiners, last_row=last)
    guidance = dict(enumerate(guidance_rows(content), start=2))
    write_table(
        book.create_sheet(GUIDANCE),
        GUIDANCE_COLUMNS,
        guidance,
        last_row=max(guidance),
        frozen_columns=0,
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
