"""Dates of a pupil that cannot be, or hardly can (rules.md S13, S5, S6). Pure.

Every way in asks here: forms, corrections, caseload, joiners and templates. Sentences have no
full stop, as a form shows them; what differs from pupil to pupil stands behind a colon.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from banding_portal.words import day as in_words
from schools.choices import IMPOSSIBLE, Odd
from schools.register_rules import (
    academic_year_name,
    academic_year_of,
    year_group_name,
    year_group_of,
    year_groups_of_school,
)

LAST_AGE = 25
LAST_YEAR_GROUP = 21
"""Of whoever turns 25; nobody older has a year group."""
TOLERANCE = 1
"""Year groups that a pupil may be ahead or behind without anybody wondering."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is odd, the field it is about, and why as a sentence."""

    kind: Odd
    field: str
    sentence: str

    @property
    def is_error(self) -> bool:
        return self.kind in IMPOSSIBLE


class Place(Protocol):
    """What the rules look at of a school."""

    opened_on: dt.date | None
    closed_on: dt.date | None
    low_age: int | None
    high_age: int | None


def last_day_at_25(born: dt.date) -> dt.date:
    """The end of the academic year in which somebody turns 25: no plan goes further (S5)."""
    birthday = dt.date(born.year + LAST_AGE, born.month, min(born.day, 28))
    return dt.date(academic_year_of(birthday) + 1, 8, 31)


def oddities_of_birth(born: dt.date, today: dt.date) -> list[Oddity]:
    """A birth in the future, or one so long ago that every plan would be over."""
    if born > today:
        said = "The date of birth is in the future"
        return [Oddity(Odd.BORN_IN_FUTURE, "date_of_birth", said)]
    if today > last_day_at_25(born):
        said = (
            "Nobody has a plan at that age: the academic year in which the pupil turned 25 is over"
        )
        return [Oddity(Odd.OVER_25, "date_of_birth", said)]
    return []


def oddities_of_year_group(born: dt.date, group: int | None, academic_year: int) -> list[Oddity]:
    """A year group that differs from the one of the date of birth by more than one year."""
    derived = year_group_of(born, academic_year)
    if group is None or abs(group - derived) <= TOLERANCE:
        return []
    year, usual = academic_year_name(academic_year), year_group_name(derived)
    said = (
        f"The year group does not match the date of birth: somebody born on {in_words(born)} is "
        f"usually in {usual} in {year}, not in {year_group_name(group)}"
    )
    return [Oddity(Odd.YEAR_GROUP, "year_group", said)]


def oddities_of_period(
    born: dt.date, start: dt.date, end: dt.date | None, what: str
) -> list[Oddity]:
    """`what` is “placement” or “plan”."""
    last = last_day_at_25(born)
    if start < born:
        said = f"The {what} begins before the pupil was born: {in_words(born)}"
        return [Oddity(Odd.BEFORE_BIRTH, "start", said)]
    year = "the academic year in which the pupil turns 25"
    after = f"after {year}: that ends on {in_words(last)}"
    if start > last:
        return [Oddity(Odd.AFTER_25, "start", f"The {what} begins {after}")]
    if end and end > last:
        return [Oddity(Odd.ENDS_AFTER_25, "end", f"The {what} ends {after}")]
    return []


def oddities_of_place(
    born: dt.date, start: dt.date, end: dt.date | None, school: Place, today: dt.date
) -> list[Oddity]:
    """A placement before its school opened or after it closed, or of a pupil of another age."""
    found = []
    if school.opened_on and start < school.opened_on:
        said = f"The placement begins before the school opened: {in_words(school.opened_on)}"
        found.append(Oddity(Odd.BEFORE_SCHOOL_OPENED, "start", said))
    closed = school.closed_on
    if closed and (start > closed or (end or today) > closed):
        said = f"The placement goes on after the school closed: {in_words(closed)}"
        found.append(Oddity(Odd.AFTER_SCHOOL_CLOSED, "start" if start > closed else "end", said))
    return found + oddities_of_age(born, start, school)


def oddities_of_age(born: dt.date, start: dt.date, school: Place) -> list[Oddity]:
    """S6: the school's year groups, or one below or above, on the first day."""
    groups = year_groups_of_school(school.low_age, school.high_age)
    group = year_group_of(born, academic_year_of(start))
    if not groups or groups[0] - TOLERANCE <= group <= groups[-1] + TOLERANCE:
        return []
    first, last, usual = map(year_group_name, (groups[0], groups[-1], group))
    kind, age = (Odd.TOO_YOUNG, "young") if group < groups[0] else (Odd.TOO_OLD, "old")
    said = f"The pupil is too {age} for the school: it has {first} to {last}"
    if group <= LAST_YEAR_GROUP:
        said += f", not {usual}"
    return [Oddity(kind, "school", said)]
