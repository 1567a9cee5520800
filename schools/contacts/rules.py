"""Contacts as facts with the day they began (rules.md S15). Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from banding_portal.folding import fold
from banding_portal.words import day
from schools.choices import ContactKind

TELEPHONE = re.compile(r"\+?[0-9(][0-9 ()\-]{8,18}[0-9)]( ?(ext|x)\.? ?[0-9]{1,6})?", re.IGNORECASE)
NAMELESS = "enter the name too, or empty the email address and the telephone number"
UNREACHABLE = "enter an email address or a telephone number, so that people can be reached there"
AHEAD = "enter today or an earlier day, because a change is saved once it has happened"
NO_TELEPHONE = "enter the telephone number in figures, like 01632 960 100"


@dataclass(frozen=True)
class Given:
    """What a person said of one contact; without a name there is nobody at present."""

    name: str = ""
    email: str = ""
    telephone: str = ""
    since: dt.date | None = None
    """The first day, where somebody else has taken over."""

    @property
    def has_details(self) -> bool:
        return bool(self.email or self.telephone)


@dataclass(frozen=True)
class Fact:
    """Who is a contact from a day on; nobody where the name is empty."""

    since: dt.date
    name: str = ""
    email: str = ""
    telephone: str = ""


class ContactError(ValueError):
    """Raised with the field that is wrong and what to say after “SENCO: ”, whom it is about."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field, self.problem = field, problem


def problem_of(given: Given) -> tuple[str, str] | None:
    """The field that is wrong and why; None where all is well."""
    if not given.name and given.has_details:
        return "name", NAMELESS
    if given.name and not given.has_details:
        return "email", UNREACHABLE
    if given.telephone and not TELEPHONE.fullmatch(given.telephone):
        return "telephone", NO_TELEPHONE
    return None


def fact_of(kept: Fact | None, given: Given, today: dt.date) -> Fact:
    """The fact that holds today once this was said; with the day of the one before it is a
    correction of that one, with a later day it follows it.

    Another name without a day has taken over today; the same name has other details only.
    """
    said = Fact(given.since or today, given.name, given.email, given.telephone)
    if said.since > today:
        raise ContactError("since", AHEAD)
    if kept is None:
        return said
    if fold(kept.name) == fold(said.name):
        if given.since not in {None, kept.since}:
            problem = f"{said.name} is the contact already, so leave the day empty"
            raise ContactError("since", problem if said.name else "leave the day empty")
        return replace(said, since=kept.since)
    if said.since < kept.since:
        before = kept.name or "Nobody"
        problem = f"{before} stands here since {day(kept.since)}: enter that day or a later one"
        raise ContactError("since", problem)
    return said


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a contact that was given, at its field."""

    field: str
    problem: str


def check(
    kept: Mapping[str, Fact], given: Mapping[str, Given], today: dt.date
) -> tuple[dict[str, Fact], list[Wrong]]:
    """By kind the facts that differ from those kept, and everything that is wrong."""
    said: dict[str, Fact] = {}
    wrong: list[Wrong] = []
    for kind in ContactKind:
        one = given.get(kind, Given())
        try:
            if found := problem_of(one):
                raise ContactError(*found)
            fact = fact_of(kept.get(kind), one, today)
        except ContactError as error:
            wrong.append(Wrong(f"{kind}_{error.field}", f"{kind.label}: {error.problem}"))
        else:
            if fact != kept.get(kind):
                said[kind] = fact
    return said, wrong
