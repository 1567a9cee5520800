"""The rows of a sheet read with its columns; everything wrong is an issue at its place (T3, T5)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from banding_portal.files.cells import ErrorValue, Formula, Row, Sheet, Value, column_letter, shown
from banding_portal.files.columns import Column
from banding_portal.files.headings import SHOWN, Headings, match_headings, starting_at_headings
from banding_portal.files.kinds import BadValueError
from banding_portal.files.limits import Limits, RefusedFileError
from banding_portal.files.mending import mended_sheet, mends_from
from banding_portal.files.reading import read_sheets
from banding_portal.jobs.results import Issue

TOTAL = re.compile(r"=\s*(SUM|SUBTOTAL|COUNTA?|AVERAGE|COUNTIFS?)\s*\(", re.IGNORECASE)
TOTALS = "This row has totals worked out by Excel, so it is not a row of the list. Delete it."


@dataclass(slots=True)
class TableLine:
    """A row by column key: what was read, what was given, and what is wrong with it.

    `line["band"]` is the value read, None where the cell is blank or could not be taken.
    """

    table: "Table"
    row: Row
    read: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    """Key of the column, what is wrong, what is allowed."""
    who: str = ""

    def __getitem__(self, key: str) -> Any:
        return self.read.get(key)

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def issues(self) -> list[Issue]:
        return [self.note(*problem) for problem in self.problems]

    def text(self, key: str) -> str:
        """What was read as text; empty for a blank or bad cell."""
        value = self.read.get(key)
        return value if isinstance(value, str) else ""

    def cell(self, key: str) -> Value:
        at = self.table.at.get(key)
        return None if at is None else self.row.at(at)

    def given(self, key: str) -> str:
        """What stands in the cell, as the person sees it."""
        return shown(self.cell(key))

    def is_blank(self, keys: Iterable[str]) -> bool:
        """Whether nothing at all is given in these columns."""
        return not any(self.given(key).strip() for key in keys)

    def refuse(self, key: str, message: str, allowed: str = "") -> None:
        self.problems.append((key, message, allowed))

    def note(self, key: str, message: str, allowed: str = "") -> Issue:
        """An issue or warning about a cell of this row; its place is the file's own."""
        place = self.table.headings.places.get(key)
        return Issue(
            message,
            sheet=self.table.sheet.name,
            row=self.number,
            column="" if place is None else column_letter(place),
            heading=self.table.columns[key].heading if key else "",
            value=self.given(key)[:SHOWN],
            allowed=allowed,
            who=self.who,
        )


