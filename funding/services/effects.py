"""What a change of a value or a policy would do to what is paid, before it is made (F2, B4)."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from funding.models import Period
from funding.selectors.effects import Effect, due_in, effect_of


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
