"""The columns of the register's files: heading, field, and how a value is read (S1, S2).

This table is both the check and the reading; to follow a renamed heading, add it here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schools.choices import SchoolStatus
from schools.identifiers import parse_urn
from schools.register_rules import parse_register_date

STATUS_OF_CODE = {
    "1": SchoolStatus.OPEN,
    "2": SchoolStatus.CLOSED,
    "3": SchoolStatus.CLOSING,
    "4": SchoolStatus.PROPOSED,
}
# GIAS writes these for a school without an authority or a phase.
NO_CODE = frozenset({"", "Not applicable"})


@dataclass(frozen=True)
class Column:
    """`read` takes the text without outer spaces and raises ValueError with a sentence."""

    heading: str
    field: str
    read: Callable[[str], Any]
    required: bool = True
    """Whether a file without this heading is refused; else what is known stays as it is."""


def urn(text: str) -> str:
    return str(parse_urn(text))


def digits(length: int, *, optional: bool = False) -> Callable[[str], str]:
    """Exactly that many digits, with the zeros a spreadsheet took away put back."""

    def read(value: str) -> str:
        if optional and not value:
            return ""
        if not (value.isascii() and value.isdigit() and len(value) <= length):
            raise ValueError(f"A number of {length} digits is allowed.")
        return value.zfill(length)

    return read


def text(limit: int, *, optional: bool = True) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not value and not optional:
            raise ValueError("This must not be empty.")
        if len(value) > limit:
            raise ValueError(f"At most {limit} characters are allowed.")
        return value

    return read


def code(value: str) -> int | None:
    """A small number, or None where the register has none."""
    if value in NO_CODE:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        raise ValueError("A whole number is allowed.")
    return int(value)


def status(value: str) -> str:
    if value not in STATUS_OF_CODE:
        raise ValueError("1 (open), 2 (closed), 3 (proposed to close) or 4 (proposed to open).")
    return STATUS_OF_CODE[value]


SCHOOL_COLUMNS = (
    Column("URN", "urn", urn),
    Column("LA (code)", "la_code", digits(3)),
    Column("EstablishmentNumber", "establishment_number", digits(4, optional=True)),
    Column("EstablishmentName", "name", text(200, optional=False)),
    Column("TypeOfEstablishment (code)", "type_code", code),
    Column("TypeOfEstablishment (name)", "type_name", text(120)),
    Column("EstablishmentTypeGroup (code)", "type_group_code", code),
    Column("EstablishmentStatus (code)", "status", status),
    Column("OpenDate", "opened_on", parse_register_date),
    Column("CloseDate", "closed_on", parse_register_date),
    Column("PhaseOfEducation (code)", "phase_code", code),
    Column("PhaseOfEducation (name)", "phase", text(60)),
    Column("StatutoryLowAge", "low_age", code),
    Column("StatutoryHighAge", "high_age", code),
    Column("UKPRN", "ukprn", digits(8, optional=True), required=False),
    Column("Trusts (name)", "trust", text(200), required=False),
    Column("Town", "town", text(100), required=False),
    Column("Postcode", "postcode", text(10), required=False),
)
LINK_COLUMNS = (
    Column("URN", "urn", urn),
    Column("LinkURN", "linked_urn", urn),
    Column("LinkName", "linked_name", text(200)),
    Column("LinkType", "kind", text(80, optional=False)),
    Column("LinkEstablishedDate", "established_on", parse_register_date),
)
