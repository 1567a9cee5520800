"""Compares the placements, or the plans, that a caseload file gives a pupil (rules.md S10, B5)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from banding.caseload.changes import Changes, Period, ends_on
from banding.caseload.checking import End
from banding.caseload.merging import (
    ENDED_THERE,
    KEPT,
    MOVED,
    NEW,
    TAKEN,
    UNSAID,
    Verdict,
    verdict_on_end,
)
from banding.caseload.remembered import PLACEMENTS, PLANS, at
from banding_portal.words import short_day
from schools.choices import PlanType
from schools.models import Placement, Plan

if TYPE_CHECKING:
    from banding.caseload.comparing import PupilComparison

Named = tuple[str, dt.date]
"""How a file names one: URN or plan type, and start."""


@dataclass
class PeriodComparison:
    """One pupil's, of one kind."""

    of: "PupilComparison"
    model: type[Period]
    taken: set[UUID] = field(default_factory=set)
    """Rows that something in the file is about."""
    forgotten: list[tuple[str, str]] = field(default_factory=list)

    def compare(self, told: Mapping[Named, End]) -> list[tuple[str, str]]:
        """Returns what the caseload said once and no longer says, as it is remembered."""
        exact = {named: row for named in told if (row := self.find(named))}
        self.taken |= {row.pk for row in exact.values()}
        for named, end in told.items():
            if named in exact:
                self.compare_end(exact[named], named, end)
            else:
                self.compare_other(named, end)
        self.changes.seen |= self.taken
        return self.forgotten

    @property
    def changes(self) -> Changes:
        return self.of.whole.changes

    @property
    def noun(self) -> str:
        return PLACEMENTS if self.model is Placement else PLANS

    def what_id(self, what: str) -> Any:
        return self.of.whole.known.schools[what] if self.model is Placement else what

    def find(self, named: Named) -> Period | None:
        what, start = self.what_id(named[0]), named[1]
        rows = self.of.rows(self.model)
        return next((row for row in rows if what_of(row) == what and row.start == start), None)

    def words(self, named: Named) -> str:
        if self.model is Placement:
            what = f"Placement at {self.of.whole.known.places[named[0]].name}"
        else:
            what = PlanType(named[0]).label
        return f"{what} from {short_day(named[1])}"

    def key(self, named: Named) -> str:
        return f"{self.noun} {at(*named)}"

    def compare_end(self, row: Period, named: Named, end: End) -> None:
        if row.end == end:
            return
        verdict = verdict_on_end(self.of.said.end(self.noun, *named), end, row.end)
        self.settle_end(verdict, row, named, end)

    def settle_end(self, verdict: Verdict, row: Period, named: Named, end: End) -> None:
        ours, theirs, what = ends_on(row.end), ends_on(end), self.words(named)
        if self.of.holds(verdict, f"{self.key(named)} end", what, ours, theirs):
            self.changes.change(row, self.of.tell(what, ours, theirs), end=end)

    def compare_other(self, named: Named, end: End) -> None:
        """What the portal has not, at least not so."""
        if self.of.is_new:
            return self.add(named, end)
        corrected = self.of.whole.existing.corrected.get(self.full_key(named))
        if corrected or self.of.said.named(self.noun, *named):
            return self.compare_corrected(corrected, named, end)
        overlapping = self.overlapping(named, end)
        if overlapping:
            return self.compare_start(overlapping, named, end)
        elsewhere = self.elsewhere(named, end)
        ours = self.place_of(elsewhere) if elsewhere else ""
        verdict = MOVED if elsewhere else NEW
        if self.of.holds(verdict, self.key(named), self.words(named), ours, ends_on(end)):
            self.add(named, end)
        return None

    def full_key(self, named: Named) -> Any:
        return (self.model, self.of.pupil.pk, self.what_id(named[0]), named[1])

    def compare_corrected(self, pk: UUID | None, named: Named, end: End) -> None:
        """What was put right or removed here stays so; only an end that is new is taken."""
        rows = self.of.rows(self.model)
        row = next((row for row in rows if row.pk == pk and pk not in self.taken), None)
        ours = self.place_of(row) if row else "removed here"
        if row:
            self.taken.add(row.pk)
        if self.of.holds(KEPT, self.key(named), self.words(named), ours, ends_on(end)):
            if row is None:
                self.add(named, end)
            else:
                self.put(row, named, end, ours)
        elif row and self.ends_there(row, named, end):
            self.settle_end(ENDED_THERE, row, named, end)

    def ends_there(self, row: Period, named: Named, end: End) -> bool:
        """Whether the file has an end now that it had not, for what has none here either."""
        had = self.of.said.end(self.noun, *named)
        return end is not None and had is None and row.end is None and end >= row.start

    def overlapping(self, named: Named, end: End) -> Period | None:
        """One at the same school, or of the same type, for some of the days, which the file names
        nowhere: it is this one with another start.
        """
        what = self.what_id(named[0])
        return next(
            (
                row
                for row in self.of.rows(self.model)
                if row.pk not in self.taken and what_of(row) == what and overlap(row, named[1], end)
            ),
            None,
        )

    def compare_start(self, row: Period, named: Named, end: End) -> None:
        self.taken.add(row.pk)
        before = (named[0], row.start)
        is_theirs = self.of.said.end(self.noun, *before) is not UNSAID
        ours = self.place_of(row)
        verdict = TAKEN if is_theirs else KEPT
        if self.of.holds(verdict, self.key(named), self.words(named), ours, ends_on(end)):
            self.put(row, named, end, ours)
            self.forgotten.append((self.noun, at(*before)))

    def put(self, row: Period, named: Named, end: End, ours: str) -> None:
        """Make a row that is there what the file says."""
        told = self.of.tell(self.words(named), ours, ends_on(end))
        field_name = "school_id" if self.model is Placement else "plan_type"
        values = {field_name: self.what_id(named[0]), "start": named[1], "end": end}
        self.changes.change(row, told, **values)

    def elsewhere(self, named: Named, end: End) -> Period | None:
        """An open placement at another school, which the pupil seems to have left for this one."""
        if self.model is not Placement or end is not None:
            return None
        rows = self.of.rows(self.model)
        return next((row for row in rows if row.end is None and row.start <= named[1]), None)

    def place_of(self, row: Period) -> str:
        """A row as people read it."""
        dates = f"from {short_day(row.start)}, {ends_on(row.end)}"
        if isinstance(row, Plan):
            return f"{row.get_plan_type_display()} {dates}"
        return f"at {self.of.whole.known.urns[row.school_id]} {dates}"

    def add(self, named: Named, end: End) -> None:
        row: Period
        if self.model is Placement:
            school = self.what_id(named[0])
            row = Placement(pupil=self.of.pupil, school_id=school, start=named[1], end=end)
        else:
            row = Plan(pupil=self.of.pupil, plan_type=named[0], start=named[1], end=end)
        self.taken.add(row.pk)
        self.changes.add(row, self.of.tell(self.words(named), "", ends_on(end)))


def what_of(row: Period) -> Any:
    return row.school_id if isinstance(row, Placement) else row.plan_type


def overlap(row: Period, start: dt.date, end: End) -> bool:
    return (row.end is None or row.end >= start) and (end is None or end >= row.start)
