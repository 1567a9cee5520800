"""Reading the register's CSV files (S2): by header name, every problem at its own place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from banding_portal.files.columns import Column
from banding_portal.files.explaining import headings_to_explain
from banding_portal.files.tables import read_table
from banding_portal.jobs.results import Issue
from schools.register_columns import CODE, DATE, LIMITS, LINK_COLUMNS, SCHOOL_COLUMNS
from schools.register_rules import sector_of_school

Row = dict[str, Any]


@dataclass
class RegisterFile:
    """What was read: rows by field name, in file order, and the problems found."""

    rows: list[Row] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    """Headings of columns that were not read."""
    without_sector: dict[str, int] = field(default_factory=dict)
    """Rows left out by name of their type: the register says no sector for them (S3)."""
    asked: dict[str, Any] = field(default_factory=dict)
    """What to ask a person about headings that are not the register's."""


def read_schools(
    content: bytes, *, la_code: str = "", columns: Sequence[Column] = SCHOOL_COLUMNS
) -> RegisterFile:
    """Read the register of schools; with `la_code` only that authority's rows.

    `columns` may know headings and values of the authority's own.

    Rows hold the fields of School. Rows without a sector are counted, not returned.
    """
    found = read_file(content, columns, "Register")
    every, found.rows = found.rows, []
    for row in every:
        if la_code and row["la_code"] != la_code:
            continue
        row["sector"] = sector_of_school(
            type_code=row["type_code"],
            phase_code=row.pop("phase_code"),
            group_code=row["type_group_code"],
        )
        if row["sector"]:
            found.rows.append(row)
        else:
            name = row["type_name"] or "no type"
            found.without_sector[name] = found.without_sector.get(name, 0) + 1
    return found


def read_links(content: bytes) -> RegisterFile:
    """Read the links file. Rows hold `urn` and the fields of SchoolLink; repeats are dropped."""
    found = read_file(content, LINK_COLUMNS, "Links")
    once = {(row["urn"], row["linked_urn"], row["kind"]): row for row in found.rows}
    found.rows = list(once.values())
    return found


def read_file(content: bytes, columns: Sequence[Column], name: str) -> RegisterFile:
    """The rows of a sound file, with what is blank as the model keeps it; else its issues."""
    table = read_table(f"{name}.csv", content, columns, LIMITS, name=name)
    has_something = table.lines or table.headings.issues
    if has_something and table.issues:
        asked = headings_to_explain(table, f"{name}.csv", content, LIMITS)
        return RegisterFile(issues=table.issues, asked=asked)
    blank = {
        column.key: None if column.kind in (CODE, DATE) else ""
        for column in columns
        if column.key in table.at
    }
    return RegisterFile(
        [blank | line.read for line in table.lines],
        warnings=table.warnings,
        ignored=table.headings.ignored,
    )
