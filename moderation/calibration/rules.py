"""Who is calibrated, which training cases come next, and how judging drifts (M12). Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from banding_portal.words import counted, day

KEY_LENGTH = 16
REMIND_BEFORE = 3
"""Days before a calibration lapses on which it is reminded of."""


@dataclass(frozen=True)
class Rules:
    """What the authority has set: cases of a set, per cent to reach, days it holds."""

    size: int
    percent: int
    days: int


@dataclass(frozen=True)
class Judged:
    """A training case as one moderator judged it: how far from the settled band, area by area."""

    distance: int
    """Ranks above the settled band; below zero under it."""
    areas: Mapping[str, bool]
    """Area to whether the level is the settled one; an area that is not settled is not there."""


@dataclass(frozen=True)
class Tally:
    """What a set of judgements comes to."""

    judged: int
    agreed: int
    higher: int
    lower: int
    areas: Mapping[str, tuple[int, int]]
    """Area to how many levels agreed, of how many."""

    @property
    def share(self) -> float | None:
        return self.agreed / self.judged if self.judged else None


@dataclass(frozen=True)
class Finished:
    """A set that was judged to its end."""

    on: dt.date
    tally: Tally


class Standing(Enum):
    """Whether somebody may judge cases of a framework."""

    NOT_NEEDED = "No training cases"
    NEVER = "Not calibrated yet"
    BELOW = "Below the threshold"
    LAPSED = "Lapsed"
    CALIBRATED = "Calibrated"

    @property
    def may_judge(self) -> bool:
        return self in (Standing.NOT_NEEDED, Standing.CALIBRATED)


def key_of(pupil: str) -> str:
    """By which a training case is known again: another text is another case."""
    return sha256(pupil.encode()).hexdigest()[:KEY_LENGTH]


def next_set(
    keys: Iterable[str], judged: Mapping[str, int], *, size: int, person: str
) -> list[str]:
    """The cases of a person's next set: those they have judged least often.

    Between equals a hash of person and case decides, so that no two people have one order.
    """

    def order(key: str) -> tuple[int, str]:
        return judged.get(key, 0), sha256(f"{person}:{key}".encode()).hexdigest()

    return sorted(set(keys), key=order)[:size]


def tally_of(judged: Sequence[Judged]) -> Tally:
    areas: dict[str, tuple[int, int]] = {}
    for one in judged:
        for area, agrees in one.areas.items():
            agreed, of = areas.get(area, (0, 0))
            areas[area] = agreed + agrees, of + 1
    return Tally(
        judged=len(judged),
        agreed=sum(one.distance == 0 for one in judged),
        higher=sum(one.distance > 0 for one in judged),
        lower=sum(one.distance < 0 for one in judged),
        areas=areas,
    )


def reaches(tally: Tally, percent: int) -> bool:
    """Whether so many per cent of the bands are the settled ones, exactly so many included."""
    return tally.judged > 0 and tally.agreed * 100 >= percent * tally.judged


def lapses_on(finished: dt.date, days: int) -> dt.date:
    """The first day on which it counts no more."""
    return finished + dt.timedelta(days=days)


def standing_of(
    last: Finished | None, *, has_cases: bool, today: dt.date, rules: Rules
) -> Standing:
    """By the last set a moderator has finished under the framework."""
    if not has_cases:
        return Standing.NOT_NEEDED
    if last is None:
        return Standing.NEVER
    if not reaches(last.tally, rules.percent):
        return Standing.BELOW
    if today >= lapses_on(last.on, rules.days):
        return Standing.LAPSED
    return Standing.CALIBRATED


def why_not_yet(standing: Standing, last: Finished | None, framework: str, rules: Rules) -> str:
    """A sentence why somebody judges training cases first; empty where they need not."""
    if standing.may_judge:
        return ""
    first = f"Judge the training cases of {framework} first"
    if last is None:
        return f"{first}. Then you can judge the pupils given to you."
    if standing == Standing.BELOW:
        return (
            f"You chose the settled band in {last.tally.agreed} of "
            f"{counted(last.tally.judged, 'training case')}; at least {rules.percent}% is "
            f"asked for. Judge another set for {framework} before you judge on."
        )
    lapsed = day(lapses_on(last.on, rules.days))
    return f"Your calibration lapsed on {lapsed}. {first}, then you can judge on."
