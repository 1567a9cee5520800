"""Answers as schools and moderators would give them: mostly what the levels suggest."""

import random
from dataclasses import dataclass
from functools import cached_property

from banding.assessment.services import Assessment
from banding.frameworks import suggestion
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import Band, Framework, Level

RATIONALES = (
    "Discussed with the family at the annual review.",
    "The same help as last year, and it is still needed.",
    "Observed in class by the SENCO this term.",
    "Report of the educational psychologist, section 4.",
    "",
    "",
)
REASONS = (
    "Two areas together need more than either of them alone.",
    "A new medical plan since these descriptors were written.",
    "The help is needed all day, though each part of it is small.",
)
PROVISION = {
    "in-place": "A small group for reading each morning, and a visual timetable.",
    "hours": "7.5",
    "outcome": "Follows a lesson for ten minutes now; writing is still hard.",
}
"""Evidence of what is in place, by the fields of the demonstration's framework."""
OTHER_BAND_PERCENT = 8


@dataclass
class AnswerBook:
    """Chooses levels of a framework around a rank, the same ones for the same dice."""

    framework: Framework
    dice: random.Random

    @cached_property
    def areas(self) -> list[tuple[str, list[Level]]]:
        areas = areas_with_levels(self.framework)
        return [(area.code, list(area.levels.all())) for area in areas]

    @cached_property
    def rules(self) -> suggestion.FrameworkRules:
        return rules_of(self.framework)

    @cached_property
    def bands(self) -> list[Band]:
        return list(self.framework.bands.all())

    def levels(self, rank: int) -> list[Level]:
        """A level in each area, most of them pointing to the band of that rank."""
        least = self.dice.randrange(len(self.areas))
        return [
            self.level(levels, rank - (1 if place == least else 0))
            for place, (_, levels) in enumerate(self.areas)
        ]

    def level(self, levels: list[Level], rank: int) -> Level:
        known = [level for level in levels if level.band and level.band.rank <= max(rank, 1)]
        return known[-1] if known else levels[0]

    def suggested(self, levels: list[Level]) -> Band | None:
        codes = {area: level.code for (area, _), level in zip(self.areas, levels, strict=True)}
        code = suggestion.suggest_band(self.rules, codes).band_code
        return next((band for band in self.bands if band.code == code), None)

    def chosen(self, rank: int) -> Assessment:
        """A complete answer around a rank; now and then another band, with a reason."""
        rank = min(max(rank, 1), len(self.bands))
        levels = self.levels(rank)
        suggested = self.suggested(levels)
        band, reason = suggested, ""
        if self.dice.randrange(100) < OTHER_BAND_PERCENT:
            band = self.beside(suggested)
            reason = self.dice.choice(REASONS) if band != suggested else ""
        return Assessment(levels, band, suggested, reason, self.dice.choice(RATIONALES))

    def beside(self, band: Band | None) -> Band | None:
        """The next higher band, where there is one."""
        higher = [other for other in self.bands if band and other.rank > band.rank]
        return higher[0] if higher else band
