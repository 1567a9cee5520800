"""Periods with the runs made for them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from funding.choices import RunState
from funding.models import PaymentCalendar, Period, Run
from schools.models import User


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period, its newest run, and what is published of it in pounds."""

    period: Period
    run: Run | None
    published: Decimal | None

    @property
    def is_open(self) -> bool:
        """Whether a run of it is waiting to be published."""
        return self.run is not None and self.run.state != RunState.PUBLISHED


def periods_with_runs(user: User) -> list[PeriodRow]:
    """Every period with the runs the person may see, the latest period first; two queries."""
    runs = Prefetch("runs", Run.objects.visible_to(user).order_by("-sequence"), "found_runs")
    periods = Period.objects.select_related("calendar").order_by("-start").prefetch_related(runs)
    return [_row(period) for period in periods]


def _row(period: Period) -> PeriodRow:
    runs: list[Run] = period.found_runs  # type: ignore[attr-defined]
    published = [run.control_total for run in runs if run.state == RunState.PUBLISHED]
    total = sum(published, Decimal("0.00")) if published else None
    return PeriodRow(period, runs[0] if runs else None, total)


def next_period(rows: list[PeriodRow]) -> PeriodRow | None:
    """The one to work on: an open run first, else the earliest period never calculated after
    the last that is published."""
    waiting = [row for row in rows if row.is_open]
    if waiting:
        return waiting[-1]
    left: list[PeriodRow] = []
    for row in rows:
        if row.run is not None:
            break
        left.append(row)
    return left[-1] if left else None


def calendars_with_periods() -> list[PaymentCalendar]:
    """Every calendar with its periods, the latest year first."""
    return list(PaymentCalendar.objects.prefetch_related("periods"))
