"""Writes the workbook of a return (rules.md T1, T2, T9)."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from banding.templates_io.workbooks.columns import (
    ANSWERS,
    AREA,
    GUIDANCE,
    JOINER_COLUMNS,
    JOINERS,
    KEY,
    LIMITS,
    MARK,
    PUPILS,
    pupil_columns,
)
from banding.templates_io.workbooks.descriptors import describe_headings, prompted
from banding.templates_io.workbooks.guidance import COLUMNS as GUIDANCE_COLUMNS
from banding.templates_io.workbooks.guidance import TemplateContent, guidance_rows
from banding.templates_io.workbooks.styles import add_styles, tint_empty
from banding.templates_io.workbooks.tables import CellValue, TableRows, put, write_table
from banding_portal.files.columns import Column
from banding_portal.files.kinds import OneOf

JOINER_ROWS = 100


def workbook_of(content: TemplateContent, pupils: Sequence[Mapping[str, CellValue]]) -> bytes:
    """The template with a row for each pupil as the bytes of an .xlsx file."""
    mark = str(content.mark)
    # Without pupils one row still carries the mark.
    rows = [{**row, MARK: mark, ANSWERS: row[KEY]} for row in pupils] or [{MARK: mark}]
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
    lists = lists_of(pupil_columns)
    at = {key: cells_of_list(place, len(items)) for place, (key, items) in enumerate(lists.items())}
    columns = prompted(pupil_columns, content.words)
    write_table(book.create_sheet(PUPILS), columns, pupils, lists=at)
    tint_undecided(book[PUPILS], pupil_columns, pupils)
    write_table(
        book.create_sheet(JOINERS),
        joiner_columns,
        joiners,
        empty_rows=JOINER_ROWS,
        room=LIMITS.max_rows,
    )
    explained = list(guidance_rows(content))
    parts = [row["part"] for row in explained]
    describe_headings(book[PUPILS], pupil_columns, content.words, parts, pupils.heading_row)
    guidance = TableRows(dict(enumerate(explained, start=2)))
    write_table(book.create_sheet(GUIDANCE), GUIDANCE_COLUMNS, guidance, frozen_columns=0)
    write_lists(book[GUIDANCE], lists)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lists_of(columns: Sequence[Column]) -> dict[str, list[str]]:
    """What the lists with words show, by column key; the others stand in their own rule."""
    kinds = {column.key: column.kind for column in columns}
    choices = {key: kind.choices for key, kind in kinds.items() if isinstance(kind, OneOf)}
    return {
        key: [choice.listed for choice in found]
        for key, found in choices.items()
        if any(choice.words for choice in found)
    }


def letter_of_list(place: int) -> str:
    """Beside the guidance, with a column between, so that sorting it leaves the lists alone."""
    return get_column_letter(len(GUIDANCE_COLUMNS) + 2 + place)


def cells_of_list(place: int, count: int) -> str:
    letter = letter_of_list(place)
    return f"{GUIDANCE}!${letter}$1:${letter}${count}"


def write_lists(sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    for place, items in enumerate(lists.values()):
        letter = letter_of_list(place)
        sheet.column_dimensions[letter].hidden = True
        for number, item in enumerate(items, start=1):
            put(sheet[f"{letter}{number}"], item)


def tint_undecided(sheet: Worksheet, columns: Sequence[Column], table: TableRows) -> None:
    """The level and band of a pupil of whom nothing else is said are amber while they are empty."""
    letters = {column.key: get_column_letter(at) for at, column in enumerate(columns, start=1)}
    first, last = table.heading_row + 1, max(table.last, table.heading_row + 1)
    for column in columns:
        if column.key == "band" or column.key.startswith(AREA):
            here, key, change = letters[column.key], letters[KEY], letters["change"]
            formula = f'AND(${key}{first}<>"",${change}{first}="",{here}{first}="")'
            tint_empty(sheet, f"{here}{first}:{here}{last}", formula)
