"""What a batch of a caseload would change, worked out in memory before anything is written."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from banding.caseload.checking import CaseloadPupil, shown
from banding.caseload.known import LookUps
from banding.choices import DecisionSource, DecisionState
from banding.models import Band, BandDecision
from banding_portal.files.previews import Change
from schools.choices import PlanType
from schools.models import Placement, Plan, Pupil

PUPIL_FIELDS = ("upn", "surname", "forename", "date_of_birth", "primary_need", "responsible_la")
WORDS = {
    "upn": "UPN",
    "surname": "Surname",
    "forename": "Forename",
    "date_of_birth": "Date of birth",
    "primary_need": "Primary need",
    "responsible_la": "Responsible authority",
}


Period = Placement | Plan


@dataclass
class Existing:
    """What the portal has of the pupils of a batch, by the keys the file uses."""

    pupils: dict[str, Pupil]
    periods: dict[tuple[type, UUID, Any, dt.date], Period]
    """Placements and plans by pupil, school or type, and start."""
    decisions: dict[tuple[UUID, UUID, dt.date], BandDecision]
    """The latest one the authority entered, by pupil, framework and effective date."""


@dataclass
class Changes:
    """Rows to write, and what to tell about them."""

    new: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """By model."""
    cleared_upns: list[UUID] = field(default_factory=list)
    """Pupils whose old UPN has to go first, for another pupil may get it."""
    superseded: list[BandDecision] = field(default_factory=list)
    told: list[Change] = field(default_factory=list)
    """Changes to pupils the portal had."""
    updated: dict[UUID, str] = field(default_factory=dict)
    """Pupils that change, by id, with the name and reference they are told under."""
    new_upns: list[tuple[CaseloadPupil, str]] = field(default_factory=list)
    """Pupils whose permanent UPN is replaced by another, with the old one."""

    @property
    def moved(self) -> bool:
        """Whether any placement or plan is new or another."""
        return any(rows[model] for rows in (self.new, self.changed) for model in (Placement, Plan))


@dataclass(frozen=True)
class CaseloadComparison:
    """Compares the file with what is there."""

    known: LookUps
    existing: Existing
    changes: Changes
    academic_year: int
    """Of the file's year groups."""
    entry: dict[str, Any]
    """Who enters agreed bands and when: decided_by, submitted_at."""

    def compare(self, given: CaseloadPupil) -> None:
        pupil = self.existing.pupils.get(given.reference)
        is_new = pupil is None
        if pupil is None:
            pupil = self.new_pupil(given)
        else:
            self.compare_pupil(pupil, given)
        self.compare_periods(pupil, given, is_new)
        self.compare_bands(pupil, given, is_new)

    def tell(self, pupil: Pupil, what: str, old: Any, new: Any) -> None:
        """Note a change to a pupil the portal had, under the name they had; of new pupils
        everything is new.
        """
        if pupil.pk not in self.changes.updated:
            self.changes.updated[pupil.pk] = f"{pupil.display_name} ({pupil.reference})"
        who = self.changes.updated[pupil.pk]
        self.changes.told.append(Change(who, what, shown(old), shown(new)))

    def new_pupil(self, given: CaseloadPupil) -> Pupil:
        pupil = Pupil(reference=given.reference, **values_of(given))
        if given.year_group is not None:
            pupil.recorded_year_group = given.year_group
            pupil.recorded_for = self.academic_year
        self.changes.new[Pupil].append(pupil)
        return pupil

    def compare_pupil(self, pupil: Pupil, given: CaseloadPupil) -> None:
        """Empty UPN and need say nothing; a year group that still holds is no change."""
        differs = False
        for name, value in values_of(given).items():
            old = getattr(pupil, name)
            if old == value or (name in ("upn", "primary_need") and not value):
                continue
            if name == "upn" and old:
                self.note_new_upn(pupil, given, old)
            self.tell(pupil, WORDS[name], old, value)
            setattr(pupil, name, value)
            differs = True
        if self.takes_year_group(pupil, given) or differs:
            self.changes.changed[Pupil].append(pupil)

    def note_new_upn(self, pupil: Pupil, given: CaseloadPupil, old: str) -> None:
        self.changes.cleared_upns.append(pupil.pk)
        if old[-1].isdigit():
            self.changes.new_upns.append((given, old))

    def takes_year_group(self, pupil: Pupil, given: CaseloadPupil) -> bool:
        """A recorded year group holds for its academic year and moves up from there (S5)."""
        recorded, since = pupil.recorded_year_group, pupil.recorded_for
        in_force = None
        if recorded is not None and since is not None:
            in_force = recorded + self.academic_year - since
        if given.year_group is None or given.year_group == in_force:
            return False
        self.tell(pupil, "Recorded year group", in_force, given.year_group)
        pupil.recorded_year_group = given.year_group
        pupil.recorded_for = self.academic_year
        return True

    def compare_periods(self, pupil: Pupil, given: CaseloadPupil, is_new: bool) -> None:
        for (urn, start), end in given.placements.items():
            school = self.known.schools[urn]
            row = Placement(pupil=pupil, school_id=school, start=start, end=end)
            self.compare_period(row, school, f"Placement at {urn}", is_new)
        for (plan_type, start), end in given.plans.items():
            plan = Plan(pupil=pupil, plan_type=plan_type, start=start, end=end)
            self.compare_period(plan, plan_type, PlanType(plan_type).label, is_new)

    def compare_period(self, row: Period, key: Any, what: str, is_new: bool) -> None:
        """Add it, or set the end of what is there, and say so of a pupil the portal had."""
        found = self.existing.periods.get((type(row), row.pupil_id, key, row.start))
        if found is not None and found.end == row.end:
            return
        if not is_new:
            since, before = f"{what} from {shown(row.start)}", ends_on(found.end) if found else ""
            self.tell(row.pupil, since, before, ends_on(row.end))
        if found is None:
            self.changes.new[type(row)].append(row)
        else:
            found.end = row.end
            self.changes.changed[type(row)].append(found)

    def compare_bands(self, pupil: Pupil, given: CaseloadPupil, is_new: bool) -> None:
        """A band that differs is a new decision superseding the one entered before (B4)."""
        for (framework, day), code in given.bands.items():
            band = self.known.band(framework, day, code)
            if band is None:
                continue
            found = self.existing.decisions.get((pupil.pk, band.framework_id, day))
            if found is not None and found.band_id == band.pk:
                continue
            if not is_new:
                old = found.band if found else None
                self.tell(pupil, f"Agreed band from {shown(day)}", old, band)
            self.changes.new[BandDecision].append(self.decision(pupil, band, day, found))

    def decision(
        self, pupil: Pupil, band: Band, day: dt.date, found: BandDecision | None
    ) -> BandDecision:
        in_force = found if found and found.state == DecisionState.SUBMITTED else None
        if in_force:
            self.changes.superseded.append(in_force)
        return BandDecision(
            pupil=pupil,
            framework_id=band.framework_id,
            band=band,
            source=DecisionSource.AUTHORITY,
            state=DecisionState.SUBMITTED,
            effective_from=day,
            supersedes=in_force,
            **self.entry,
        )


def values_of(given: CaseloadPupil) -> dict[str, Any]:
    """The pupil's own fields as the file has them."""
    own = {name: given.row[name] for name in PUPIL_FIELDS}
    return own | {"upn": given.upn, "primary_need": given.primary_need or ""}


def ends_on(end: dt.date | None) -> str:
    return f"ends {shown(end)}" if end else "no end"
