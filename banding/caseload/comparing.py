"""Compares a caseload file with the portal, pupil by pupil (rules.md S5, S10, B4, B5)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from banding.caseload.changes import PUPIL_FIELDS, Changes, Difference, Existing, Period
from banding.caseload.checking import CaseloadPupil, shown
from banding.caseload.known import LookUps
from banding.caseload.merging import KEPT, NEW, TAKEN, UNSAID, Verdict, verdict_on_value
from banding.caseload.periods import PeriodComparison
from banding.caseload.remembered import Said, as_text
from banding.choices import CaseloadAnswer, DecisionSource, DecisionState
from banding.models import Band, BandDecision
from banding_portal.files.previews import Change
from banding_portal.folding import clean_text, fold
from schools.models import Placement, Plan, Pupil
from schools.register_rules import year_group_name

WORDS = {
    "upn": "UPN",
    "surname": "Surname",
    "forename": "Forename",
    "date_of_birth": "Date of birth",
    "primary_need": "Primary need",
    "responsible_la": "Responsible authority",
}
NAMES = frozenset({"surname", "forename"})


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
            if not self.holds(given, pupil, NEW, "pupil", "Pupil", "", "in the file"):
                return
            self.changes.add(pupil, Change(who_is(pupil), "Pupil", "", "new"))
        comparison = PupilComparison(self, given, pupil, is_new, self.said_of(pupil))
        comparison.compare()

    def said_of(self, pupil: Pupil) -> Said:
        return self.existing.said.get(pupil.pk) or Said()

    def new_pupil(self, given: CaseloadPupil) -> Pupil:
        pupil = Pupil(reference=given.reference, **values_of(given))
        if given.year_group is not None:
            pupil.recorded_year_group = given.year_group
            pupil.recorded_for = self.academic_year
        return pupil

    def holds(
        self,
        given: CaseloadPupil,
        pupil: Pupil,
        verdict: Verdict,
        key: str,
        what: str,
        ours: str,
        theirs: str,
    ) -> bool:
        """Note a difference; whether the file's side holds, by a person's choice or else by itself.

        `key` says what of the pupil it is about, the same for every load of the file.
        """
        chosen = self.existing.choices.get((given.reference, key, ours, theirs))
        answer = chosen or verdict.answer
        who = self.changes.updated.get(pupil.pk) or who_is(pupil)
        self.changes.differences.append(
            Difference(
                verdict.kind, given.reference, key, who, what, ours, theirs, answer, bool(chosen)
            )
        )
        return answer == CaseloadAnswer.FILE

    def tell(self, pupil: Pupil, what: str, old: Any, new: Any) -> Change:
        """Note a change to a pupil the portal had, under the name they had; of new pupils
        everything is new.
        """
        if pupil.pk not in self.changes.updated:
            self.changes.updated[pupil.pk] = who_is(pupil)
        told = Change(self.changes.updated[pupil.pk], what, shown(old), shown(new))
        self.changes.told.append(told)
        return told


@dataclass
class PupilComparison:
    """Compares what the file says about one pupil."""

    whole: CaseloadComparison
    given: CaseloadPupil
    pupil: Pupil
    is_new: bool
    said: Said

    def compare(self) -> None:
        if not self.is_new:
            self.compare_own()
            self.compare_year_group()
        forgotten = []
        for model, told in ((Placement, self.given.placements), (Plan, self.given.plans)):
            forgotten += PeriodComparison(self, model).compare(told)
        self.compare_bands()
        now = self.said.with_file(self.given, self.whole.academic_year, forgotten)
        before = self.said.data if self.said.is_known else None
        if now != before:
            self.whole.changes.words[self.pupil.pk] = (now, before)

    def holds(self, verdict: Verdict, key: str, what: str, ours: str, theirs: str) -> bool:
        return self.whole.holds(self.given, self.pupil, verdict, key, what, ours, theirs)

    def tell(self, what: str, old: Any, new: Any) -> Change:
        """Of a pupil the portal had it is told on the preview too."""
        if self.is_new:
            return Change(who_is(self.pupil), what, shown(old), shown(new))
        return self.whole.tell(self.pupil, what, old, new)

    def rows(self, model: type[Period]) -> list[Period]:
        return self.whole.existing.periods.get((model, self.pupil.pk), [])

    def compare_own(self) -> None:
        """Empty UPN and need say nothing; of a name only a change in the file itself counts
        where the two read alike.
        """
        for name, value in values_of(self.given).items():
            old = getattr(self.pupil, name)
            if old == value or (name in ("upn", "primary_need") and not value):
                continue
            said = self.said.own(name)
            if name in NAMES and reads_alike(old, value, said):
                continue
            verdict = verdict_on_value(said, as_text(old))
            if self.holds(verdict, f"own {name}", WORDS[name], shown(old), shown(value)):
                self.take_own(name, old, value)

    def take_own(self, name: str, old: Any, value: Any) -> None:
        changes = self.whole.changes
        if name == "upn" and old:
            changes.cleared_upns.append(self.pupil.pk)
            if old[-1].isdigit():
                changes.new_upns.append((self.given, old))
        changes.change(self.pupil, self.tell(WORDS[name], old, value), **{name: value})

    def compare_year_group(self) -> None:
        """A recorded year group holds for its academic year and moves up from there (S5)."""
        year, given = self.whole.academic_year, self.given.year_group
        recorded, since = self.pupil.recorded_year_group, self.pupil.recorded_for
        in_force = None
        if recorded is not None and since is not None:
            in_force = recorded + year - since
        if given is None or given == in_force:
            return
        verdict = verdict_on_value(self.said.year_group(year), in_force)
        new = year_group_name(given)
        old = None if in_force is None else year_group_name(in_force)
        what, theirs = "Recorded year group", f"{new} in {year}"
        ours = "" if old is None else f"{old} in {year}"
        if self.holds(verdict, "own year group", what, ours, theirs):
            told = self.tell(what, old, new)
            values = {"recorded_year_group": given, "recorded_for": year}
            self.whole.changes.change(self.pupil, told, **values)

    def compare_bands(self) -> None:
        """A band that differs is a new decision superseding the one entered before (B4)."""
        for (framework, day), code in self.given.bands.items():
            band = self.whole.known.band(framework, day, code)
            if band is None:
                continue
            key = (self.pupil.pk, band.framework_id, day)
            found = self.whole.existing.decisions.get(key)
            if found is None or self.takes_band(found, band, framework, day):
                old = found.band if found else None
                told = self.tell(f"Agreed band from {shown(day)}", old, band)
                self.whole.changes.add(self.decision(band, day, found), told)

    def takes_band(self, found: BandDecision, band: Band, framework: str, day: dt.date) -> bool:
        ours = str(found.band and found.band.code)
        if found.state == DecisionState.MISTAKEN:
            # What was entered by mistake does not come back by itself.
            verdict = KEPT if found.band_id == band.pk else TAKEN
            ours = f"{ours}, entered by mistake"
        elif found.band_id == band.pk:
            return False
        else:
            verdict = verdict_on_value(self.said.band(framework, day), ours)
        key, what = f"band {framework} {day}", f"Agreed band from {shown(day)}"
        return self.holds(verdict, key, what, ours, band.code)

    def decision(self, band: Band, day: dt.date, found: BandDecision | None) -> BandDecision:
        in_force = found if found and found.state == DecisionState.SUBMITTED else None
        if in_force:
            changes = self.whole.changes
            changes.before[in_force.pk] = {"state": in_force.state}
            changes.superseded.append(in_force)
        return BandDecision(
            pupil=self.pupil,
            framework_id=band.framework_id,
            band=band,
            source=DecisionSource.AUTHORITY,
            state=DecisionState.SUBMITTED,
            effective_from=day,
            supersedes=in_force,
            **self.whole.entry,
        )


def reads_alike(old: str, value: str, said: Any) -> bool:
    """Whether a name differs only in accents, case and the like, and not by a change there."""
    if fold(old) != fold(value):
        return False
    return said is UNSAID or clean_text(said) == clean_text(value) or clean_text(old) == value


def values_of(given: CaseloadPupil) -> dict[str, Any]:
    """The pupil's own fields as the file has them."""
    own = {name: given.row[name] for name in PUPIL_FIELDS}
    return own | {"upn": given.upn, "primary_need": given.primary_need or ""}


def who_is(pupil: Pupil) -> str:
    return f"{pupil.display_name} ({pupil.reference})"
