"""The locked judgements of a case beside the school's decision, area by area (M4).

Only for somebody for whom `stage_of` says COMPARING.
"""

from dataclasses import dataclass
from uuid import UUID

from banding.models import Band, BandDecision, Level
from moderation.choices import CaseState
from moderation.models import Case, Judgement
from schools.models import User


@dataclass(frozen=True)
class Side:
    """One side of the comparison: a moderator or the school."""

    heading: str
    band: Band | None
    levels: dict[UUID, Level]
    """Area id to level."""
    note: str
    confidence: str = ""


@dataclass(frozen=True)
class Cell:
    heading: str
    """Whose level it is, for a phone, where the cells stand under each other."""
    code: str
    descriptor: str
    differs: bool
    """Whether it is another level than the school's."""


@dataclass(frozen=True)
class AreaRow:
    area: str
    cells: list[Cell]


@dataclass(frozen=True)
class JudgementComparison:
    columns: list[Side]
    """The moderators' and last the school's."""
    rows: list[AreaRow]
    state: str

    @property
    def school(self) -> Side:
        return self.columns[-1]

    @property
    def agrees(self) -> bool:
        return len({column.band for column in self.columns}) == 1

    @property
    def says_how_sure(self) -> bool:
        return any(column.confidence for column in self.columns)

    @property
    def says_why(self) -> bool:
        return any(column.note for column in self.columns)

    @property
    def is_disputed(self) -> bool:
        """Whether the moderators differ and nobody has settled it yet."""
        moderators = {column.band for column in self.columns[:-1]}
        return self.state == CaseState.JUDGED and len(moderators) > 1


def comparison_for(case: Case, user: User) -> JudgementComparison:
    """Every judgement, the person's own named so, beside the school's decision.

    Needs `decision` loaded.
    """
    judgements = [
        one
        for one in case.judgements.select_related("moderator", "band").prefetch_related(
            "levels__level"
        )
        if one.locked_at
    ]
    judgements.sort(key=lambda one: one.moderator_id != case.moderator_id)
    columns = [moderator_column(one, user) for one in judgements] + [school_column(case.decision)]
    areas = case.decision.framework.areas.all()
    school_levels = columns[-1].levels
    rows = [
        AreaRow(
            area.name,
            [cell(column, area.pk, school_levels) for column in columns],
        )
        for area in areas
    ]
    return JudgementComparison(columns, rows, case.state)


def moderator_column(judgement: Judgement, user: User) -> Side:
    return Side(
        heading="You" if judgement.moderator_id == user.pk else str(judgement.moderator),
        band=judgement.band,
        levels={one.area_id: one.level for one in judgement.levels.all()},
        note=judgement.rationale,
        confidence=judgement.get_confidence_display(),
    )


def school_column(decision: BandDecision) -> Side:
    return Side(
        heading="School",
        band=decision.band,
        levels={one.area_id: one.level for one in decision.levels.select_related("level")},
        note="\n\n".join(filter(None, (decision.difference_reason, decision.rationale))),
    )


def cell(side: Side, area: UUID, school_levels: dict[UUID, Level]) -> Cell:
    level, school_level = side.levels.get(area), school_levels.get(area)
    differs = bool(level and school_level and level != school_level)
    code, descriptor = (level.code, level.descriptor) if level else ("–", "")
    return Cell(side.heading, code, descriptor, differs)
