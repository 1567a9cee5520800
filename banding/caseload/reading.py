"""Reading a caseload file into rows, every problem at its own place (rules.md T3, T5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from banding.caseload.columns import COLUMNS, Column, read_cell
from banding_portal.uploads.results import Issue
from banding_portal.workbooks import cells
from banding_portal.workbooks.reading import read_sheets
from banding_portal.workbooks.refusals import TOO_MANY_ROWS, RefusedFile

MAX_ROWS = 40_000
SHOWN = 80


@dataclass(frozen=True)
class CaseloadRow:
    """One row: values by heading, None where the cell is empty or was refused."""

    number: int
    values: dict[str, Any]
    given: cells.Row

    def __getitem__(self, heading: str) -> Any:
        return self.values[heading]


@dataclass
class CaseloadFile:
    """What was read. Issues refuse the file; the rows serve to look for more of them."""

    sheet: str = ""
    places: dict[str, int] = field(default_factory=dict)
    rows: list[CaseloadRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    """Headings that are not part of a caseload; their columns are not read."""

    def refuse(self, row: CaseloadRow, heading: str, message: str, allowed: str = "") -> None:
        """Keep a problem of a cell that was read."""
        self.issues.append(self._issue(row.given, heading, message, row["pupil_id"], allowed))

    def issue(self, row: CaseloadRow, heading: str, message: str) -> Issue:
        return self._issue(row.given, heading, message, row["pupil_id"])

    def _issue(
        self, row: cells.Row, heading: str, message: str, who: str | None, allowed: str = ""
    ) -> Issue:
        place = self.places[heading]
        return Issue(
            message,
            sheet=self.sheet,
            row=row.number,
            column=cells.column_letter(place),
            heading=heading,
            value=cells.shown(row.at(place))[:SHOWN],
            allowed=allowed,
            who=who or "",
        )

    def read_row(self, given: cells.Row) -> CaseloadRow:
        """The row, with its unreadable cells among the issues."""
        values: dict[str, Any] = {}
        problems: list[tuple[str, str]] = []
        for column in COLUMNS:
            try:
                values[column.heading] = read_cell(column, given.at(self.places[column.heading]))
            except ValueError as problem:
                values[column.heading] = None
                problems.append((column.heading, str(problem)))
        for heading, message in problems:
            self.issues.append(self._issue(given, heading, message, values["pupil_id"]))
        return CaseloadRow(given.number, values, given)


def read_caseload(filename: str, content: bytes) -> CaseloadFile:
    """Read a CSV or XLSX. Raises RefusedFile for a file that is not opened at all (T8)."""
    sheet = first_sheet(filename, content)
    found = CaseloadFile(sheet.name)
    if not sheet.rows:
        found.issues.append(Issue("The file is empty.", sheet=sheet.name))
        return found
    find_columns(sheet.rows[0], found)
    if found.issues:
        return found
    found.rows = [found.read_row(row) for row in sheet.rows[1:]]
    if not found.rows:
        found.issues.append(Issue("There are headings but no rows.", sheet=sheet.name))
    return found


def first_sheet(filename: str, content: bytes) -> cells.Sheet:
    """A caseload may be longer than a template, and says so in its own words."""
    try:
        return read_sheets(filename, content, max_rows=MAX_ROWS)[0]
    except RefusedFile as refusal:
        if str(refusal) != TOO_MANY_ROWS:
            raise
        text = f"The file has more than {MAX_ROWS:,} rows. Send the pupils in several files."
        raise RefusedFile(text) from refusal


def find_columns(head: cells.Row, found: CaseloadFile) -> None:
    """Note where each heading is; missing ones and ones given twice are issues."""
    headings = [matched(cells.shown(value)) for value in head.values]
    for column in COLUMNS:
        places = [at for at, heading in enumerate(headings) if heading == matched(column.heading)]
        if len(places) == 1:
            found.places[column.heading] = places[0]
        else:
            found.issues.append(heading_issue(column, places, head, found.sheet))
    known = {matched(column.heading) for column in COLUMNS}
    found.ignored = named(head.values, headings, known)


def heading_issue(column: Column, places: list[int], head: cells.Row, sheet: str) -> Issue:
    if not places:
        text, letter = f"The column “{column.heading}” is missing.", ""
    else:
        text = f"The column “{column.heading}” is there {len(places)} times."
        letter = cells.column_letter(places[1])
    return Issue(text, sheet=sheet, row=head.number, column=letter, heading=column.heading)


def named(values: Iterable[cells.Value], headings: list[str], known: set[str]) -> list[str]:
    pairs = zip(values, headings, strict=True)
    return [cells.shown(value)[:SHOWN] for value, head in pairs if head and head not in known]


def matched(heading: str) -> str:
    """A heading as it is compared: in any case, with spaces or underscores."""
    return "_".join(heading.lower().replace("_", " ").split())
