"""The columns of a caseload file (interfaces.md), and how much one may hold. Pure."""

from banding_portal.files.columns import Column
from banding_portal.files.kinds import Date, Text
from banding_portal.files.limits import Limits
from schools.kinds import BIRTH_DATE, LA_CODE, PLACE, PLAN_TYPE, PRIMARY_NEED, UPN, YEAR_GROUP

FILES = "caseload"
"""What the authority's own words for these columns are kept under."""
LIMITS = Limits(
    noun="caseload",
    endings=(".csv", ".xlsx"),
    max_rows=40_000,
    max_text=40_000_000,
    seconds=30,
    memory=768 * 1024 * 1024,
    advice="Send the pupils in several files.",
)
COLUMNS = (
    Column(
        "pupil_id",
        "pupil_id",
        Text(40),
        ("reference", "pupil reference"),
        filled=True,
        said="the authority’s own reference",
        help="The authority’s own reference.",
    ),
    Column("upn", "upn", UPN),
    Column("surname", "surname", Text(80), ("family name", "last name"), filled=True),
    Column("forename", "forename", Text(80), ("first name", "given name"), filled=True),
    Column("date_of_birth", "date_of_birth", BIRTH_DATE, ("DOB", "birth date"), filled=True),
    Column(
        "ncy",
        "ncy",
        YEAR_GROUP,
        ("year group", "national curriculum year"),
        help="The year group in the academic year chosen with the file.",
    ),
    Column("school_urn", "school_urn", PLACE, ("URN",), filled=True, said="the URN of the school"),
    Column(
        "placement_start",
        "placement_start",
        Date(),
        filled=True,
        said="the day the placement began",
    ),
    Column("placement_end", "placement_end", Date()),
    Column("plan_type", "plan_type", PLAN_TYPE, ("plan",), filled=True, said="the plan"),
    Column("plan_start", "plan_start", Date(), filled=True, said="the day the plan began"),
    Column("plan_end", "plan_end", Date()),
    Column("primary_need", "primary_need", PRIMARY_NEED, ("need",)),
    Column(
        "responsible_la",
        "responsible_la",
        LA_CODE,
        ("responsible authority", "home LA"),
        filled=True,
        said="the authority that is responsible",
    ),
    Column("band_framework", "band_framework", Text(40), ("framework",)),
    Column("band", "band", Text(12)),
    Column("band_effective_from", "band_effective_from", Date()),
)
