"""The facts of a pupil that have a history, and which of them differ (rules.md S11). Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schools.choices import Fact


@dataclass(frozen=True, slots=True)
class Facts:
    """A pupil's facts at a time, named as in `Fact`; a name as “Khan, Amira”."""

    upn: str
    name: str
    date_of_birth: dt.date
    reference: str
    responsible_la: str
    primary_need: str

    @property
    def called(self) -> str:
        return spoken(self.name)


def spoken(name: str) -> str:
    """A name as a fact has it, “Khan, Amira”, in a sentence."""
    surname, _, forename = name.partition(", ")
    return f"{forename} {surname}".strip()


def facts_of(given: Any) -> Facts:
    """The facts as a pupil's row has them now."""
    return Facts(
        upn=given.upn or "",
        name=f"{given.surname}, {given.forename}",
        date_of_birth=given.date_of_birth,
        reference=given.reference,
        responsible_la=given.responsible_la,
        primary_need=given.primary_need,
    )


def changed_facts(before: Facts, after: Facts) -> list[Fact]:
    """The kinds that are something else now; what was blank is only filled in."""
    pairs = [(fact, getattr(before, fact), getattr(after, fact)) for fact in Fact]
    return [fact for fact, was, is_now in pairs if was not in ("", is_now)]
