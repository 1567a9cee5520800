"""What of a year is published, what is due, and how that stands to the budget (F19). Pounds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from banding_portal.jobs.states import AT_WORK, JobState
from banding_portal.words import money
from funding import sql
from funding.choices import PAID_KINDS, LineKind, RunState
from funding.models import Budget, Line, PaymentCalendar, Period, YearForecast
from funding.year.rules import ZERO, Key, Stretch, YearRow, sum_of
from schools.choices import Sector
from schools.models import User


@dataclass(frozen=True, slots=True)
class Term:
    """A period of the year: pupils paid for and pounds, published so far and as known now."""

    name: str
    pupils_published: int
    allocated: str
    published: str
    pupils: int
    forecast: str
    unvalued: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def due_stretches(period: Period) -> tuple[list[Stretch], tuple[Any, ...]]:
    """What a period comes to now by sector and days, and the row for all of it."""
    rows = sql.fetch("year_due", period)
    [whole] = [row for row in rows if row[0] is None]
    return [Stretch(*row[:4]) for row in rows if row[0] is not None], whole


def paid_stretches(periods: Iterable[Period]) -> list[Stretch]:
    """The published lines for the periods, whichever run paid them, by sector and days."""
    rows = published_lines(periods).values_list("sector", "start", "end")
    return [Stretch(*row) for row in rows.annotate(Sum("amount"))]


def published_lines(periods: Iterable[Period]) -> Any:
    lines = Line.objects.filter(run__state=RunState.PUBLISHED, period__in=list(periods))
    return lines.filter(kind__in=PAID_KINDS).order_by()


def term_of(period: Period, whole: tuple[Any, ...]) -> Term:
    found = published_lines([period]).aggregate(
        pupils=Count("pupil", distinct=True, filter=~Q(kind=LineKind.ADJUSTMENT)),
        allocated=Sum("amount", filter=Q(kind=LineKind.ALLOCATION), default=ZERO),
        published=Sum("amount", default=ZERO),
    )
    *_, amount, pupils, unvalued = whole
    return Term(
        name=period.name,
        pupils_published=found["pupils"],
        allocated=str(found["allocated"]),
        published=str(found["published"]),
        pupils=pupils,
        forecast=str(amount),
        unvalued=unvalued,
    )


@dataclass(frozen=True, slots=True)
class YearView:
    """What the page of a year shows; the rows of sectors and months add up to `whole`."""

    whole: YearRow
    sectors: list[YearRow]
    months: list[YearRow]
    terms: list[dict[str, Any]]
    by_sector_and_month: list[tuple[str, list[YearRow]]]


def year_view(calendar: PaymentCalendar, forecast: YearForecast) -> YearView:
    """One query: the forecast is stored, the budget is that of today."""
    budgets = dict(Budget.objects.filter(calendar=calendar).values_list("sector", "amount"))
    paid: dict[Key, Decimal] = {}
    due: dict[Key, Decimal] = {}
    for sector, month, was, now in forecast.preview["sums"]:
        paid[sector, month], due[sector, month] = Decimal(was), Decimal(now)
    months = sorted({month for _, month in due})
    used = {sector for sector, _ in due} | budgets.keys()
    names = [(value, label) for value, label in Sector.choices if value in used]
    if "" in used:
        names.append(("", "Sector not known"))
    sectors = [
        YearRow(
            str(label),
            sum((amount for key, amount in paid.items() if key[0] == value), ZERO),
            sum((amount for key, amount in due.items() if key[0] == value), ZERO),
            budgets.get(value),
        )
        for value, label in names
    ]
    budget = sum(budgets.values(), ZERO) if budgets else None
    return YearView(
        whole=YearRow("All", sum_of(paid), sum_of(due), budget),
        sectors=sectors,
        months=[
            YearRow(month_name(month), sum_of(paid, month=month), sum_of(due, month=month))
            for month in months
        ],
        terms=[term | _as_pounds(term) for term in forecast.preview["terms"]],
        by_sector_and_month=[
            (
                str(label),
                [
                    YearRow(
                        month_name(month),
                        paid.get((value, month), ZERO),
                        due.get((value, month), ZERO),
                    )
                    for month in months
                ],
            )
            for value, label in names
        ],
    )


def _as_pounds(term: dict[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(term[name]) for name in ("allocated", "published", "forecast")}


def month_name(month: str) -> str:
    """“September 2026” of 2026-09"""
    return f"{dt.date.fromisoformat(f'{month}-01'):%B %Y}"


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """`newest` is the last asked for, where it is at work or came to nothing."""

    newest: YearForecast | None
    kept: YearForecast | None
    is_outdated: bool
    """Whether more has been published since."""


def kept_forecast(calendar: PaymentCalendar, user: User) -> KeptForecast:
    jobs = YearForecast.objects.visible_to(user).filter(calendar=calendar)
    jobs = jobs.select_related("started_by").order_by("-started_at")
    newest, kept = jobs.first(), jobs.filter(state=JobState.DONE).first()
    told = {*AT_WORK, JobState.FAILED, JobState.REFUSED}
    runs = Period.objects.filter(calendar=calendar, runs__state=RunState.PUBLISHED).count()
    outdated = kept is not None and kept.preview["published"] != runs
    return KeptForecast(newest if newest and newest.state in told else None, kept, outdated)


def sector_rows(view: YearView) -> list[dict[str, Any]]:
    """Budget and forecast of each sector, for a picture."""
    return [_pair(row.name, row.budget, row.forecast) for row in view.sectors]


def month_rows(view: YearView) -> list[dict[str, Any]]:
    """What is spent and forecast in each month, for a picture."""
    return [_pair(row.name, row.spent, row.forecast) for row in view.months]


def _pair(label: str, *amounts: Decimal | None) -> dict[str, Any]:
    values = [None if amount is None else max(amount, ZERO) for amount in amounts]
    return {"label": label, "values": values, "texts": [money(each, "none") for each in amounts]}
