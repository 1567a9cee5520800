"""The rows of a sheet read with its column table; every bad cell is an issue. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from banding.templates_io.workbooks.columns import Column
from banding.templates_io.workbooks.headings import Headings
from banding.templates_io.workbooks.values import BadValueError, Read, read_value
from banding_portal.uploads.results import Issue
from banding_portal.workbooks.cells import Row, Sheet, column_letter, shown


@dataclass
class Line:
    """A row by column key: what was read, what was given, and what is wrong with it."""

    sheet: str
    row: Row
    places: dict[str, int]
    columns: dict[str, Column]
    read: dict[str, Read] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    who: str = ""

    @property
    def number(self) -> int:
        return self.row.number

    def text(self, key: str) -> str:
        """What was read as text; empty for a blank or bad cell."""
        value = self.read.get(key)
        return value if isinstance(value, str) else ""

    def given(self, key: str) -> str:
        """What stands in the cell, as the person sees it."""
        return shown(self.row.at(self.places[key])) if key in self.places else ""

    def refuse(self, key: str, message: str, allowed: str = "") -> None:
        self.issues.append(self.note(key, message, allowed))

    def note(self, key: str, message: str, allowed: str = "") -> Issue:
        """An issue or warning about a cell of this row; its place is the file's own."""
        place = self.places.get(key)
        return Issue(
            message,
            sheet=self.sheet,
            row=self.number,
            column="" if place is None else column_letter(place),
            heading=self.columns[key].heading,
            value=self.given(key),
            allowed=allowed,
            who=self.who,
        )

    def is_blank(self, keys: Sequence[str]) -> bool:
        """Whether nothing at all is given in these columns."""
        return not any(self.given(key).strip() for key in keys)


def lines_of(sheet: Sheet, columns: Sequence[Column], headings: Headings) -> Iterator[Line]:
    """Every row under the headings, with its cells taken as far as they can be."""
    by_key = {column.key: column for column in columns}
    taken = [column for column in columns if column.key in headings.places]
    for row in sheet.rows[1:]:
        line = Line(sheet.name, row, headings.places, by_key)
        for column in taken:
            take(line, column)
        yield line


def take(line: Line, column: Column) -> None:
    """Read a cell; only the cells people fill in, and the row's own key and mark, can be wrong."""
    place = line.places[column.key]
    value = line.row.at(place)
    if value is None:
        return
    try:
        line.read[column.key] = read_value(column, value, f"{column_letter(place)}{line.number}")
    except BadValueError as bad:
        if column.fill_in:
            line.refuse(column.key, str(bad), bad.allowed)
