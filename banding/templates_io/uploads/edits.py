"""What a row of a template would do to a pupil on the return."""

import datetime as dt
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from banding.assessment.problems import problems_of_assessment
from banding.assessment.services import Assessment, levels_of
from banding.choices import OFF_THE_RETURN, PupilChange
from banding.models import Band
from banding.returns.progress import PupilLine, ReturnProgress
from banding.templates_io.uploads.known import LockedReturn
from banding_portal.files.previews import Change
from banding_portal.words import day

LONGEST_LEVEL = 120
NOT_OWN = "Another authority’s pupil, for whom no band is needed"
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass
class ToldChange:
    """A change as the row gives it (rules.md B7)."""

    change: str
    date: dt.date | None
    reason: str

    @property
    def words(self) -> str:
        label = PupilChange(self.change).label
        return f"{label} on {day(self.date)}" if self.date else label


@dataclass
class PupilEdit:
    """A pupil's row: what is there, and what it would be. None: the row leaves it alone."""

    target: PupilLine
    chosen: Assessment | None = None
    told: ToldChange | None = None

    @property
    def kind(self) -> str:
        """New or changed where the row would write something."""
        if self.chosen is None and self.told is None:
            return UNCHANGED
        return NEW if self.target.decision is None and self.told is None else CHANGED

    @property
    def old_band(self) -> Band | None:
        return self.target.decision.band if self.target.decision else None

    @property
    def new_band(self) -> Band | None:
        return self.chosen.band if self.chosen else self.old_band

    @property
    def last_band(self) -> Band | None:
        """The band in force before this collection."""
        return self.target.last.band if self.target.last else None

    @property
    def is_off(self) -> bool:
        """Whether the row says that nobody is to band the pupil here."""
        return self.told is not None and self.told.change in OFF_THE_RETURN

    def jump(self) -> int:
        """Ranks from the last band under the same framework; 0 where there is none."""
        last = self.target.last
        band = self.chosen.band if self.chosen else None
        if band is None or last is None or last.band is None:
            return 0
        if last.framework_id != band.framework_id:
            return 0
        return band.rank - last.band.rank

    def as_change(self, known: LockedReturn) -> Change:
        """The row in the preview."""
        missing: list[str] = []
        if self.chosen:
            missing = problems_of_assessment(
                areas=[str(area.pk) for area in known.areas],
                levels=[str(level.area_id) for level in self.chosen.levels],
                band=self.chosen.band,
                suggested=self.chosen.suggested_band,
                difference_reason=self.chosen.difference_reason,
            )
        total = len(known.bands)
        return Change(
            self.target.pupil.display_name,
            ", ".join(self._what()),
            as_tag(self.old_band, total) if not self.is_off or self.old_band else "",
            "No band needed" if self.is_off else as_tag(self.new_band, total),
            ". ".join(missing),
            last=self._last(total),
            answers=self._levels(known),
            until_now=self._levels_until_now(known),
        )

    @property
    def rests_on(self) -> list[Any]:
        """The draft's version and the change told before, so that a save meanwhile shows (T7)."""
        return [str(self.target.row.pk), self.kind, *answer_now(self.target)]

    def _last(self, total: int) -> Any:
        """The last band; as words where it is another framework's and has no colour here."""
        last = self.target.last
        if last is None or last.band is None:
            return ""
        is_foreign = self.target.last_is_foreign
        return f"{last.band} ({last.framework})" if is_foreign else as_tag(last.band, total)

    def _levels(self, known: LockedReturn) -> list[tuple[str, str, str]]:
        """The levels chosen in words, and those of last time where they are others."""
        if self.chosen is None:
            return []
        now = {level.area_id: level for level in self.chosen.levels}
        before = known.last_levels.get(self.target.last.pk, {}) if self.target.last else {}
        said = []
        for area in known.areas:
            level, last = now.get(area.pk), before.get(area.pk, "")
            words = shorten(str(level), LONGEST_LEVEL, placeholder=" …") if level else ""
            said.append((area.name, words, last if level is None or last != level.code else ""))
        return said

    def _levels_until_now(self, known: LockedReturn) -> str:
        """The levels on the portal that the file replaces by others."""
        decision = self.target.decision
        if self.chosen is None or decision is None:
            return ""
        now = {level.area_id: level for level in self.chosen.levels}
        before = {one.area_id: one.level for one in decision.levels.all()}
        return "; ".join(
            f"{area.name} {before[area.pk].code}"
            for area in known.areas
            if area.pk in before and before[area.pk] != now.get(area.pk)
        )

    def _what(self) -> list[str]:
        """What else changes, in words."""
        words = [self.told.words] if self.told else []
        if self.chosen and self.chosen.band and not self.target.is_own:
            words.append(NOT_OWN)
        decision = self.target.decision
        if self.chosen is None or decision is None:
            return words
        if set(levels_of(decision)) != {level.pk for level in self.chosen.levels}:
            words.append("Levels")
        if decision.difference_reason != self.chosen.difference_reason:
            words.append("Reason")
        if decision.rationale != self.chosen.rationale:
            words.append("Rationale")
        return words


def answer_now(line: PupilLine) -> list[Any]:
    """What the portal has of a pupil, so short that another time can be compared with it."""
    decision, row = line.decision, line.row
    before = [decision.state, decision.version] if decision else None
    return [before, row.change, str(row.change_date)]


def is_out_of_date(preview: dict[str, Any], progress: ReturnProgress) -> bool:
    """Whether somebody answered otherwise about a pupil of the file since it was checked (T7)."""
    now = {str(line.row.pk): answer_now(line) for line in progress.lines}
    return any(now.get(pk) != before for pk, before in preview.get("answers", {}).items())


def as_tag(band: Band | None, total: int) -> dict[str, Any] | None:
    """What a page needs to show a band."""
    if band is None:
        return None
    return {"name": band.name, "code": band.code, "rank": band.rank, "total": total}
