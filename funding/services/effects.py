"""What a change of a value or a policy would do to what is paid, before it is made (F2, B4)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from banding_portal.words import counted, money, signed_money
from funding import sql
from funding.models import Period

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

    def __str__(self) -> str:
        who = f"{counted(self.lines, 'line')} of {counted(self.pupils, 'pupil')}"
        change = signed_money(self.after - self.before)
        totals = f"from {money(self.before)} to {money(self.after)}"
        return f"{self.period.name}: {who}, {change} in all, {totals}."


class Payments:
    """What is due in every period that ends on a day or later, as it is now."""

    def __init__(self, since: dt.date) -> None:
        periods = Period.objects.filter(end__gte=since).select_related("calendar")
        self.periods = list(periods.order_by("start"))
        self.before = [due_in(period) for period in self.periods]

    def effects(self) -> list[Effect]:
        """What has changed since, only periods in which something has."""
        found = [
            effect_of(period, before, due_in(period))
            for period, before in zip(self.periods, self.before, strict=True)
        ]
        return [effect for effect in found if effect.pupils]


def effects_of(change: Callable[[], object], *, since: dt.date) -> list[Effect]:
    """What a change would do from a day on, by period; the change itself is undone again."""
    with transaction.atomic():
        payments = Payments(since)
        change()
        effects = payments.effects()
        transaction.set_rollback(True)
    return effects


def due_in(period: Period) -> Due:
    return {tuple(row[:2]): tuple(row[2:]) for row in sql.fetch("due", period)}


def effect_of(period: Period, before: Due, after: Due) -> Effect:
    none = (0, ZERO, None)
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return Effect(
        period=period,
        lines=sum(max(before.get(key, none)[0], after.get(key, none)[0]) for key in differing),
        pupils=len({pupil for pupil, _ in differing}),
        before=sum((due[1] for due in before.values()), ZERO),
        after=sum((due[1] for due in after.values()), ZERO),
    )
