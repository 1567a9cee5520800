"""What of a pupil a school may say is wrong, and how two values of it differ. Pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from banding_portal.words import day

DETAILS = {
    "surname": "Surname",
    "forename": "Forename",
    "date_of_birth": "Date of birth",
    "upn": "UPN",
}
"""Fields of a pupil, with their headings, in the order in which people read them."""

Differing = list[tuple[str, str, str]]
"""Heading, what the portal has, what the school says."""


def as_kept(value: Any) -> str:
    """A value as JSON keeps it; empty for none."""
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def as_field(key: str, kept: str) -> Any:
    """What `as_kept` kept, as the pupil's field holds it. Raises ValueError for no date."""
    return dt.date.fromisoformat(kept) if key == "date_of_birth" else kept


def in_words(key: str, kept: str) -> str:
    """A kept value as people read it."""
    if not kept:
        return "Not known"
    return day(dt.date.fromisoformat(kept)) if key == "date_of_birth" else kept


def differing(has: Mapping[str, str], says: Mapping[str, str]) -> Differing:
    """What is said beside what the portal has; both as kept, by key."""
    return [
        (heading, in_words(key, has.get(key, "")), in_words(key, says[key]))
        for key, heading in DETAILS.items()
        if key in says
    ]
