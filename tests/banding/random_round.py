"""Random pupils for a round: histories as rows, and read plainly (B10, F3, S6, S7)."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from schools.models import Pupil, School
from tests.factories import FrameworkFactory, PlacementFactory, PlanFactory, PupilFactory

REFERENCE = dt.date(2026, 10, 1)
LAST_AUGUST = dt.date(2026, 8, 31)
SETTLED = ("panel", "authority", "moderation")
DAYS = (
    dt.date(2025, 9, 1),
    LAST_AUGUST,
    dt.date(2026, 9, 1),
    dt.date(2026, 9, 30),
    REFERENCE,
    dt.date(2026, 10, 2),
)


@dataclass
class History:
    """What was done to one pupil, in the order it was recorded."""

    pupil: Pupil
    placements: list[tuple[School, dt.date, dt.date | None]] = field(default_factory=list)
    plans: list[tuple[str, dt.date, dt.date | None]] = field(default_factory=list)
    decisions: list[tuple[str, str, str, dt.date]] = field(default_factory=list)
    """Framework, band, source, effective date."""

    def state(self) -> tuple[str, str, str, dt.date] | None:
        """Basis, band, source and date of the reference date; None without a state."""
        placed = [p for p in self.placements if covers(p[1:], REFERENCE)]
        kinds = [kind for kind, *days in self.plans if covers(days, REFERENCE)]
        if not placed or not kinds:
            return None
        basis = "EHCP" if "EHCP" in kinds else "SEN_SUPPORT"
        found = None
        for framework, band, source, day in self.decisions:
            counts = basis == "EHCP" or source in SETTLED
            is_there = framework == "test-framework" and counts and day <= REFERENCE
            if is_there and (found is None or day >= found[3]):
                found = basis, band, source, day
        return found

    def is_listed(self) -> bool:
        """Whether a school is asked at all: placed, with a plan, on the day or since."""
        today = dt.date(2026, 10, 20)
        return any(p[1] <= today and (p[2] or today) >= REFERENCE for p in self.placements) and any(
            p[1] <= today and (p[2] or today) >= REFERENCE for p in self.plans
        )

    def leaves(self) -> bool:
        """At the school asked: known to go by the deadline, or past its last year group."""
        today = dt.date(2026, 10, 20)
        there = [p for p in self.placements if p[1] <= today and (p[2] or today) >= REFERENCE]
        ranks = [(min(end or today, today), start, s.urn) for s, start, end in there]
        school, start, end = there[ranks.index(max(ranks))]
        born = self.pupil.date_of_birth
        age = 2025 - born.year - ((born.month, born.day) > (8, 31))
        is_last = age - 4 >= school.high_age - 5
        was_there = start <= LAST_AUGUST and (end is None or end > LAST_AUGUST)
        return (end is not None and end <= dt.date(2026, 11, 30)) or (is_last and was_there)


def covers(days: Any, day: dt.date) -> bool:
    start, end = days
    return start <= day and (end is None or end >= day)


def make_history(dice: Random, schools: list[School]) -> History:
    born = dt.date(dice.choice([2014, 2015, 2016, 2017]), dice.choice([8, 9]), 1)
    history = History(PupilFactory(date_of_birth=born, responsible_la=dice.choice(["999", "998"])))
    for school in dice.sample(schools, dice.choice([1, 1, 2])):
        start, end = span(dice)
        history.placements.append((school, start, end))
        PlacementFactory(pupil=history.pupil, school=school, start=start, end=end)
    for kind in dice.sample(["EHCP", "SEN_SUPPORT"], dice.choice([1, 1, 2])):
        start, end = span(dice)
        history.plans.append((kind, start, end))
        PlanFactory(pupil=history.pupil, plan_type=kind, start=start, end=end)
    for _ in range(dice.choice([0, 1, 1, 2, 3])):
        add_decision(dice, history)
    return history


def span(dice: Random) -> tuple[dt.date, dt.date | None]:
    start = dice.choice(DAYS)
    later = [day for day in DAYS if day >= start]
    return start, dice.choice([None, None, *later])


def add_decision(dice: Random, history: History) -> None:
    code, band = dice.choice(["test-framework", "test-framework", "other"]), dice.choice("ABC")
    framework = FrameworkFactory(code=code)
    source, day = dice.choice(["school", "panel", "authority"]), dice.choice(DAYS)
    history.decisions.append((code, band, source, day))
    at = dt.datetime(2026, 1, len(history.decisions), tzinfo=dt.UTC)
    BandDecision.objects.create(
        pupil=history.pupil,
        framework=framework,
        band=framework.bands.get(code=band),
        source=DecisionSource(source),
        state=DecisionState.SUBMITTED,
        effective_from=day,
        submitted_at=at,
    )
