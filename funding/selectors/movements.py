"""How a run compares with the published period before it, and why it moved. Pounds."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

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
    """The movements add up to exactly `total` less `before`. `own` and `own_before` are what the
    two periods pay for themselves, without adjustments; `year` is this period's share of the year
    divided by that of the period before.
    """

    period: Period
    before: Decimal
    total: Decimal
    movements: tuple[Movement, ...]
    own_before: Decimal
    own: Decimal
    year: Fraction

    @property
    def difference(self) -> Decimal:
        return self.total - self.before

    @property
    def share(self) -> Decimal | None:
        """Like for like: the difference as a share of what the period before would have paid at
        this one's share of the year; None where that was nothing.
        """
        like = self.own_before * self.year.numerator / self.year.denominator
        return (self.own - like) / like if like else None


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
    adjusted, adjusted_before = (_of_kind(each, "adjustment") for each in (run, before))
    return PeriodComparison(
        before.period,
        before.control_total,
        run.control_total,
        _movements(run, before),
        own_before=before.control_total - adjusted_before,
        own=run.control_total - adjusted,
        year=_share_of_year(run.period) / _share_of_year(before.period),
    )


def _share_of_year(period: Period) -> Fraction:
    return Fraction(period.numerator, period.denominator)


def _movements(run: Run, before: Run) -> tuple[Movement, ...]:
    joiners, leavers, bands, values, stayers = sql.fetch_one(
        "movements", {"run": run.pk, "before": before.pk}
    )
    beside, beside_before = (_of_kind(each, "exceptional") for each in (run, before))
    exceptional = beside - beside_before
    protects, protected = (_of_kind(each, "protection") for each in (run, before))
    protection = protects - protected
    adjustments = _adjusted(run) - _adjusted(before) - exceptional - protection
    steps = [
        ("joiners", "Pupils who joined", joiners),
        ("leavers", "Pupils who left", leavers),
        ("bands", "Bands", bands),
        ("values", "Band values", values),
        ("dates", "Dates and share of the year", stayers - bands - values),
        ("exceptional", "Exceptional amounts", exceptional),
        ("protection", "Protection", protection),
        ("adjustments", "Adjustments of earlier periods", adjustments),
    ]
    nowhere = set()
    if not (beside or beside_before):
        nowhere.add("exceptional")
    if not (protects or protected):
        nowhere.add("protection")
    return tuple(Movement(*step) for step in steps if step[0] not in nowhere)


def _of_kind(run: Run, kind: str) -> Decimal:
    lines = run.lines.filter(kind=kind).aggregate(total=Sum("amount", default=ZERO))
    return Decimal(lines["total"])


def _adjusted(run: Run) -> Decimal:
    """What the run pays beside its own period's allocations."""
    return run.control_total - _of_kind(run, "allocation")
