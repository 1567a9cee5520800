"""The columns of a caseload file and how a cell of each is read (interfaces.md, T5).

This table is both the check and the reading. A reader takes the cell as typed, without outer
spaces, and raises ValueError with a sentence; it is never given an empty cell.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from banding_portal.workbooks.cells import ErrorValue, Formula, Value, shown
from schools.choices import PlanType, PrimaryNeed
from schools.identifiers import normalise_upn, parse_urn

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
DAY_FIRST_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
YEARS = range(1900, 2200)
YEAR_GROUPS = range(-3, 16)

Reader = Callable[[Value], Any]


@dataclass(frozen=True)
class Column:
    heading: str
    read: Reader
    required: bool = True
    """Whether a cell may not be empty; the heading itself has to be there in any case."""


def text(limit: int) -> Reader:
    def read(value: Value) -> str:
        given = shown(value).strip()
        if len(given) > limit:
            raise ValueError(f"At most {limit} characters are allowed.")
        if not given.isprintable():
            raise ValueError("It has invisible characters or a line break.")
        return given

    return read


def upn(value: Value) -> str:
    return normalise_upn(shown(value))


def urn(value: Value) -> str:
    return str(parse_urn(shown(value)))


def date(value: Value) -> dt.date:
    """A date cell, `YYYY-MM-DD` or `DD/MM/YYYY`; nothing else is guessed at."""
    found = value if isinstance(value, dt.date) else _date_in(shown(value).strip())
    if found is None or isinstance(found, dt.datetime) or found.year not in YEARS:
        raise ValueError("A date such as 2027-01-31 or 31/01/2027 is allowed.")
    return found


def _date_in(given: str) -> dt.date | None:
    if match := ISO_DATE.fullmatch(given):
        year, month, day = (int(part) for part in match.groups())
    elif match := DAY_FIRST_DATE.fullmatch(given):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def year_group(value: Value) -> int:
    given = shown(value).strip()
    if not re.fullmatch(r"-?\d{1,2}", given, re.ASCII) or int(given) not in YEAR_GROUPS:
        lowest, highest = YEAR_GROUPS[0], YEAR_GROUPS[-1]
        raise ValueError(f"A whole number from {lowest} to {highest} is allowed; Reception is 0.")
    return int(given)


def one_of(choices: list[str]) -> Reader:
    def read(value: Value) -> str:
        given = shown(value).strip().upper()
        if given not in choices:
            raise ValueError(f"Allowed are {', '.join(choices[:-1])} and {choices[-1]}.")
        return given

    return read


def la_code(value: Value) -> str:
    given = shown(value).strip()
    if not re.fullmatch(r"\d{3}", given, re.ASCII):
        raise ValueError("A code of three digits is allowed, such as 881.")
    return given


COLUMNS = (
    Column("pupil_id", text(40)),
    Column("upn", upn, required=False),
    Column("surname", text(80)),
    Column("forename", text(80)),
    Column("date_of_birth", date),
    Column("ncy", year_group, required=False),
    Column("school_urn", urn),
    Column("placement_start", date),
    Column("placement_end", date, required=False),
    Column("plan_type", one_of(PlanType.values)),
    Column("plan_start", date),
    Column("plan_end", date, required=False),
    Column("primary_need", one_of(PrimaryNeed.values), required=False),
    Column("responsible_la", la_code),
    Column("band_framework", text(40), required=False),
    Column("band", text(12), required=False),
    Column("band_effective_from", date, required=False),
)


def read_cell(column: Column, value: Value) -> Any:
    """The cell's value, or None when it is empty and may be. Raises ValueError with a sentence."""
    if isinstance(value, Formula):
        raise ValueError("This is a formula. Put its value there instead.")
    if isinstance(value, ErrorValue):
        raise ValueError("This cell holds an error. Correct it.")
    if not shown(value).strip():
        if column.required:
            raise ValueError("This must not be empty.")
        return None
    return column.read(value)
