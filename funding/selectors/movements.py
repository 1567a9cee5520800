"""How a run compares with the published period before it, and why it moved. Pounds."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from funding import sql
from funding.choices import RunState
from funding.models import Period, Run

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Movement:
    """A step of the waterfall: why, and by how much the total moved."""

    reason: str
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PeriodComparison:
    """The movements add up to exactly `total` less `before`."""

    period: Period
    before: Decimal
    total: Decimal
    movements: tuple[Movement, ...]

    @property
    def difference(self) -> Decimal:
        return self.total - self.before

    @property
    def share(self) -> Decimal | None:
        """The difference as a share of the total before; None where that was nothing."""
        return self.difference / self.before if self.before else None


def compare_with_last_period(run: Run) -> PeriodComparison | None:
    """Compare a period's first run with the last period published before it, first runs too.

    None for a later run of a period, which holds adjustments only, and where no earlier period is
    published. A pupil is a joiner or leaver of the period, not of a school.
    """
    before = (
        Run.objects.filter(state=RunState.PUBLISHED, sequence=1, period__start__lt=run.period.start)
        .select_related("period")
        .order_by("-period__start")
        .first()
    )
    if before is None or run.sequence != 1:
        return None
    return PeriodComparison(
        before.period, before.control_total, run.control_total, _movements(run, before)
    )


def _movements(run: Run, before: Run) -> tuple[Movement, ...]:
    joiners, leavers, bands, values, stayers = sql.fetch_one(
        "movements", {"run": run.pk, "before": before.pk}
    )
    beside, beside_before = _exceptional(run), _exceptional(before)
    exceptional = beside - beside_before
    adjustments = _adjusted(run) - _adjusted(before) - exceptional
    steps = [
        ("joiners", "Pupils who joined", joiners),
        ("leavers", "Pupils who left", leavers),
        ("bands", "Bands", bands),
        ("values", "Band values", values),
        ("dates", "Dates and share of the year", stayers - bands - values),
        ("exceptional", "Exceptional amounts", exceptional),
        ("adjustments", "Adjustments of earlier periods", adjustments),
    ]
    if not (beside or beside_before):
        del steps[-2]
    return tuple(Movement(reason, label, amount) for reason, label, amount in steps)


def _exceptional(run: Run) -> Decimal:
    own = run.lines.filter(kind="exceptional").aggregate(total=Sum("amount", default=ZERO))
    return Decimal(own["total"])


def _adjusted(run: Run) -> Decimal:
    """What the run pays beside its own period's allocations."""
    own = run.lines.filter(kind="allocation").aggregate(total=Sum("amount", default=ZERO))
    return run.control_total - own["total"]
