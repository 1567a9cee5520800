"""What a file of other authorities' figures holds: our own shape, and two that are published. Pure.

Published files are matched by their headings, which differ a little from year to year. Figures that
the publisher leaves out (“z”, “x”, “c”, “low” and the like) are none. They are about all of England
and many years, so only the rows that are needed are read (`rows_of`).
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from banding_portal.files.columns import Column
from banding_portal.files.headings import names_of
from banding_portal.files.kinds import Choice, Matching, OneOf, Pounds, Text, Whole
from banding_portal.files.limits import MEGABYTE, Limits
from banding_portal.files.reader import SEPARATORS, folded_heading
from funding.benchmarks.rules import TOP_UP
from funding.choices import ComparedBy, FiguresShape

LIMITS = Limits(
    noun="file of other authorities’ figures",
    endings=(".csv", ".zip"),
    packed=True,
    max_bytes=20 * MEGABYTE,
    max_unpacked=120 * MEGABYTE,
    max_rows=50_000,
    seconds=30,
    advice="Upload only the table that you need, or only the years.",
)
NO_FIGURE = frozenset({"z", "x", "c", "k", "u", ":", "..", ".", "-", "low", "n/a"})
YEAR = re.compile(r"(\d{4})(?:[-/]?(\d{2}))?", re.ASCII)
LARGEST = Decimal(10) ** 12
"""Pounds of all authorities together are in the published files as well."""


def year(text: str) -> str:
    """Like 2025-26, or 2026 for a count of January; raises ValueError with a sentence."""
    found = YEAR.fullmatch(text)
    if not found or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        raise ValueError("Write the year like 2025-26, or 202526 as it is published.")
    return "-".join(filter(None, found.groups()))


def figure(text: str) -> Decimal | None:
    """A published figure, 0 or more; None where it is left out."""
    if text.lower() in NO_FIGURE:
        return None
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise ValueError("This is not a number.") from None
    if not found.is_finite() or abs(found) > LARGEST:
        raise ValueError("This is not a number.")
    return found


YEARS = Matching(year, "a year such as 2025-26")
FIGURE = Matching(figure, "a number, or the sign for one that is left out")
AUTHORITY = Text(80)
OWN = (
    Column("year", "year", YEARS, filled=True, help="Like 2025-26."),
    Column("authority", "authority", AUTHORITY, filled=True, help="The authority’s name."),
    Column(
        "by",
        "by",
        OneOf(tuple(Choice(value, value) for value in ComparedBy.values)),
        filled=True,
        said="what the row is by",
        help="sector, phase or need.",
    ),
    Column(
        "of", "of", Text(60), filled=True, said="which sector, phase or need it is",
        help="The sector, the phase as in the register of schools, or the code of the need.",
    ),
    Column("pupils", "pupils", Whole(1, 1_000_000), filled=True, help="Pupils with a plan."),
    Column("amount", "amount", Pounds(), filled=True, help="Pounds of top-up in the year."),
)  # fmt: skip
LEVEL = Column("level", "geographic_level", Text(40), needed=False)
TIME = Column("year", "time_period", YEARS, filled=True)
NAME = Column("authority", "la_name", AUTHORITY)
PHASES = {
    "early_years": ("early_years_establishments", "early_years", "nursery_schools"),
    "primary": ("primary_schools", "primary"),
    "secondary": ("secondary_schools", "secondary"),
    "special": ("sen_and_special_schools", "special_schools", "special"),
    "alternative_provision": ("pupil_referral_units_and_alt_provision", "ap_and_prus", "pru"),
    "post_16": ("post_16", "post_school", "post16"),
}
SECTION_251 = (
    TIME,
    LEVEL,
    NAME,
    Column(
        "category", "category_of_expenditure", Text(200), ("category_of_planned_expenditure",),
        filled=True,
    ),
    *(
        Column(key, names[0], FIGURE, names[1:], needed=key in ("primary", "secondary", "special"))
        for key, names in PHASES.items()
    ),
)  # fmt: skip
SEN2 = (
    TIME,
    LEVEL,
    NAME,
    Column("group", "establishment_group", Text(120), ("establishment_type_group",), filled=True),
    Column("type", "establishment_type", Text(120), needed=False),
    Column("plan", "ehcp_or_statement", Text(40), needed=False),
    Column(
        "pupils", "num_caseload", FIGURE, ("caseload", "ehcp_caseload", "num_ehcp", "ehc_plans")
    ),
)
COLUMNS = {
    FiguresShape.OWN: OWN,
    FiguresShape.SECTION_251: SECTION_251,
    FiguresShape.SEN2: SEN2,
}


TOTAL = "(total)?"
"""Beside their totals such files have rows of each type of school, and of plans and statements."""
NEEDED = {
    FiguresShape.OWN: {},
    FiguresShape.SECTION_251: {
        "category": TOP_UP.pattern, "level": "(local authority|national)?",
    },
    FiguresShape.SEN2: {"type": TOTAL, "plan": TOTAL, "level": "(local authority)?"},
}  # fmt: skip
"""Patterns of the cells of the rows that are read. In a file of section 251 the national row says
whether amounts are pounds or millions.
"""


def rows_of(shape: FiguresShape, authorities: Sequence[str]) -> dict[str, str]:
    """Patterns by heading of the rows that are needed: of these authorities, or of all."""
    wanted = dict(NEEDED[shape])
    if authorities:
        wanted["authority"] = f"({'|'.join(map(pattern_of, authorities))})?"
    return {
        name: wanted[column.key]
        for column in COLUMNS[shape]
        if column.key in wanted
        for name in column.names
    }


def pattern_of(authority: str) -> str:
    """Of its name, whatever is published around it: “Bristol, City of”, “County Durham”."""
    name = r"\s+".join(map(re.escape, authority.split()))
    return rf"(county |city of )?{name}(,.*)?"


def shape_of(line: str) -> FiguresShape | None:
    """Which shape a file has, by its first line; None for a published one that is not read."""
    separator = max(SEPARATORS, key=line.count)
    headings = {folded_heading(each.strip().strip('"')) for each in line.split(separator)}
    for shape, key in ((FiguresShape.SEN2, "group"), (FiguresShape.SECTION_251, "category")):
        column = next(each for each in COLUMNS[shape] if each.key == key)
        if headings & names_of([column]):
            return shape
    return None if folded_heading(TIME.heading) in headings else FiguresShape.OWN
