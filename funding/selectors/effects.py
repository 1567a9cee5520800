"""What is due by pupil and school now, and how it differs from what was due (rules.md F3-F8)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from banding_portal.words import counted, money, signed_money
from funding import sql
from funding.choices import FOR_SCHOOLS, LineKind
from funding.models import Period, Run
from schools.models import Pupil, School

ZERO = Decimal("0.00")
Due = dict[tuple[Any, Any], tuple[int, Decimal, Any]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes in a period: lines and pupils that differ, and the total in pounds."""

    period: Period
    lines: int
    pupils: int
    before: Decimal
    after: Decimal
    schools: int = 0
    """That are paid another amount themselves (F24)."""

    def __str__(self) -> str:
        counts = [(self.pupils, "pupil"), (self.schools, "school")]
        of_whom = " and ".join(counted(count, what) for count, what in counts if count)
        who = f"{counted(self.lines, 'line')} of {of_whom}"
        change = signed_money(self.after - self.before)
        totals = f"from {money(self.before)} to {money(self.after)}"
        return f"{self.period.name}: {who}, {change} in all, {totals}."


@dataclass(frozen=True, slots=True)
class PupilDrift:
    """A pupil at a school whose lines would be others now, in pounds."""

    reference: str
    school: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Drift:
    """How what a run pays for its period differs from what it would pay if calculated now: all,
    and the largest changes pupil by pupil.
    """

    effect: Effect
    largest: tuple[PupilDrift, ...]


LARGEST = 20
OF_ITS_OWN_PERIOD = (
    LineKind.ALLOCATION,
    LineKind.UNVALUED,
    LineKind.EXCEPTIONAL,
    LineKind.PROTECTION,
    *FOR_SCHOOLS,
)


def drift_of(run: Run) -> Drift | None:
    """None for a run of adjustments only, and where nothing differs. Works everything out again:
    not for lists.
    """
    stored, now = due_as_stored(run), due_in(run.period)
    if run.sequence > 1 or stored == now:
        return None
    return Drift(effect_of(run.period, stored, now), tuple(_largest(stored, now)))


def _largest(stored: Due, now: Due) -> list[PupilDrift]:
    none = (0, ZERO, None)
    pairs = {key: (stored.get(key, none), now.get(key, none)) for key in stored.keys() | now.keys()}
    changed = [(key, was[1], then[1]) for key, (was, then) in pairs.items() if was != then]
    changed = sorted(changed, key=lambda each: (-abs(each[2] - each[1]), str(each[0])))[:LARGEST]
    pupils = Pupil.everything.in_bulk([pupil for (pupil, _), *_ in changed if pupil])
    schools = School.objects.in_bulk([school for (_, school), *_ in changed])
    return [
        PupilDrift(
            pupils[pupil].reference if pupil else "The school", str(schools[school]), before, after
        )
        for (pupil, school), before, after in changed
    ]


def due_as_stored(run: Run) -> Due:
    lines = run.lines.filter(kind__in=OF_ITS_OWN_PERIOD).order_by()
    by_pupil = lines.values_list("pupil", "school").annotate(
        count=Count("pk"),
        total=Coalesce(Sum("amount"), ZERO),
        kinds=ArrayAgg("kind", order_by=["start", "kind"]),
    )
    return {tuple(row[:2]): tuple(row[2:]) for row in by_pupil}


def due_in(period: Period, only: UUID | None = None) -> Due:
    """By pupil and school; of all pupils, or of one."""
    return {tuple(row[:2]): tuple(row[2:]) for row in sql.fetch("due", period, only)}


def effect_of(period: Period, before: Due, after: Due) -> Effect:
    none = (0, ZERO, None)
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return Effect(
        period=period,
        lines=sum(max(before.get(key, none)[0], after.get(key, none)[0]) for key in differing),
        pupils=len({pupil for pupil, _ in differing if pupil}),
        schools=len({school for pupil, school in differing if not pupil}),
        before=sum((due[1] for due in before.values()), ZERO),
        after=sum((due[1] for due in after.values()), ZERO),
    )
