"""What bands are worth to schools, a year and a term, with from when (rules.md F2).

Of the framework that pays in a sector, on the days it does; of any that has values there where no
policy says which.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q

from banding.models import Band, Framework
from funding.calculation.calendar import financial_year_of
from funding.calculation.term_values import TermOfYear, worth_in_term
from funding.choices import Proration
from funding.models import BandValue, FundingPolicy, PaymentCalendar, Period, SchoolDay
from schools.choices import Sector

ONE_DAY = dt.timedelta(days=1)
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class WorthRow:
    """A value of a band: from when, pounds a year, and for each term on the days it holds."""

    band: Band
    since: dt.date
    annual: Decimal | None
    terms: list[tuple[Period, Decimal | None]]


@dataclass(frozen=True, slots=True)
class WorthTable:
    """The bands of a framework in a sector, from the day it pays there in the year; `pays_from` is
    None where it paid on the first day already.
    """

    sector: str
    framework: Framework
    pays_from: dt.date | None
    rows: list[WorthRow]


@dataclass(frozen=True, slots=True)
class WorthYear:
    calendar: PaymentCalendar
    periods: list[Period]
    tables: list[WorthTable]

    @property
    def heads(self) -> list[str]:
        """Of the columns, a term each; over figures."""
        return [f"# {period.name}" for period in self.periods]

    @property
    def by_school_days(self) -> bool:
        return self.calendar.proration == Proration.SCHOOL_DAYS


def worth_in_year(
    calendar: PaymentCalendar, sectors: Collection[str], school: UUID | None = None
) -> WorthYear:
    """By sector in their order, then as the framework came to pay; the school days are those of the
    school where it has its own.
    """
    periods = list(calendar.periods.order_by("start"))
    terms = {period: _term(period, calendar, school) for period in periods}
    year = periods[0].start, periods[-1].end
    tables = [
        table
        for sector in Sector.values
        if sector in sectors
        for table in _tables(sector, year, terms)
    ]
    return WorthYear(calendar, periods, tables)


def _tables(sector: str, year: Days, terms: dict[Period, TermOfYear]) -> Iterator[WorthTable]:
    values = BandValue.objects.filter(sector=sector, effective_from__lte=year[1])
    of_band: dict[Band, list[BandValue]] = defaultdict(list)
    for value in values.select_related("band__framework").order_by("band__rank", "effective_from"):
        of_band[value.band].append(value)
    for framework, days in _paying(sector, year, of_band):
        bands = [band for band in of_band if band.framework_id == framework.pk]
        rows = [row for band in bands for row in _rows(band, of_band[band], days, terms)]
        if rows:
            pays_from = days[0] if days[0] > year[0] else None
            yield WorthTable(Sector(sector).label, framework, pays_from, rows)


def _paying(sector: str, year: Days, bands: Collection[Band]) -> Iterator[tuple[Framework, Days]]:
    """The frameworks that pay in the year, each with its days."""
    policies = FundingPolicy.objects.filter(sector=sector, effective_from__lte=year[1])
    found = list(policies.select_related("framework").order_by("effective_from"))
    ends = [*(policy.effective_from - ONE_DAY for policy in found[1:]), year[1]]
    for policy, end in zip(found, ends, strict=False):
        if end >= year[0]:
            yield policy.framework, (max(policy.effective_from, year[0]), end)
    if not found:
        for framework in dict.fromkeys(band.framework for band in bands):
            yield framework, year


def _rows(
    band: Band, values: list[BandValue], days: Days, terms: dict[Period, TermOfYear]
) -> Iterator[WorthRow]:
    ends = [value.effective_from - ONE_DAY for value in values[1:]] + [days[1]]
    for value, end in zip(values, ends, strict=True):
        since, until = max(value.effective_from, days[0]), min(end, days[1])
        if since > until:
            continue
        annual = value.annual_value
        amounts = [
            (period, None if annual is None else worth_in_term(annual, term, since, until))
            for period, term in terms.items()
        ]
        yield WorthRow(band, value.effective_from, annual, amounts)


def _term(period: Period, calendar: PaymentCalendar, school: UUID | None) -> TermOfYear:
    by_days = calendar.proration == Proration.SCHOOL_DAYS
    return TermOfYear(
        start=period.start,
        end=period.end,
        count_date=period.count_date,
        numerator=period.numerator,
        denominator=period.denominator,
        method=calendar.proration,
        school_days=school_days_of(period.start, school) if by_days else (),
    )


def school_days_of(day: dt.date, school: UUID | None) -> tuple[dt.date, ...]:
    """The school days of the financial year of a day: the school's own before the authority's."""
    days = SchoolDay.objects.filter(
        Q(school=None) | Q(school=school), date__range=financial_year_of(day)
    )
    own_last = days.order_by(F("school").asc(nulls_first=True))
    is_open = dict(own_last.values_list("date", "is_school_day"))
    return tuple(sorted(date for date, is_school_day in is_open.items() if is_school_day))
