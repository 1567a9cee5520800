"""Reading the register's CSV files (S2): by header name, every problem at its own place."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from banding_portal.uploads.results import Issue
from schools.register_columns import LINK_COLUMNS, SCHOOL_COLUMNS, Column
from schools.register_rules import sector_of_school

Row = dict[str, Any]


@dataclass
class RegisterFile:
    """What was read: rows by field name, in file order, and the problems found."""

    rows: list[Row] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    without_sector: dict[str, int] = field(default_factory=dict)
    """Rows left out by name of their type: the register says no sector for them (S3)."""


@dataclass(frozen=True)
class Table:
    """The columns found in a file and their positions."""

    sheet: str
    places: tuple[tuple[Column, int], ...]
    width: int


def read_schools(content: bytes, *, la_code: str = "", sheet: str = "Register") -> RegisterFile:
    """Read the register of schools; with `la_code` only that authority's rows.

    Rows hold the fields of School. Rows without a sector are counted, not returned.
    """
    found = read_file(content, SCHOOL_COLUMNS, sheet)
    kept: list[Row] = []
    for row in found.rows:
        if la_code and row["la_code"] != la_code:
            continue
        row["sector"] = sector_of_school(
            type_code=row["type_code"],
            phase_code=row.pop("phase_code"),
            group_code=row["type_group_code"],
        )
        if row["sector"]:
            kept.append(row)
        else:
            name = row["type_name"] or "no type"
            found.without_sector[name] = found.without_sector.get(name, 0) + 1
    found.rows = kept
    return found


def read_links(content: bytes, *, sheet: str = "Links") -> RegisterFile:
    """Read the links file. Rows hold `urn` and the fields of SchoolLink; repeats are dropped."""
    found = read_file(content, LINK_COLUMNS, sheet, unique=())
    once = {(row["urn"], row["linked_urn"], row["kind"]): row for row in found.rows}
    found.rows = list(once.values())
    return found


def read_file(
    content: bytes, columns: Sequence[Column], sheet: str, unique: Sequence[str] = ("urn",)
) -> RegisterFile:
    """Read a CSV by its headings; `unique` fields must not come twice."""
    found = RegisterFile()
    try:
        lines = csv.reader(io.StringIO(decode(content), newline=""), strict=True)
        heads = [head.strip() for head in next(lines, [])]
        table = find_columns(heads, columns, sheet, found.issues)
        if table is None:
            return found
        seen: dict[tuple[str, Any], int] = {}
        for number, cells in enumerate(lines, start=2):
            if any(cell.strip() for cell in cells):
                read_row(table, number, cells, found, seen, unique)
    except (csv.Error, UnicodeDecodeError):
        text = "This is not a CSV file as the register gives it out. Download it again."
        found.issues.append(Issue(text, sheet=sheet))
    return found


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, with or without a mark, or else in cp1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def find_columns(
    heads: Sequence[str], columns: Sequence[Column], sheet: str, issues: list[Issue]
) -> Table | None:
    """Where each column is, or None when one that is needed is missing or comes twice."""
    before = len(issues)
    places = []
    for column in columns:
        count = heads.count(column.heading)
        if count == 0 and column.required:
            text = f"The column “{column.heading}” is missing."
            issues.append(Issue(text, sheet=sheet, row=1, heading=column.heading))
        elif count > 1:
            text = f"The column “{column.heading}” is there {count} times."
            issues.append(Issue(text, sheet=sheet, row=1, heading=column.heading))
        elif count == 1:
            places.append((column, heads.index(column.heading)))
    return Table(sheet, tuple(places), len(heads)) if len(issues) == before else None


def read_row(
    table: Table,
    number: int,
    cells: Sequence[str],
    found: RegisterFile,
    seen: dict[tuple[str, Any], int],
    unique: Sequence[str],
) -> None:
    """Add the row, or its problems."""
    issues = list(row_shape_issues(table, number, cells))
    row: Row = {}
    for column, place in () if issues else table.places:
        value = cells[place].strip()
        try:
            row[column.field] = column.read(value)
            if column.field in unique:
                first = seen.setdefault((column.field, row[column.field]), number)
                if first != number:
                    raise ValueError(f"It is in row {first} already.")
        except ValueError as problem:
            letter = get_column_letter(place + 1)
            issues.append(
                Issue(
                    str(problem),
                    sheet=table.sheet,
                    row=number,
                    column=letter,
                    heading=column.heading,
                    value=value[:80],
                )
            )
    found.issues += issues
    if not issues:
        found.rows.append(row)


def row_shape_issues(table: Table, number: int, cells: Sequence[str]) -> Iterator[Issue]:
    extra = [cell for cell in cells[table.width :] if cell.strip()]
    if len(cells) < table.width or extra:
        text = f"This row has {len(cells)} values where the heading has {table.width}."
        yield Issue(text, sheet=table.sheet, row=number)
    if any("\0" in cell for cell in cells):
        yield Issue("This row has invisible characters.", sheet=table.sheet, row=number)
