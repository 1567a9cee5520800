"""What a cell says, read as typed: nothing is guessed (rules.md T5). Pure."""

import datetime as dt
import re
from collections.abc import Callable

from banding.templates_io.workbooks.columns import Column, Kind, folded
from banding_portal.workbooks.cells import ErrorValue, Formula, Value, shown

Read = str | dt.date | None
WRITTEN_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1990, 2099


class BadValueError(ValueError):
    """Raised for a cell that cannot be taken; the message says why, without naming the value."""

    def __init__(self, message: str, allowed: str = "") -> None:
        super().__init__(message)
        self.allowed = allowed


def read_value(column: Column, value: Value, address: str) -> Read:
    """The cell's value: a choice's own code, a date, or text; None for a blank cell.

    `address` is the cell's, such as F7. Raises BadValueError.
    """
    if isinstance(value, Formula):
        raise BadValueError(f"Cell {address} holds a formula. Type the value itself.")
    if isinstance(value, ErrorValue):
        raise BadValueError(f"Cell {address} holds an error of Excel. Type the value itself.")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return READERS[column.kind](column, value)


def read_choice(column: Column, value: Value) -> str:
    """The code of what was chosen; 7, 7.0 and "7" are the same, and so are b and B."""
    found = column.lookup.get(folded(shown(value)))
    if found is not None:
        return found
    raise BadValueError("This is not one of", column.allowed)


def read_date(column: Column, value: Value) -> dt.date:
    """A date of Excel, or text such as 31/01/2027, and nothing else."""
    found = value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None
    if isinstance(value, str) and (match := WRITTEN_DATE.fullmatch(value.strip())):
        day, month, year = map(int, match.groups())
        try:
            found = dt.date(year, month, day)
        except ValueError:
            raise BadValueError("There is no such day. Enter", column.allowed) from None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadValueError("This is not a date. Enter", column.allowed)
    return found


def read_text(column: Column, value: Value) -> str:
    text = shown(value).strip()
    if len(text) > column.max_length:
        raise BadValueError("This is too long. Enter", column.allowed)
    return text


READERS: dict[Kind, Callable[[Column, Value], Read]] = {
    Kind.TEXT: read_text,
    Kind.DATE: read_date,
    Kind.CHOICE: read_choice,
}
