"""The answers of a return in words, and what differs from last time, to be checked (B5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from banding.decisions.selectors import with_levels
from banding.models import BandDecision, Framework, Level
from banding.returns.progress import PupilLine, ReturnProgress
from banding.rounds.lists import CHECKED, FOLDED, JOINED, checked_under

Levels = Mapping[UUID, Level]


@dataclass(frozen=True)
class Answer:
    """The level of one area, None where none is chosen; `before` where it was another."""

    area: str
    level: Level | None
    before: Level | None


@dataclass(frozen=True)
class CheckedLine:
    """A pupil of the return with the answers, area by area."""

    line: PupilLine
    answers: list[Answer] = field(default_factory=list)
    difference: str = ""
    """What differs from last time, as a sentence."""


def checked_lines(progress: ReturnProgress, framework: Framework) -> list[CheckedLine]:
    """Every pupil of a return with levels in words; in four queries whatever their number."""
    lines = progress.lines
    wanted = {each.pk for line in lines for each in (line.decision, line.last) if each}
    found = with_levels(wanted)
    areas = list(framework.areas.values_list("pk", "name"))
    return [checked_line(line, found, areas) for line in lines]


@dataclass(frozen=True)
class CheckedPart:
    """Pupils checked under one heading; without one all of an exercise. `is_folded` where nothing
    was told of them.
    """

    heading: str
    lines: list[CheckedLine]
    is_folded: bool = False
    is_joiners: bool = False


def checked_parts(progress: ReturnProgress, framework: Framework) -> list[CheckedPart]:
    """Everything to check: of a round by exception what was told first (B10)."""
    checked = checked_lines(progress, framework)
    if not progress.is_of_round:
        return [CheckedPart("", checked)]
    found: dict[str, list[CheckedLine]] = {name: [] for name in CHECKED}
    for each in checked:
        found[checked_under(each.line)].append(each)
    return [
        CheckedPart(heading, found[name], name in FOLDED, name == JOINED)
        for name, heading in CHECKED.items()
    ]


def checked_line(
    line: PupilLine, found: Mapping[UUID, BandDecision], areas: list[tuple[UUID, str]]
) -> CheckedLine:
    if line.decision is None or line.is_off:
        return CheckedLine(line)
    now, before = levels_by_area(found[line.decision.pk]), last_levels(line, found)
    answers = []
    for area, name in areas:
        level, last = now.get(area), before.get(area)
        answers.append(Answer(name, level, last if last != level else None))
    return CheckedLine(line, answers, difference_of(line))


def last_levels(line: PupilLine, found: Mapping[UUID, BandDecision]) -> Levels:
    """Last time's levels, where these are of the same framework."""
    last, now = line.last, line.decision
    is_same = last and now and last.framework_id == now.framework_id
    return levels_by_area(found[last.pk]) if last and is_same else {}


def levels_by_area(decision: BandDecision) -> Levels:
    return {chosen.area_id: chosen.level for chosen in decision.levels.all()}


def difference_of(line: PupilLine) -> str:
    """How the band lies beside last time's; empty while there is no band."""
    band, last = line.band, line.last.band if line.last else None
    if band is None:
        return ""
    if line.last is None or last is None:
        return "No band before."
    if last.framework_id != band.framework_id:
        return f"{last} under another framework ({line.last.framework})."
    if last == band:
        return "The same band."
    ranks = abs(band.rank - last.rank)
    steps = "one band" if ranks == 1 else f"{ranks} bands"
    return f"{steps.capitalize()} {'higher' if band.rank > last.rank else 'lower'} now."


def copied_in(progress: ReturnProgress) -> int:
    """How many of the return's decisions began with last time's levels."""
    decisions = [line.decision for line in progress.lines if not line.is_off]
    return sum(bool(decision and decision.started_from_id) for decision in decisions)
