"""The sheet a school sent, back with an Errors column, ready to correct and upload (T6)."""

import datetime as dt

from banding.models import TemplateUpload
from banding.templates_io.selectors import template_content
from banding.templates_io.uploads.identity import mark_of_table
from banding.templates_io.uploads.known import LockedReturn
from banding.templates_io.uploads.sheets import TemplateSheets
from banding.templates_io.workbooks.columns import (
    ERRORS_COLUMN,
    JOINER_COLUMNS,
    JOINERS,
    LIMITS,
    TemplateMark,
)
from banding.templates_io.workbooks.tables import CellValue, TableRows
from banding.templates_io.workbooks.writing import workbook_of_tables
from banding_portal.files.cells import Value, shown
from banding_portal.files.columns import Column
from banding_portal.files.marked_copy import Marks, marked_copy, typed_into
from banding_portal.files.marking import Errors, errors_by_row
from banding_portal.files.mending import mends_from
from banding_portal.files.tables import Table
from banding_portal.folding import fold


def can_be_marked(upload: TemplateUpload) -> bool:
    """Whether the problems are in the rows, so that there is a sheet to mark."""
    return bool(upload.issues) and bool(upload.preview.get("marked"))


def marked_workbook(upload: TemplateUpload) -> bytes:
    """The workbook that was sent, with what is wrong beside each row; written anew with the rows
    at their own numbers where it was another kind of file, or is more than can be kept.

    Raises RefusedFileError where the file cannot be read; see `can_be_marked`.
    """
    sheets = TemplateSheets.read(upload.filename, bytes(upload.content), upload.mends)
    known = LockedReturn(upload.pupil_return)
    sheets.match(known.columns)
    if copy := copy_with_errors(upload, sheets):
        return copy
    # A file is marked only once its mark was found right.
    mark = TemplateMark.parse(mark_of_table(sheets.pupils)) or TemplateMark("", "", 0, "")
    content = template_content(upload.pupil_return, mark, known.areas, known.rules)
    pupils = marked_rows(sheets.pupils, errors_of(upload, sheets.pupil_sheet.name))
    joiners = TableRows({})
    if sheets.joiners:
        joiners = marked_rows(sheets.joiners, errors_of(upload, JOINERS))
    return workbook_of_tables(
        content, with_errors(known.columns), pupils, with_errors(JOINER_COLUMNS), joiners
    )


def copy_with_errors(upload: TemplateUpload, sheets: TemplateSheets) -> bytes | None:
    """Own columns, sheets and comments stay."""
    tables = {sheets.pupil_sheet.name: sheets.pupils}
    if sheets.joiners and sheets.joiner_sheet:
        tables[sheets.joiner_sheet.name] = sheets.joiners
    mends = mends_from(upload.mends)
    marks = {
        name: Marks(table.sheet.rows[0].number, errors_of(upload, name), typed_into(name, mends))
        for name, table in tables.items()
    }
    return marked_copy(upload.filename, bytes(upload.content), LIMITS, marks)


def with_errors(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with Errors after those people see, so that the others keep their letters."""
    seen = max(at for at, column in enumerate(columns, start=1) if not column.hidden)
    return (*columns[:seen], ERRORS_COLUMN, *columns[seen:])


def errors_of(upload: TemplateUpload, sheet: str) -> Errors:
    """What is wrong by row number, each problem under its heading."""
    return errors_by_row(each for each in upload.issues if fold(each["sheet"]) == fold(sheet))


def marked_rows(table: Table, errors: Errors) -> TableRows:
    rows = {}
    for row in table.sheet.rows[1:]:
        cells = {key: given(row.at(place)) for key, place in table.at.items()}
        rows[row.number] = cells | {ERRORS_COLUMN.key: errors.get(row.number, "")}
    return TableRows(rows, heading_row=table.sheet.rows[0].number)


def given(value: Value) -> CellValue:
    """A cell as it was; what is not text, a number or a date becomes the text it showed."""
    is_date = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if value is None or is_date or (isinstance(value, int) and not isinstance(value, bool)):
        return value  # type: ignore[return-value]
    return shown(value)
