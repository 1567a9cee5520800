"""What a change of a value, a policy or a calendar would do to what is paid, before it is made
(F1, F2, B4).
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from funding.models import Period
from funding.selectors.effects import Due, Effect, due_in, effect_of


class Payments:
    """What is due in some periods as it is now; one that is not there yet owes nothing."""

    def __init__(self, periods: QuerySet[Period]) -> None:
        self.periods = periods.select_related("calendar").order_by("start")
        self.before = self._now()

    def _now(self) -> dict[str, tuple[Period, Due]]:
        return {period.code: (period, due_in(period)) for period in self.periods.all()}

    def effects(self) -> list[Effect]:
        """What has changed since, only periods in which something has."""
        after = self._now()
        nothing: Due = {}
        found = [
            effect_of(
                period,
                self.before.get(code, (period, nothing))[1],
                after.get(code, (period, nothing))[1],
            )
            for code, (period, _) in {**self.before, **after}.items()
        ]
        return [effect for effect in found if effect.lines]


def payments_since(day: dt.date) -> Payments:
    """What is due in every period that ends on a day or later."""
    return Payments(Period.objects.filter(end__gte=day))


def effects_of(change: Callable[[], object], *, since: dt.date) -> list[Effect]:
    """What a change would do from a day on, by period; the change itself is undone again."""
    with transaction.atomic():
        payments = payments_since(since)
        change()
        effects = payments.effects()
        transaction.set_rollback(True)
    return effects
