"""What a file of people and their roles holds, and one of schools and their quadrants. Pure."""

import re

from banding_portal.files.columns import Column
from banding_portal.files.kinds import Choice, Matching, OneOf, Text
from banding_portal.files.limits import MEGABYTE, Limits
from banding_portal.roles import Role
from schools.kinds import URN

ADDRESS = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]+")
LONGEST_ADDRESS = 254
OUT = "none"
"""What stands for no quadrant; a blank leaves a school where it is."""


def address(text: str) -> str:
    """An email address in small letters; raises ValueError with a sentence."""
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        raise ValueError("This is not an email address, such as sam@school.example.")
    return text.lower()


LIMITS = Limits(
    noun="list",
    endings=(".csv", ".xlsx"),
    max_bytes=MEGABYTE,
    max_rows=20_000,
    advice="Send it in several files.",
)
PEOPLE_COLUMNS = (
    Column("name", "name", Text(120), filled=True),
    Column(
        "email",
        "email",
        Matching(address, "an email address"),
        ("e-mail",),
        filled=True,
        said="the email address",
    ),
    Column(
        "role", "role", OneOf([Choice(role.value, role.label) for role in Role]), filled=True
    ),
    Column("school_urn", "school_urn", URN, ("urn",), needed=False, help="For a role at a school."),
    Column(
        "quadrant", "quadrant", Text(80), needed=False, help="Its name, for a quadrant moderator."
    ),
)  # fmt: skip
QUADRANT_COLUMNS = (
    Column("urn", "urn", URN, ("school_urn",), filled=True, unique=True, said="the URN"),
    Column(
        "quadrant",
        "quadrant",
        Text(50),
        help=f"Its name; one that is not there yet is made. Blank changes nothing, “{OUT}” takes "
        "the school out of its quadrant.",
    ),
)
