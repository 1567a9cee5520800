"""Whether a joiner is one that was told before (rules.md S9). Pure."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from banding_portal.folding import fold

OTHER_DETAILS = (
    "This joiner was told before with other details. Undo that on the return's page first."
)


class Told(NamedTuple):
    """What a school says of a joiner; `upn` is empty where it gives none."""

    surname: str
    forename: str
    date_of_birth: dt.date
    upn: str
    joined_on: dt.date
    plan_type: str
    primary_need: str

    @property
    def person(self) -> tuple[str, str, dt.date]:
        """What twins and namesakes can share, compared folded."""
        return fold(self.surname), fold(self.forename), self.date_of_birth

    @property
    def details(self) -> tuple[dt.date, str, str]:
        return self.joined_on, self.plan_type, self.primary_need

    def __str__(self) -> str:
        return f"{self.surname}, {self.forename}"


class Unclear(NamedTuple):
    """Why a joiner is neither surely told before nor surely another child, and its field."""

    field: str
    sentence: str


def told_before(new: Told, others: Iterable[Told]) -> int | Unclear | None:
    """The place in `others` of the same joiner; None for another child.

    A UPN decides. Without it a name and a date of birth are the same child; where only one of
    two that share these has a UPN, nobody can know, and the school is asked for the other.
    """
    for place, other in enumerate(others):
        if new.upn and new.upn == other.upn:
            if new.person != other.person:
                return Unclear("upn", f"{other} was told with this UPN before. Check both.")
        elif new.person != other.person or (new.upn and other.upn):
            continue
        elif new.upn or other.upn:
            return Unclear("upn", _one_without(other))
        return place if new.details == other.details else Unclear("surname", OTHER_DETAILS)
    return None


def _one_without(other: Told) -> str:
    which = f"with the UPN {other.upn}" if other.upn else "without a UPN"
    return (
        f"{other}, of the same name and date of birth, was told {which}. If this is another child, "
        "give the UPNs of both. If it is the same, undo the earlier one first."
    )
