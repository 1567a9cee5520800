"""Checks the rows of the Joiners sheet (rules.md T3, S4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from banding.joiners.rules import Told, Unclear, may_be, oddities_of_joiner, told_before
from banding.joiners.services import problem_of_joiner_dates
from banding.templates_io.uploads.known import LockedReturn
from banding.templates_io.workbooks.columns import JOINER_COLUMNS
from banding_portal.files.tables import TableLine
from banding_portal.jobs.results import Issue
from schools.matching import blocking_keys
from schools.selectors.matches import identity_of

FIELDS = tuple(column.key for column in JOINER_COLUMNS)


@dataclass
class JoinerRows:
    """Joiners to add, as the fields of `add_joiner`, and what speaks against them."""

    new: list[dict[str, Any]] = field(default_factory=list)
    known: int = 0
    """Joiners the authority has been told of already."""
    issues: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    seen: dict[tuple, int] = field(default_factory=dict)

    _told: defaultdict[object, list[Told]] = field(default_factory=lambda: defaultdict(list))

    def remember(self, told: Told) -> None:
        """Told before, or earlier in the file."""
        for key in blocking_keys(told.identity):
            self._told[key].append(told)

    def alike(self, told: Told) -> list[Told]:
        """Those that can be the same; a long list is not gone through for each row."""
        found = [each for key in blocking_keys(told.identity) for each in self._told.get(key, ())]
        return sorted(set(found))


def check_joiner_lines(lines: Iterable[TableLine], known: LockedReturn) -> JoinerRows:
    rows = JoinerRows()
    for told in known.joiners:
        rows.remember(told)
    for line in lines:
        check_joiner(line, known, rows)
        rows.issues += line.issues
    return rows


def check_joiner(line: TableLine, known: LockedReturn, rows: JoinerRows) -> None:
    line.who = ", ".join(filter(None, (line.text("surname"), line.text("forename"))))
    if line["upn"] in known.upns:
        line.refuse("upn", "A pupil with this UPN is on the return already. Fill in that row.")
    check_dates(line, known)
    if line.problems:
        return
    values: dict[str, Any] = {key: line[key] or "" for key in FIELDS}
    told = Told(**values)
    person = (told.identity.name, told.date_of_birth, told.upn)
    row = rows.seen.get(person)
    if row:
        line.refuse("surname", f"This pupil is in the file twice: also in row {row}.")
        return
    rows.seen[person] = line.number
    found = told_before(told, rows.alike(told))
    if isinstance(found, Unclear):
        line.refuse(found.field, found.sentence)
    elif found is None:
        rows.warnings += odd_dates(line, told, known)
        rows.warnings += alike_on_the_list(line, told, known, rows.alike(told))
        rows.new.append(values)
        rows.remember(told)
    else:
        rows.known += 1


def odd_dates(line: TableLine, told: Told, known: LockedReturn) -> list[Issue]:
    """Warnings of dates that hardly can be (S13)."""
    school, today = known.pupil_return.school, timezone.localdate()
    found = oddities_of_joiner(told.date_of_birth, told.joined_on, school, today)
    return [line.note(each.field, f"{each.sentence}.") for each in found]


def alike_on_the_list(
    line: TableLine, told: Told, known: LockedReturn, joiners: Iterable[Told]
) -> list[Issue]:
    """Warnings of pupils and joiners of the return that the joiner may be (S8)."""
    on_it = [(str(pupil), identity_of(pupil)) for pupil in known.alike(told.identity)]
    others = on_it + [(str(other), other.identity) for other in joiners]
    said = [may_be(told, who, identity) for who, identity in others]
    return [line.note("surname", sentence) for sentence in said if sentence]


def check_dates(line: TableLine, known: LockedReturn) -> None:
    born, joined = line["date_of_birth"], line["joined_on"]
    if isinstance(born, dt.date) and isinstance(joined, dt.date):
        reference_date = known.pupil_return.collection.reference_date
        key, problem = problem_of_joiner_dates(reference_date, born, joined)
        if problem:
            line.refuse(key, f"{problem}.")
