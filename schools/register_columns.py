"""The columns of the register's files (S1, S2). Pure.

The files have some 140 columns that drift from year to year: to follow a renamed heading, add it
to `also`.
"""

from collections.abc import Callable

from banding_portal.files.columns import Column
from banding_portal.files.kinds import Choice, Date, Matching, OneOf, Text
from banding_portal.files.limits import MEGABYTE, Limits
from schools.choices import SchoolStatus
from schools.kinds import URN

FILES = "register"
"""What the authority's own words for the columns of schools are kept under."""
# The register of all England has some 60 MB.
LIMITS = Limits(
    noun="register",
    endings=(".csv",),
    max_bytes=80 * MEGABYTE,
    max_rows=100_000,
    max_columns=300,
    max_text=200_000_000,
    whole_lines=True,
    seconds=90,
    memory=768 * MEGABYTE,
    advice="Download the file of one authority.",
)
# GIAS writes this for a school without an authority or a phase.
NO_CODE = "Not applicable"


def digits(length: int) -> Callable[[str], str]:
    """Exactly that many digits, with the zeros a spreadsheet took away put back."""

    def tidy(text: str) -> str:
        if not (text.isascii() and text.isdigit() and len(text) <= length):
            raise ValueError(f"A number of {length} digits is allowed.")
        return text.zfill(length)

    return tidy


def code(text: str) -> int | None:
    """A small number, or None where the register has none."""
    if text == NO_CODE:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError("A whole number is allowed.")
    return int(text)


CODE = Matching(code, "a whole number")
DATE = Date(first_year=1000)
STATUS = OneOf(
    (
        Choice(SchoolStatus.OPEN, "1 (open)", ("1",)),
        Choice(SchoolStatus.CLOSED, "2 (closed)", ("2",)),
        Choice(SchoolStatus.CLOSING, "3 (proposed to close)", ("3",)),
        Choice(SchoolStatus.PROPOSED, "4 (proposed to open)", ("4",)),
    )
)
SCHOOL_COLUMNS = (
    Column("urn", "URN", URN, filled=True, unique=True),
    Column(
        "la_code",
        "LA (code)",
        Matching(digits(3), "three digits"),
        filled=True,
        said="the code of the authority",
    ),
    Column("establishment_number", "EstablishmentNumber", Matching(digits(4), "four digits")),
    Column(
        "name",
        "EstablishmentName",
        Text(200, lines=True),
        filled=True,
        said="the name of the school",
    ),
    Column("type_code", "TypeOfEstablishment (code)", CODE),
    Column("type_name", "TypeOfEstablishment (name)", Text(120, lines=True)),
    Column("type_group_code", "EstablishmentTypeGroup (code)", CODE),
    Column(
        "status", "EstablishmentStatus (code)", STATUS, filled=True, said="the status of the school"
    ),
    Column("opened_on", "OpenDate", DATE),
    Column("closed_on", "CloseDate", DATE),
    Column("phase_code", "PhaseOfEducation (code)", CODE),
    Column("phase", "PhaseOfEducation (name)", Text(60, lines=True)),
    Column("low_age", "StatutoryLowAge", CODE),
    Column("high_age", "StatutoryHighAge", CODE),
    Column("ukprn", "UKPRN", Matching(digits(8), "eight digits"), needed=False),
    Column("trust", "Trusts (name)", Text(200, lines=True), needed=False),
    Column("town", "Town", Text(100, lines=True), needed=False),
    Column("postcode", "Postcode", Text(10, lines=True), needed=False),
)
LINK_COLUMNS = (
    Column("urn", "URN", URN, filled=True),
    Column(
        "linked_urn", "LinkURN", URN, filled=True, said="the URN of the school it is linked with"
    ),
    Column("linked_name", "LinkName", Text(200, lines=True)),
    Column("kind", "LinkType", Text(80, lines=True), filled=True, said="the kind of link"),
    Column("established_on", "LinkEstablishedDate", DATE),
)
