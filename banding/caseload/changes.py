"""What a batch of a caseload would change, worked out in memory before anything is written."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from banding.caseload.checking import CaseloadPupil, shown
from banding.caseload.known import Known
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


@dataclass
class Existing:
    """What the portal has of the pupils of a batch, by the keys the file uses."""

    pupils: dict[str, Pupil] = field(default_factory=dict)
    placements: dict[tuple[UUID, UUID, dt.date], Placement] = field(default_factory=dict)
    plans: dict[tuple[UUID, str, dt.date], Plan] = field(default_factory=dict)
    decisions: dict[tuple[UUID, UUID, dt.date], BandDecision] = field(default_factory=dict)
    """The latest one the authority entered, by pupil, framework and effective date."""


@dataclass
class Changes:
    """Rows to write, and what to tell about them."""

    new_pupils: list[Pupil] = field(default_factory=list)
    changed_pupils: list[Pupil] = field(default_factory=list)
    cleared_upns: list[UUID] = field(default_factory=list)
    """Pupils whose old UPN has to go first, for another pupil may get it."""
    new_placements: list[Placement] = field(default_factory=list)
    changed_placements: list[Placement] = field(default_factory=list)
    new_plans: list[Plan] = field(default_factory=list)
    changed_plans: list[Plan] = field(default_factory=list)
    new_decisions: list[BandDecision] = field(default_factory=list)
    superseded: list[BandDecision] = field(default_factory=list)
    told: list[Change] = field(default_factory=list)
    """Changes to pupils the portal had."""
    updated: dict[UUID, str] = field(default_factory=dict)
    """Pupils that change, by id, with the name and reference they are told under."""
    new_upns: list[tuple[CaseloadPupil, str]] = field(default_factory=list)
    """Pupils whose permanent UPN is replaced by another, with the old one."""


@dataclass(frozen=True)
class Comparison:
    """Compares the file with what is there."""

    known: Known
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
        self.compare_placements(pupil, given, is_new)
        self.compare_plans(pupil, given, is_new)
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
        self.changes.new_pupils.append(pupil)
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
        if self.takes_year_group(pupil, given):
            differs = True
        if differs:
            self.changes.changed_pupils.append(pupil)

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

    def compare_placements(self, pupil: Pupil, given: CaseloadPupil, is_new: bool) -> None:
        for (urn, start), end in given.placements.items():
            school = self.known.schools[urn]
            found = self.existing.placements.get((pupil.pk, school, start))
            if found is None:
                row = Placement(pupil=pupil, school_id=school, start=start, end=end)
                self.changes.new_placements.append(row)
            elif found.end != end:
                self.changes.changed_placements.append(found)
            what = f"Placement at {urn} from {shown(start)}"
            self.tell_end(pupil, what, found, end, is_new)

    def compare_plans(self, pupil: Pupil, given: CaseloadPupil, is_new: bool) -> None:
        for (plan_type, start), end in given.plans.items():
            found = self.existing.plans.get((pupil.pk, plan_type, start))
            if found is None:
                row = Plan(pupil=pupil, plan_type=plan_type, start=start, end=end)
                self.changes.new_plans.append(row)
            elif found.end != end:
                self.changes.changed_plans.append(found)
            what = f"{PlanType(plan_type).label} from {shown(start)}"
            self.tell_end(pupil, what, found, end, is_new)

    def tell_end(
        self,
        pupil: Pupil,
        what: str,
        found: Placement | Plan | None,
        end: dt.date | None,
        is_new: bool,
    ) -> None:
        """Set the end of what is there, and say so of a pupil the portal had."""
        if found is not None and found.end == end:
            return
        if not is_new:
            self.tell(pupil, what, ends(found), ends_on(end))
        if found:
            found.end = end

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
            self.changes.new_decisions.append(self.decision(pupil, band, day, found))

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


def ends(found: Placement | Plan | None) -> str:
    return ends_on(found.end) if found else ""


def ends_on(end: dt.date | None) -> str:
    return f"ends {shown(end)}" if end else "no end"
