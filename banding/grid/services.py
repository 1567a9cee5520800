"""Saves the grid: every row under the rules of the single page, all of them or none (B3, B5, B8).

It writes as an upload does, through the one writer of many drafts, so that each pupil's decision
has its own row in the audit trail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from banding.assessment.problems import areas_missing, needs_reason
from banding.assessment.rules import LONGEST_REASON
from banding.assessment.services import Assessment, says_the_same
from banding.decisions.batches import save_drafts
from banding.grid.rules import BAND, REASON, Was, code_in, in_one_line, listed
from banding.models import BandDecision, Return
from banding.returns.locks import mark_started, open_return
from banding.returns.progress import PupilLine
from banding.templates_io.uploads.known import LockedReturn
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import User

LEVEL = "level_"
TOO_LONG = f"This is too long. Enter at most {LONGEST_REASON:,} characters"


@dataclass(frozen=True)
class GivenRow:
    """What a person wants of one pupil; cells by column, as typed."""

    cells: Mapping[str, str]
    was: Was
    keeps_theirs: bool = False
    from_last: bool = False
    """Whether it began as last time's levels and band."""


class CellProblem(NamedTuple):
    row: UUID
    column: str
    sentence: str


@dataclass
class GridProblems:
    """What keeps the grid from being saved."""

    cells: list[CellProblem] = field(default_factory=list)
    conflicts: dict[UUID, BandDecision | None] = field(default_factory=dict)
    """What somebody else saved meanwhile, by row; None where they removed it."""


class GridError(RefusalError):
    """Raised where a row cannot be saved; then none is."""

    def __init__(self, found: GridProblems) -> None:
        self.found = found
        super().__init__("Nothing has been saved. Correct the rows marked below.")


@verb
def save_grid(
    *, pupil_return: Return, by: User, given: Mapping[UUID, GivenRow], reasons_wanted: bool = True
) -> int:
    """Save what changed in the grid as drafts; returns how many pupils' (B5).

    A row that says what the draft says is left alone. `given` has only rows that the person
    touched; where somebody else saved one of these meanwhile, GridError says so and has theirs
    (B8). It also has every wrong code and, where `reasons_wanted`, every missing reason (B3).
    """
    locked = open_return(pupil_return.pk)
    known = LockedReturn(locked)
    found = GridProblems()
    choices, started = [], {}
    for line in known.pupils.values():
        row = given.get(line.row.pk)
        if row is None or line.is_off or row.keeps_theirs:
            continue
        chosen = check_row(known, line, row, found, reasons_wanted)
        if chosen is not None:
            choices.append((line, chosen))
            if row.from_last and line.last:
                started[line.row.pk] = line.last.pk
    if found.cells or found.conflicts:
        raise GridError(found)
    if choices:
        save_drafts(pupil_return=locked, by=by, choices=choices, started=started)
        mark_started(locked, by)
    return len(choices)


def check_row(
    known: LockedReturn, line: PupilLine, row: GivenRow, found: GridProblems, reasons_wanted: bool
) -> Assessment | None:
    """What to write; None where that is nothing, or where something is wrong."""
    codes, problems = codes_of(known, line, row.cells)
    found.cells += problems
    if problems:
        return None
    rationale = line.decision.rationale if line.decision else ""
    reason = reason_of(line, row)
    if len(reason) > LONGEST_REASON:
        found.cells.append(CellProblem(line.row.pk, REASON, TOO_LONG))
        return None
    typed = known.chosen(levels_in(codes), codes[BAND], reason, rationale)
    chosen = typed.tidied()
    if is_blank(chosen) and line.decision is None:
        return None
    if any(says_the_same(line.decision, each) for each in (typed, chosen)):
        return None
    if line.row.pk in known.moderated:
        settled = "Moderation has settled this pupil’s band. It cannot be changed here"
        found.cells.append(CellProblem(line.row.pk, BAND, settled))
        return None
    if row.was.version != (line.draft.version if line.draft else None):
        found.conflicts[line.row.pk] = line.decision
        return None
    if reasons_wanted and lacks_reason(known, codes, chosen):
        found.cells.append(CellProblem(line.row.pk, REASON, why_asked(chosen)))
        return None
    return chosen


def reason_of(line: PupilLine, row: GivenRow) -> str:
    """As typed; as it is saved where only the line breaks, which a cell cannot show, are gone."""
    typed = row.cells.get(REASON, "").strip()
    saved = line.decision.difference_reason if line.decision else ""
    return saved if in_one_line(saved) == in_one_line(typed) else typed


def codes_of(
    known: LockedReturn, line: PupilLine, cells: Mapping[str, str]
) -> tuple[dict[str, str], list[CellProblem]]:
    """The code in each cell by its column, and what is none."""
    codes, problems = {}, []
    for column, names in names_by_column(known).items():
        code = code_in(column, cells.get(column, ""), names)
        codes[column] = code or ""
        if code is None:
            said = " ".join(cells[column].split())[:40]
            what = "a band" if column == BAND else "a level"
            sentence = f"“{said}” is not {what}. Enter {listed(list(names))}"
            problems.append(CellProblem(line.row.pk, column, sentence))
    return codes, problems


def names_by_column(known: LockedReturn) -> dict[str, dict[str, str]]:
    """By column the names of what can be entered, by code."""
    levels = {
        f"{LEVEL}{area.code}": {lv.code: f"Level {lv.code}" for lv in area.levels.all()}
        for area in known.areas
    }
    return levels | {BAND: {code: band.name for code, band in known.bands.items()}}


def levels_in(codes: Mapping[str, str]) -> dict[str, str]:
    """The level codes chosen, by area code."""
    return {
        column.removeprefix(LEVEL): code
        for column, code in codes.items()
        if code and column.startswith(LEVEL)
    }


def is_blank(chosen: Assessment) -> bool:
    return not chosen.levels and chosen.band is None and not chosen.difference_reason


def lacks_reason(known: LockedReturn, codes: Mapping[str, str], chosen: Assessment) -> bool:
    """As on the single page: asked once there is a suggestion to differ from."""
    areas = [area.code for area in known.areas]
    complete = not areas_missing(areas, levels_in(codes))
    return complete and needs_reason(chosen.band, chosen.suggested_band, chosen.difference_reason)


def why_asked(chosen: Assessment) -> str:
    suggested = chosen.suggested_band.name if chosen.suggested_band else "no band"
    return f"The levels suggest {suggested}. Say why the band is {chosen.band}"
