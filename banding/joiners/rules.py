"""Whether a joiner is one that was told before (rules.md S8). Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from banding.changes.rules import Doubt
from banding_portal.words import day, in_a_row, lower_first
from schools.choices import MatchReason, PlanType, PrimaryNeed
from schools.matching import Identity, Match, compare
from schools.oddities import Oddity, Place, oddities_of_place

FIELDS = {"start": "joined_on", "end": "joined_on", "school": "date_of_birth"}


def oddities_of_joiner(
    born: dt.date, joined: dt.date, school: Place, today: dt.date
) -> list[Oddity]:
    """What hardly can be about joining this school that day, each at its field (S13)."""
    found = oddities_of_place(born, joined, None, school, today)
    return [replace(each, field=FIELDS[each.field]) for each in found]


SOON = dt.timedelta(days=31)
"""From a day so far ahead one hardly speaks of somebody who joined."""


def doubts_of_joiner(
    forename: str, surname: str, joined: dt.date, today: dt.date, *, is_namesake: bool
) -> list[Doubt]:
    """What to ask of a joiner besides: a day far ahead, a pupil of the very same name (S8)."""
    name, found = f"{forename} {surname}", []
    if joined > today + SOON:
        found.append(Doubt("joined_on", f"The date joined is in the future: {day(joined)}"))
    if is_namesake:
        there = "is at your school already, with another date of birth"
        found.append(Doubt("surname", f"A pupil with the name {name} {there}"))
    return found


def joiner_reference(joiner: UUID) -> str:
    """“Joiner 3F2A”: what tells joiners apart for those who see no names, until one is placed."""
    return f"Joiner {joiner.hex[:4].upper()}"


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
    def identity(self) -> Identity:
        return Identity(self.surname, self.forename, self.date_of_birth, upn=self.upn)

    def differences(self, before: "Told") -> dict[str, str]:
        """By field what was said of it before, where another thing is said now; a blank is no
        other thing.
        """
        return {
            name: words.format(shown(before, name), shown(self, name))
            for name, words in DETAILS.items()
            if (now := getattr(self, name)) and (was := getattr(before, name)) and now != was
        }

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"


DETAILS = {
    "joined_on": "joined on {}, not {}",
    "plan_type": "with the plan {}, not {}",
    "primary_need": "with the need {}, not {}",
}


def shown(told: Told, name: str) -> str:
    value = getattr(told, name)
    if isinstance(value, dt.date):
        return day(value)
    labels = PlanType if name == "plan_type" else PrimaryNeed
    return str(labels(value).label)


class Unclear(NamedTuple):
    """Why a joiner is neither surely told before nor surely another child, and its field."""

    field: str
    sentence: str


def told_before(new: Told, others: Iterable[Told]) -> int | Unclear | None:
    """The place in `others` of the same joiner; None for another child.

    A UPN decides. Without it a name and a date of birth are the same child; where only one of
    two that share these has a UPN, nobody can know, and the school is asked for the other. One
    who is only somewhat alike is another joiner: the officer who places them is asked.
    """
    for place, other in enumerate(others):
        match = compare(new.identity, other.identity)
        if match is None:
            continue
        told = _told(match, new, other)
        if told is not None:
            return told
        if MatchReason.NAME_AND_BIRTH in match.reasons and not match.doubts:
            differences = new.differences(other)
            return _reported_otherwise(other, differences) if differences else place
    return None


def _told(match: Match, new: Told, other: Told) -> Unclear | None:
    """What is to be asked about two that match."""
    same = MatchReason.NAME_AND_BIRTH in match.reasons
    if MatchReason.UPN in match.reasons:
        return None if same else Unclear("upn", f"You gave {other} the same UPN. Check both.")
    one_upn = bool(new.upn) != bool(other.upn)
    return Unclear("upn", _one_without(other)) if same and one_upn else None


def may_be(new: Told, who: str, other: Identity) -> str:
    """A sentence where a joiner may be somebody on the return; empty where not (S8)."""
    match = compare(new.identity, other)
    if match is None or match.is_strong:
        return ""
    return f"This may be {who}, who is on the return already: {lower_first(str(match))}."


def _reported_otherwise(before: Told, differences: dict[str, str]) -> Unclear:
    said = in_a_row(differences.values())
    return Unclear(
        next(iter(differences)),
        f"You have already reported {before}: {said}. If that was wrong, undo it first.",
    )


def _one_without(other: Told) -> str:
    which = "with a UPN" if other.upn else "without a UPN"
    return (
        f"You have already told us of {other} with the same date of birth, {which}. If this is"
        " another child, give the UPNs of both. If it is the same child, undo the earlier one."
    )
