"""Calendars of school days: by financial year and month, and of schools that differ (F5)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from banding_portal.words import day
from funding.calculation.calendar import financial_year_of
from funding.choices import Proration
from funding.models import Period, SchoolDay
from schools.models import School

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a financial year: its school days, and the weekdays off in words."""

    first: dt.date
    school_days: int
    off: str


@dataclass(frozen=True, slots=True)
class FinancialYear:
    """From 1 April to 31 March. `own` are schools with days of their own, and how many."""

    start: dt.date
    school_days: int
    months: list[Month]
    own: list[tuple[School, int]]

    @property
    def name(self) -> str:
        return year_name(self.start)


def year_name(start: dt.date) -> str:
    return f"{start.year}-{(start.year + 1) % 100:02d}"


def financial_years() -> list[FinancialYear]:
    """Every year that has days, the latest first; three queries."""
    general: dict[dt.date, dict[dt.date, bool]] = {}
    for date, is_school_day in SchoolDay.objects.filter(school=None).values_list(
        "date", "is_school_day"
    ):
        start, _ = financial_year_of(date)
        general.setdefault(start, {})[date] = is_school_day
    own: dict[dt.date, Counter[object]] = {}
    for school, date in SchoolDay.objects.exclude(school=None).values_list("school", "date"):
        start, _ = financial_year_of(date)
        own.setdefault(start, Counter())[school] += 1
    schools = School.objects.in_bulk({school for counts in own.values() for school in counts})
    return [
        FinancialYear(
            start,
            sum(days.values()),
            list(_months(start, days)),
            sorted(
                ((schools[school], count) for school, count in own.get(start, {}).items()),
                key=lambda row: (row[0].name, row[0].urn),
            ),
        )
        for start, days in sorted(general.items(), reverse=True)
    ]


def _months(start: dt.date, days: dict[dt.date, bool]) -> Iterable[Month]:
    for place in range(12):
        first = dt.date(start.year + (3 + place) // 12, (3 + place) % 12 + 1, 1)
        of_month = []
        date = first
        while date.month == first.month:
            of_month.append(date)
            date += ONE_DAY
        off = [date for date in of_month if date.weekday() < 5 and not days.get(date)]
        open_on = sum(bool(days.get(date)) for date in of_month)
        yield Month(first, open_on, _in_words(off))


def _in_words(days: list[dt.date]) -> str:
    """3 to 6, 25 – weekdays in a row, whatever weekend lies between."""
    runs: list[list[dt.date]] = []
    for date in days:
        weekend = dt.timedelta(days=3 if date.weekday() == 0 else 1)
        if runs and runs[-1][1] == date - weekend:
            runs[-1][1] = date
        else:
            runs.append([date, date])
    return ", ".join(
        f"{first.day}" if first == last else f"{first.day} to {last.day}" for first, last in runs
    )


def problems_of_school_days(periods: Iterable[Period]) -> list[str]:
    """Why periods paid by school days can't be calculated: a financial year without school days,
    for everybody or for a school; one query a year.
    """
    years = {
        financial_year_of(period.start)
        for period in periods
        if period.calendar.proration == Proration.SCHOOL_DAYS
    }
    return [problem for year in sorted(years) for problem in _problems_of_year(*year)]


def _problems_of_year(start: dt.date, end: dt.date) -> list[str]:
    days = SchoolDay.objects.filter(date__range=(start, end), school=None, is_school_day=True)
    if not days.exists():
        there_are = f"There are no school days from {day(start)} to {day(end)}."
        return [f"{there_are} Upload the school days of the financial year first."]
    off = Q(school_days__date__range=(start, end), school_days__is_school_day=False)
    opened = Q(school_days__date__range=(start, end), school_days__is_school_day=True)
    closed = School.objects.annotate(
        off=Count("school_days", filter=off), opened=Count("school_days", filter=opened)
    ).filter(off__gte=days.count(), opened=0)
    return [
        f"{school} has no school day from {day(start)} to {day(end)}. Correct its own school days."
        for school in closed
    ]
