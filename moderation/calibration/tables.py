"""Calibration in words and figures, as its pages show it (M12)."""

from collections.abc import Sequence
from dataclasses import dataclass

from banding.models import Area, Band, Framework
from banding_portal.pictures.plot import Plot
from banding_portal.words import NOTHING, day, percent, short_day
from moderation.calibration.models import TrainingJudgement
from moderation.calibration.pictures import drift_of
from moderation.calibration.rules import Standing, Tally
from moderation.calibration.selectors import Calibrated

COLOURS = {
    Standing.CALIBRATED: "green",
    Standing.LAPSED: "yellow",
    Standing.BELOW: "orange",
    Standing.NEVER: "grey",
    Standing.NOT_NEEDED: "grey",
}


@dataclass(frozen=True)
class TallyRow:
    """A line of a table: who or when, and what the set came to."""

    name: str
    label: str
    """The day on which the set was finished."""
    stands: Calibrated
    band: str
    """4 of 5"""
    direction: str
    areas: list[tuple[str, str]]
    """Name of the area, and how many of its levels agreed."""
    pk: object = None

    @property
    def colour(self) -> str:
        return COLOURS[self.stands.standing]


@dataclass(frozen=True)
class ShownCalibration:
    """One framework: the moderators with it, by name, and how each went from set to set."""

    framework: Framework
    areas: list[Area]
    stands: list[Calibrated]

    @property
    def area_names(self) -> list[str]:
        return [area.name for area in self.areas]

    @property
    def colour(self) -> str:
        """Of how the first of them stands: one's own page has one alone."""
        return COLOURS[self.stands[0].standing]

    @property
    def drift(self) -> Plot | None:
        return drift_of(self.stands, self.stands[0].rules.percent)

    @property
    def people(self) -> list[TallyRow]:
        """The last set of each moderator."""
        return [self.row("", one, one.last.tally if one.last else None) for one in self.stands]

    @property
    def sets(self) -> list[TallyRow]:
        """Every finished set, the latest first."""
        return [
            self.row(short_day(found.on), one, found.tally, calibration.pk)
            for one in self.stands
            for calibration, found in reversed(one.sets)
        ]

    def row(
        self, label: str, stands: Calibrated, tally: Tally | None, pk: object = None
    ) -> TallyRow:
        areas = tally.areas if tally else {}
        return TallyRow(
            str(stands.moderator),
            label,
            stands,
            of_words(tally.agreed, tally.judged) if tally else NOTHING,
            direction_words(tally) if tally else NOTHING,
            [
                (area.name, of_words(*areas[area.code]) if area.code in areas else NOTHING)
                for area in self.areas
            ],
            pk,
        )


def shown_calibrations(stands: Sequence[Calibrated]) -> list[ShownCalibration]:
    frameworks = dict.fromkeys(one.framework for one in stands)
    return [
        ShownCalibration(
            framework,
            list(framework.areas.all()),
            [one for one in stands if one.framework == framework],
        )
        for framework in frameworks
    ]


def of_words(agreed: int, of: int) -> str:
    return f"{agreed} of {of}"


def direction_words(tally: Tally) -> str:
    """2 higher, 1 lower"""
    parts = [f"{tally.higher} higher"] if tally.higher else []
    parts += [f"{tally.lower} lower"] if tally.lower else []
    return ", ".join(parts) or "None"


@dataclass(frozen=True)
class AreaBeside:
    name: str
    own: str
    settled: str
    """Empty where the level was not settled."""

    @property
    def differs(self) -> bool:
        return bool(self.settled) and self.own != self.settled


@dataclass(frozen=True)
class Beside:
    """A training case as one judged it, beside what was settled."""

    row: TrainingJudgement
    settled: Band | None
    areas: list[AreaBeside]


def beside_settled(rows: Sequence[TrainingJudgement], framework: Framework) -> list[Beside]:
    """For a finished set alone: until then nothing that was settled is shown."""
    bands = {band.code: band for band in framework.bands.all()}
    areas = list(framework.areas.all())
    found = []
    for row in rows:
        chosen = {one.area.code: one.level.code for one in row.levels.all()}
        told = [
            AreaBeside(
                area.name, chosen.get(area.code, NOTHING), row.settled_levels.get(area.code, "")
            )
            for area in areas
        ]
        found.append(Beside(row, bands.get(row.settled_band), told))
    return found


def threshold_words(stands: Calibrated) -> str:
    """In which share, and for how long."""
    rules = stands.rules
    return (
        f"A set has {rules.size} training cases. You are calibrated once you choose the settled "
        f"band in at least {percent(rules.percent / 100, 0)} of them. This lasts {rules.days} days."
    )


def standing_words(stands: Calibrated) -> str:
    """Calibrated until 12 December 2026, or why not."""
    ends = stands.lapses_on
    if stands.standing == Standing.CALIBRATED:
        return f"You are calibrated. It lapses on {day(ends)}."
    return stands.why_not
