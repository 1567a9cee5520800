"""What hardly can be about a pupil who left or stays on (rules.md B7, S7). Pure.

The school is asked whether it is right all the same. Sentences have no full stop, as in a form.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from banding.choices import PupilChange
from banding_portal.words import day as in_words
from schools.register_rules import is_last_year_group, year_group_name, year_groups_of_school

WHERE_TO = "The next school or place. Write “Not known” if you do not know."
WHERE_TO_MISSING = "Enter where the pupil has gone, or “Not known”"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence and the field it is about; nothing that cannot be."""

    field: str
    sentence: str
    is_error: bool = False


class Answer(NamedTuple):
    """What a return says of a pupil without a band."""

    change: str = ""
    change_date: dt.date | None = None
    change_reason: str = ""
    destination: str = ""

    def __str__(self) -> str:
        """“Left on 5 February 2027”, “Staying on” (“No place yet”)."""
        said = PupilChange(self.change).label
        said += f" on {in_words(self.change_date)}" if self.change_date else ""
        return f"“{said}” (“{self.change_reason}”)" if self.change_reason else f"“{said}”"


ANSWER = Answer._fields
NO_ANSWER = Answer()


def doubt_of_staying(name: str, year_group: int, ages: tuple[int | None, int | None]) -> str:
    """A sentence where a pupil is said to stay who would not leave; empty where all is well."""
    if not year_groups_of_school(*ages) or is_last_year_group(year_group, *ages):
        return ""
    return f"{name} is in {year_group_name(year_group)}, which is not your last year group"


def doubt_of_leaving(name: str, left: dt.date, banded_from: dt.date | None) -> str:
    """A sentence where a school banded a pupil from a day after they left; else empty."""
    if banded_from is None or left >= banded_from:
        return ""
    return f"Your school gave {name} a band from {in_words(banded_from)}, which is after this date"


def doubts_of_change(
    change: str,
    *,
    name: str,
    left: dt.date | None,
    year_group: int,
    ages: tuple[int | None, int | None],
    banded_from: dt.date | None,
) -> list[Doubt]:
    found = []
    if change == PupilChange.STAYING_ON:
        found.append(Doubt("change", doubt_of_staying(name, year_group, ages)))
    if change == PupilChange.LEFT and left:
        found.append(Doubt("change_date", doubt_of_leaving(name, left, banded_from)))
    return [doubt for doubt in found if doubt.sentence]