@dataclass
class Table:
    """A sheet with its columns found; the column with the key `who` names whom a row is about."""

    sheet: Sheet
    columns: dict[str, Column]
    headings: Headings
    who: str = ""
    whole_lines: bool = False
    """Refuse a line of a CSV file that ends too soon; spreadsheets leave blanks at the end out."""

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        columns: Sequence[Column],
        *,
        advice: str = "",
        who: str = "",
        whole_lines: bool = False,
    ) -> "Table":
        sheet = starting_at_headings(sheet, columns)
        headings = match_headings(sheet, columns, advice)
        return cls(sheet, {column.key: column for column in columns}, headings, who, whole_lines)

    @cached_property
    def at(self) -> dict[str, int]:
        """Where in a row's values each column is."""
        places = self.headings.places
        if self.sheet.kept is None:
            return places
        kept = {place: at for at, place in enumerate(self.sheet.kept)}
        return {key: kept[place] for key, place in places.items()}

    @cached_property
    def lines(self) -> list[TableLine]:
        """Every row that has something in our columns, taken as far as it can be."""
        if self.headings.issues:
            return []
        taken = [(self.columns[key], at) for key, at in self.at.items()]
        seen: dict[tuple[str, Any], int] = {}
        lines = (self.line(row, taken, seen) for row in self.sheet.rows[1:])
        return [line for line in lines if line]

    def line(
        self, row: Row, taken: list[tuple[Column, int]], seen: dict[tuple[str, Any], int]
    ) -> TableLine | None:
        line = TableLine(self, row)
        values, count = row.values, len(row.values)
        if any(map(is_total, values)):
            line.problems = [("", TOTALS, "")]
            return line
        is_blank = not self.is_ragged(row)
        for column, at in taken:
            value = values[at] if at < count else None
            if value is None:
                if column.filled:
                    line.refuse(column.key, *column.wanted)
                continue
            is_blank = False
            try:
                line.read[column.key] = read_cell(column, value)
            except BadValueError as bad:
                if not column.given:
                    said = str(bad).replace("{cell}", self.cell_name(column, row))
                    line.refuse(column.key, said, bad.allowed)
        if is_blank:
            return None
        line.who = shown(line.read.get(self.who))
        if self.is_ragged(row):
            said = f"This row has {row.width} values where the heading has {self.width}."
            line.problems = [("", said, "")]
        self.check_unique(line, seen)
        return line

    def cell_name(self, column: Column, row: Row) -> str:
        return f"{column_letter(self.headings.places[column.key])}{row.number}"

    def is_ragged(self, row: Row) -> bool:
        """Whether a line of a CSV file has lost or split some of its values."""
        if row.width is None:
            return False
        return row.width > self.width or (self.whole_lines and row.width < self.width)

    @property
    def width(self) -> int:
        return len(self.sheet.rows[0].values)

    def check_unique(self, line: TableLine, seen: dict[tuple[str, Any], int]) -> None:
        for key, column in self.columns.items():
            if column.unique and line[key] is not None:
                first = seen.setdefault((key, line[key]), line.number)
                if first != line.number:
                    line.refuse(key, f"Row {first} has this already.")

    @property
    def issues(self) -> list[Issue]:
        """Of the headings, else of the rows in their order; or that there is none."""
        if self.headings.issues:
            return self.headings.issues
        if not self.lines:
            return [Issue("There are headings but no rows.", sheet=self.sheet.name)]
        found = [issue for line in self.lines for issue in line.issues]
        return sorted(found, key=lambda issue: (issue.row or 0, len(issue.column), issue.column))

    @property
    def warnings(self) -> list[Issue]:
        """What is to be confirmed of the file as a whole."""
        letters = self.sheet.letters
        sheet = self.sheet.name
        found = [Issue(str(letters), sheet=sheet, who="the whole file")] if letters else []
        return [*found, *self.merged_cells()]

    def merged_cells(self) -> list[Issue]:
        """Below the headings all but the first of merged cells are read as blank."""
        places = self.headings.places.values()
        top = self.sheet.rows[0].number if self.sheet.rows else 0
        return [
            Issue(
                f"Cells {one.first} to {one.last} are merged. Only {one.first} has a value; the "
                "others are read as blank",
                sheet=self.sheet.name,
                row=one.first_row,
                column=column_letter(one.first_column),
                who=f"{one.first} to {one.last}",
            )
            for one in self.sheet.merged
            if one.last_row > top
            and any(one.first_column <= place <= one.last_column for place in places)
        ]


def read_table(
    filename: str,
    content: bytes,
    columns: Sequence[Column],
    limits: Limits,
    *,
    who: str = "",
    name: str = "",
    mends: Iterable[Mapping[str, Any]] = (),
    only: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """The first sheet of a file, read. A file that is not opened at all has one issue (T8).

    `name` is what to call the sheet of a .csv file, which has no name of its own; `mends` are
    what was typed on screen in place of some cells; with `only`, patterns by heading, no other
    rows are read.
    """
    keep = [name for column in columns for name in column.names]
    try:
        sheets = read_sheets(filename, content, limits, keep=keep, only=only)
    except RefusedFileError as refusal:
        refused = Headings(issues=[Issue(str(refusal), sheet=name)])
        return Table(Sheet("", ()), {}, refused)
    sheet = sheets[0] if sheets else Sheet("", ())
    sheet = mended_sheet(replace(sheet, name=sheet.name or name), mends_from(mends))
    return Table.of(sheet, columns, who=who, whole_lines=limits.whole_lines)


def is_total(value: Value) -> bool:
    return value.__class__ is Formula and bool(TOTAL.match(str(value)))


def read_cell(column: Column, value: Value) -> Any:
    """The value of a cell that is not blank. Raises BadValueError; “{cell}” is its address."""
    if isinstance(value, Formula):
        raise BadValueError("Cell {cell} holds a formula. Type the value itself.")
    if isinstance(value, ErrorValue):
        raise BadValueError("Cell {cell} holds an Excel error. Type the value itself.")
    return column.kind.read(value)
