"""What a caseload would change, gathered in memory before anything is written."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from banding.caseload.checking import CaseloadPupil
from banding.caseload.remembered import Said
from banding.choices import CaseloadAnswer, DifferenceKind
from banding.models import BandDecision
from banding_portal.files.previews import Change
from banding_portal.words import short_day
from schools.models import Placement, Plan, Pupil

PUPIL_FIELDS = ("upn", "surname", "forename", "date_of_birth", "primary_need", "responsible_la")
FACTS: dict[type[models.Model], tuple[str, ...]] = {
    Pupil: ("reference", *PUPIL_FIELDS, "recorded_year_group", "recorded_for"),
    Placement: ("pupil_id", "school_id", "start", "end"),
    Plan: ("pupil_id", "plan_type", "start", "end"),
    BandDecision: ("state", "band_id", "effective_from"),
}
"""What the record of an import keeps of a row, in the order in which rows are written."""

Facts = dict[str, Any]
Period = Placement | Plan
Key = tuple[type, UUID, Any, dt.date]
"""Of a placement or plan: which of the two, pupil, school or type, start."""


@dataclass(frozen=True)
class Difference:
    """One way in which the file and the portal differ, and which side holds."""

    kind: DifferenceKind
    reference: str
    key: str
    who: str
    what: str
    ours: str
    theirs: str
    answer: CaseloadAnswer | str
    decided: bool = False
    placement: UUID | None = None


@dataclass
class Existing:
    """What the portal has of the pupils of a batch, by the keys the file uses."""

    pupils: dict[str, Pupil]
    periods: dict[tuple[type, UUID], list[Period]]
    """Placements and plans by pupil."""
    decisions: dict[tuple[UUID, UUID, dt.date], BandDecision]
    """The latest one the authority entered, by pupil, framework and effective date."""
    said: dict[UUID, Said]
    corrected: dict[Key, UUID]
    """The id of what was put right here, by what it was before (S10)."""
    choices: dict[tuple[str, str, str, str], CaseloadAnswer]
    """What people have said, by reference, key, our and their side."""


@dataclass
class Changes:
    """Rows to write, and what to tell about them."""

    new: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type, dict[UUID, Any]] = field(default_factory=lambda: defaultdict(dict))
    """By model and id."""
    before: dict[UUID, Facts] = field(default_factory=dict)
    """The facts of rows that change, as they were."""
    about: dict[UUID, list[Change]] = field(default_factory=lambda: defaultdict(list))
    """What to tell about each row, by id."""
    cleared_upns: list[UUID] = field(default_factory=list)
    """Pupils whose old UPN has to go first, for another pupil may get it."""
    superseded: list[BandDecision] = field(default_factory=list)
    told: list[Change] = field(default_factory=list)
    """Changes to pupils the portal had."""
    updated: dict[UUID, str] = field(default_factory=dict)
    """Pupils that change, by id, with the name and reference they are told under."""
    new_upns: list[tuple[CaseloadPupil, str]] = field(default_factory=list)
    """Pupils whose permanent UPN is replaced by another, with the old one."""
    differences: list[Difference] = field(default_factory=list)
    seen: set[UUID] = field(default_factory=set)
    """Placements that the file names, in whatever way."""
    words: dict[UUID, tuple[dict[str, Any], dict[str, Any] | None]] = field(default_factory=dict)
    """By pupil what the caseload says from now on, and what it said before."""

    @property
    def moved(self) -> bool:
        """Whether any placement or plan is new or another."""
        return any(rows[model] for rows in (self.new, self.changed) for model in (Placement, Plan))

    def add(self, row: Any, told: Change) -> None:
        self.new[type(row)].append(row)
        self.about[row.pk].append(told)

    def change(self, row: Any, told: Change, **values: Any) -> None:
        """Set what differs in a row that is there."""
        self.before.setdefault(row.pk, facts_of(row))
        for name, value in values.items():
            setattr(row, name, value)
        self.changed[type(row)][row.pk] = row
        self.about[row.pk].append(told)


def facts_of(row: models.Model) -> Facts:
    return {name: getattr(row, name) for name in FACTS[type(row)]}


def ends_on(end: dt.date | None) -> str:
    return f"ends {short_day(end)}" if end else "no end"
