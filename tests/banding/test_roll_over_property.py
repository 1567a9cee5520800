"""The roll-over on random histories, against S5, S6 and S7 read one pupil after the other."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from banding.models import Return
from banding.roll_over.services import roll_over
from banding_portal.roles import Role
from schools.models import Placement, Plan, Pupil, School
from schools.services.undo_plans import plan_undo
from schools.services.undoing import undo_import
from tests.factories import (
    CollectionFactory,
    PlacementFactory,
    PlanFactory,
    PupilFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
AUGUST = dt.date(2026, 8, 31)
SEPTEMBER = dt.date(2026, 9, 1)
AGES = ((4, 11), (4, 11), (11, 16), (11, 18), (2, 25), (None, None), (4, None), (7, 7))
DAYS = (dt.date(2025, 9, 1), dt.date(2026, 5, 3), AUGUST, SEPTEMBER, dt.date(2027, 7, 31))
COLLECTIONS = (
    *(dt.date(2025, 8, 31), dt.date(2025, 9, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1)),
    *(
        dt.date(2026, 5, 1),
        dt.date(2026, 9, 15),
        dt.date(2027, 8, 31),
        dt.date(2027, 9, 1),
    ),
)
Span = tuple[dt.date, dt.date | None]


@dataclass
class History:
    pupil: Pupil
    placements: list[tuple[Placement, School]] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    words: list[tuple[School, dt.date, str, str]] = field(default_factory=list)
    """School, reference date, state of the return, reason."""

    def year_group(self) -> int:
        """In 2025-26."""
        pupil = self.pupil
        if pupil.recorded_year_group is not None:
            return pupil.recorded_year_group + 2025 - pupil.recorded_for
        born = pupil.date_of_birth
        return 2025 - born.year - ((born.month, born.day) > (8, 31)) - 4

    def has_turned_25(self) -> bool:
        return self.pupil.date_of_birth <= dt.date(2001, 8, 31)

    def reason(self, school: School) -> str:
        """The newest that was submitted, of 2025-26 or since, and about this September."""
        was_last_before = self.year_group() - 1 >= school.high_age - 5
        first = dt.date(2026, 1, 1) if was_last_before else dt.date(2025, 9, 1)
        said = [
            (day, reason)
            for where, day, state, reason in self.words
            if where == school
            and first <= day <= dt.date(2027, 8, 31)
            and reason.strip()
            and state in ("submitted", "accepted")
        ]
        return max(said)[1] if said else ""

    def fate(self, placement: Placement, school: School) -> str:
        """What S7 says of one placement."""
        if placement.start > AUGUST or (placement.end and placement.end <= AUGUST):
            return ""
        has_groups = None not in (school.low_age, school.high_age)
        has_groups = has_groups and school.high_age > school.low_age
        is_last = has_groups and self.year_group() >= school.high_age - 5
        if is_last and not self.reason(school):
            return "leaves"
        if self.has_turned_25():
            return "turned_25"
        if is_last:
            return "stays"
        goes_on = any(plan.end is None or plan.end > AUGUST for plan in self.plans)
        return "ceased" if self.plans and not goes_on else ""


def span(dice: Random) -> Span:
    start = dice.choice(DAYS[:-1])
    return start, dice.choice([None, None, *(day for day in DAYS if day >= start)])


def make_history(dice: Random, schools: list[School], returns: dict) -> History:
    month, day = dice.choice([(8, 31), (9, 1)])
    born = dt.date(dice.choice([2001, 2009, 2010, 2014, 2014, 2015]), month, day)
    group = {"recorded_year_group": dice.randint(5, 7), "recorded_for": 2024}
    recorded = dice.choice([{}, {}, group])
    history = History(PupilFactory(date_of_birth=born, **recorded))
    for school in dice.sample(schools, dice.choice([1, 1, 2])):
        start, end = span(dice)
        placement = PlacementFactory(pupil=history.pupil, school=school, start=start, end=end)
        history.placements.append((placement, school))
    for kind in dice.sample(["EHCP", "SEN_SUPPORT"], dice.choice([0, 1, 1, 2])):
        start, end = span(dice)
        history.plans.append(PlanFactory(pupil=history.pupil, plan_type=kind, start=start, end=end))
    for day in dice.sample(COLLECTIONS, dice.choice([0, 1, 1, 2])):
        say(dice, history, dice.choice(history.placements)[1], day, returns)
    return history


def say(dice: Random, history: History, school: School, day: dt.date, returns: dict) -> None:
    """A word about staying on, in the return of that school."""
    if (school, day) not in returns:
        sent = {"submitted_by": UserFactory(), "submitted_at": "2026-05-01T12:00Z"}
        state = dice.choice(["in_progress", "submitted", "submitted", "accepted"])
        collection = CollectionFactory(code=f"on-{day}-{school.urn}", reference_date=day)
        returns[school, day] = ReturnFactory(
            collection=collection, school=school, state=state, **sent
        )
    reason = dice.choice(["Waiting for a place", "Ill", " "])
    ReturnPupilFactory(
        pupil_return=returns[school, day],
        pupil=history.pupil,
        change="staying_on",
        change_reason=reason,
    )
    history.words.append((school, day, returns[school, day].state, reason))


@settings(max_examples=4)
@given(seed=st.integers(0, 100_000), ends_ceased=st.booleans())
@time_machine.travel(dt.datetime(2026, 9, 20, 12, tzinfo=dt.UTC))
def test_roll_over_is_that_of_a_plain_reading(seed, ends_ceased):
    with transaction.atomic():
        dice = Random(seed)
        schools = [SchoolFactory(low_age=low, high_age=high) for low, high in AGES]
        returns: dict = {}
        histories = [make_history(dice, schools, returns) for _ in range(30)]
        officer = person(Role.SEND_OFFICER)
        before = rows_now()
        found = roll_over(new_year=2026, ends_ceased=ends_ceased, by=officer)
        check(histories, found, {"leaves", "turned_25", *(["ceased"] if ends_ceased else [])})
        after = rows_now()
        again = roll_over(new_year=2026, ends_ceased=ends_ceased, by=officer)
        assert (again.record, rows_now()) == (None, after)
        if found.record:
            Return.everything.filter(collection__reference_date__gt=AUGUST).update(
                state="not_started", submitted_at=None, submitted_by=None
            )
            if plan_undo(found.record).undoable:
                undo_import(record=found.record, leave_the_rest=True, by=officer)
        moved = {p.pupil_id for h in histories for p, _ in h.placements if p.start > AUGUST}
        assert of_others(rows_now(), moved) == of_others(before, moved)
        transaction.set_rollback(True)


def check(histories: list[History], found, ended: set[str]) -> None:
    fates = {
        placement.pk: history.fate(placement, school)
        for history in histories
        for placement, school in history.placements
    }
    told = {row.pk: row.kind for row in found.rows}
    assert told == {pk: fate for pk, fate in fates.items() if fate}
    for history in histories:
        for placement, _ in history.placements:
            end = AUGUST if fates[placement.pk] in ended else placement.end
            assert Placement.objects.get(pk=placement.pk).end == end
        for plan in history.plans:
            goes_on = plan.start <= AUGUST and (plan.end is None or plan.end > AUGUST)
            end = AUGUST if goes_on and history.has_turned_25() else plan.end
            assert Plan.objects.get(pk=plan.pk).end == end


def of_others(rows: list, pupils: set) -> list:
    """What is undone of whoever is not placed anew since."""
    return [row for row in rows if row["pupil_id"] not in pupils]


def rows_now() -> list:
    return [*Placement.objects.order_by("pk").values(), *Plan.objects.order_by("pk").values()]
