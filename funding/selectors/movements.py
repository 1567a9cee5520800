"""How a run compares with the published period before it, and why it moved. Pounds."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, Sum

from funding import sql
from funding.choices import PAID_KINDS, RunState
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
    before = run_before(run)
    if before is None:
        return None
    was, now = paid_by(before), paid_by(run)
    return PeriodComparison(
        before.period,
        before.control_total,
        run.control_total,
        movements_between(run, before),
        own_before=was.total - was.adjustments,
        own=now.total - now.adjustments,
        year=_share_of_year(run.period) / _share_of_year(before.period),
    )


def run_before(run: Run) -> Run | None:
    """The first run of the last period published before a period's first run, if that is one."""
    if run.sequence != 1:
        return None
    return (
        Run.objects.filter(state=RunState.PUBLISHED, sequence=1, period__start__lt=run.period.start)
        .select_related("period")
        .order_by("-period__start")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Paid:
    """What a run pays, in all or to a school, by kind of line."""

    total: Decimal
    allocations: Decimal
    exceptional: Decimal
    protection: Decimal
    adjustments: Decimal
    for_schools: Decimal
    recoveries: Decimal


def paid_by(run: Run, school: UUID | None = None) -> Paid:
    """To all schools, or to one; one query."""
    lines = run.lines.filter(kind__in=PAID_KINDS)
    if school:
        lines = lines.filter(school=school)

    def of(kind: str) -> Sum:
        return Sum("amount", filter=Q(kind=kind), default=ZERO)

    return Paid(
        **lines.aggregate(
            total=Sum("amount", default=ZERO),
            allocations=of("allocation"),
            exceptional=of("exceptional"),
            protection=of("protection"),
            adjustments=of("adjustment"),
            for_schools=of("lump_sum") + of("minimum"),
            recoveries=of("recovery"),
        )
    )


def movements_between(run: Run, before: Run, school: UUID | None = None) -> tuple[Movement, ...]:
    """Why a run, or what it pays a school, differs from the one before: they add up to exactly
    that. At a school a pupil who came from another one is a joiner.
    """
    joiners, leavers, bands, values, stayers = sql.fetch_one(
        "movements", {"run": run.pk, "before": before.pk, "school": school}
    )
    now, was = paid_by(run, school), paid_by(before, school)
    steps = [
        ("joiners", "Pupils who joined", joiners),
        ("leavers", "Pupils who left", leavers),
        ("bands", "Bands", bands),
        ("values", "Band values", values),
        ("dates", "Dates and share of the year", stayers - bands - values),
        ("exceptional", "Exceptional amounts", now.exceptional - was.exceptional),
        ("protection", "Protection", now.protection - was.protection),
        ("adjustments", "Adjustments of earlier periods", now.adjustments - was.adjustments),
    ]
    steps += [
        (
            "for_schools",
            "Lump sums and minimum amounts of schools",
            now.for_schools - was.for_schools,
        ),
        ("recoveries", "Recoveries by instalments", now.recoveries - was.recoveries),
    ]
    anywhere = {
        "exceptional": now.exceptional or was.exceptional,
        "protection": now.protection or was.protection,
        "for_schools": now.for_schools or was.for_schools,
        "recoveries": now.recoveries or was.recoveries,
    }
    return tuple(Movement(*step) for step in steps if anywhere.get(step[0], True))


def _share_of_year(period: Period) -> Fraction:
    return Fraction(period.numerator, period.denominator)
