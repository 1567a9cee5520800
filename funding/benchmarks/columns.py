"""What a file of other authorities' figures holds: our own shape, and two that are published. Pure.

Published files are matched by their headings, which differ a little from year to year. Figures that
the publisher leaves out (“z”, “x”, “c”, “low” and the like) are none.
"""

import re
from decimal import Decimal, InvalidOperation

from banding_portal.files.columns import Column
from banding_portal.files.kinds import Choice, Matching, OneOf, Pounds, Text, Whole
from banding_portal.files.limits import MEGABYTE, Limits
from funding.choices import ComparedBy, FiguresShape

LIMITS = Limits(
    noun="file of other authorities’ figures",
    endings=(".csv",),
    max_bytes=5 * MEGABYTE,
    max_rows=20_000,
    advice="Keep only the rows of the authorities you compare with.",
)
NO_FIGURE = frozenset({"z", "x", "c", "k", "u", ":", "..", ".", "-", "low", "n/a"})
YEAR = re.compile(r"(\d{4})(?:[-/]?(\d{2}))?", re.ASCII)
LARGEST = Decimal(10) ** 12
"""Pounds of all authorities together are in the published files as well."""


def year(text: str) -> str:
    """Like 2025-26, or 2026 for a count of January; raises ValueError with a sentence."""
    found = YEAR.fullmatch(text)
    if not found:
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


def shape_of(content: bytes) -> str:
    """Which shape a file has, by its first line."""
    line = content[:10_000].decode("utf-8-sig", errors="replace").partition("\n")[0].lower()
    if "time_period" not in line:
        return FiguresShape.OWN
    return FiguresShape.SEN2 if "establishment_group" in line else FiguresShape.SECTION_251
