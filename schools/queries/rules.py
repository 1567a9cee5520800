"""Who answers which query, and how long answers took (docs/rules.md, Queries). Pure."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median

from banding_portal.folding import fold
from banding_portal.roles import Role
from banding_portal.working_days import working_days_between
from schools.choices import QueryCategory

LEAST_LETTERS = 2
NO_NAME = re.compile(r"[@/\\<>{}\d]")
NOBODY_NAMED = frozenset({"unknown", "nobody", "none", "tbc", "na", "test", "anonymous"})
ANSWERED_BY: dict[str, frozenset[str]] = {
    QueryCategory.BANDS: frozenset(),
    QueryCategory.PUPILS: frozenset(),
    QueryCategory.RETURNS: frozenset({Role.ADMINISTRATOR}),
    QueryCategory.FUNDING: frozenset({Role.FINANCE_OFFICER}),
    QueryCategory.PORTAL: frozenset({Role.ADMINISTRATOR}),
    QueryCategory.OTHER: frozenset({Role.ADMINISTRATOR, Role.FINANCE_OFFICER}),
}
"""Who answers besides the SEND operations officers and the school's Inclusion Partner."""


def categories_answered_by(roles: Collection[str]) -> frozenset[str]:
    """The categories that people with these roles answer for every school."""
    held = frozenset(roles)
    if Role.SEND_OFFICER in held:
        return frozenset(QueryCategory.values)
    if held & {Role.MODERATOR, Role.MODERATION_LEAD}:
        return frozenset()  # a query may tell the band that they judge blind (M9)
    return frozenset(category for category, ones in ANSWERED_BY.items() if ones & held)


@dataclass(frozen=True)
class Asked:
    """A query as the report counts it; the days are those in England."""

    category: str
    asked_on: dt.date
    answered_on: dt.date | None
    is_waiting: bool


@dataclass(frozen=True)
class Times:
    """Of a category or of all: how many, and how many working days their first answers took."""

    label: str
    asked: int
    answered: int
    waiting: int
    in_time: int
    usual: float | None
    """The median; None while nothing is answered."""
    longest: int | None

    @property
    def usual_words(self) -> str:
        return days_words(self.usual)

    @property
    def longest_words(self) -> str:
        return days_words(self.longest)

    @property
    def share(self) -> float | None:
        """Of those answered, how many were answered in time."""
        return self.in_time / self.answered if self.answered else None


def days_words(days: float | None) -> str:
    """“The same day”, “1 working day”, “2.5 working days”; a dash while nothing is answered."""
    if days is None:
        return "–"
    if not days:
        return "The same day"
    return "1 working day" if days == 1 else f"{days:,g} working days"


def problem_of_asker(name: str) -> str:
    """Why a text names nobody who can have asked; a person or an office of the school does."""
    letters = [each for each in name if each.isalpha()]
    nobody = fold(name).strip(".") in NOBODY_NAMED
    if nobody or len(letters) < LEAST_LETTERS or NO_NAME.search(name):
        return "Enter who asked: a person’s name, or their role, like “The school office”"
    return ""


def times_of(label: str, queries: Iterable[Asked], within: int) -> Times:
    """The times to answer, `within` being the working days in which answers are due."""
    asked = list(queries)
    days = [
        working_days_between(each.asked_on, each.answered_on)
        for each in asked
        if each.answered_on is not None
    ]
    return Times(
        label=label,
        asked=len(asked),
        answered=len(days),
        waiting=sum(each.is_waiting for each in asked),
        in_time=sum(took <= within for took in days),
        usual=median(days) if days else None,
        longest=max(days, default=None),
    )


def times_by_category(queries: Iterable[Asked], within: int) -> list[Times]:
    """A line for each category of which anything was asked, then one for all."""
    asked = list(queries)
    lines = [
        times_of(label, own, within)
        for category, label in QueryCategory.choices
        if (own := [each for each in asked if each.category == category])
    ]
    return [*lines, times_of("All", asked, within)]
