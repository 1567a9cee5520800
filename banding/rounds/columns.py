"""What a file of changes holds that a school tells in a round (interfaces.md). Pure."""

from collections.abc import Iterable

from banding.assessment.rules import LONGEST_RATIONALE, LONGEST_REASON
from banding_portal.files.columns import Column
from banding_portal.files.kinds import Choice, Date, OneOf, Text
from banding_portal.files.limits import MEGABYTE, Limits
from schools.kinds import BIRTH_DATE, PLAN_TYPE, PRIMARY_NEED, UPN

JOINED, LEFT, STAYING_ON, BAND = "joined", "left", "staying_on", "band"
CHANGE = OneOf(
    (
        Choice(JOINED, "joined", ("joiner", "join")),
        Choice(LEFT, "left", ("leaver", "leaving")),
        Choice(STAYING_ON, "staying on", ("staying_on", "stays", "staying")),
        Choice(BAND, "band", ("change", "changed", "band changed", "changed band")),
    )
)
LIMITS = Limits(
    noun="file of changes",
    endings=(".csv",),
    max_bytes=MEGABYTE,
    max_rows=2_000,
    advice="Send it in several files.",
)
NEEDED = {
    JOINED: ("surname", "forename", "date_of_birth", "date", "plan_type"),
    LEFT: ("pupil_id", "date"),
    STAYING_ON: ("pupil_id", "reason"),
    BAND: ("pupil_id", "band"),
}
"""What each change cannot do without."""

COLUMNS = (
    Column("change", "change", CHANGE, ("kind", "type", "list"), filled=True, said="what changes"),
    Column(
        "pupil_id",
        "pupil_id",
        Text(40),
        ("reference",),
        help="Of a pupil on the return.",
        said="the pupil’s reference",
    ),
    Column("upn", "upn", UPN, needed=False),
    Column("surname", "surname", Text(80), needed=False),
    Column("forename", "forename", Text(80), needed=False),
    Column("date_of_birth", "date_of_birth", BIRTH_DATE, ("born",), needed=False),
    Column(
        "date",
        "date",
        Date(),
        ("joined_on", "left_on", "change_date"),
        needed=False,
        said="the day of the change",
    ),
    Column("plan_type", "plan_type", PLAN_TYPE, ("plan",), needed=False, said="the plan"),
    Column("primary_need", "primary_need", PRIMARY_NEED, ("need",), needed=False),
    Column("reason", "reason", Text(LONGEST_REASON), ("why",), needed=False),
    Column("band", "band", Text(12), needed=False),
    Column("difference_reason", "difference_reason", Text(LONGEST_REASON), needed=False),
    Column("rationale", "rationale", Text(LONGEST_RATIONALE), needed=False),
)
AREA = "area:"


def area_columns(codes: Iterable[str]) -> tuple[Column, ...]:
    """A column for the level of each area of the framework, named by its code."""
    return tuple(Column(f"{AREA}{code}", code, Text(12), needed=False) for code in codes)
