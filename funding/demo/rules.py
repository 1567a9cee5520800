"""School days of the financial year, and protection that begins with the next one."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal

from banding_portal.demo.files import load
from banding_portal.demo.timeline import Timeline
from funding.calculation import financial_year_of
from funding.choices import ProtectionKind
from funding.services.protecting import set_protection
from funding.services.school_days import import_school_days
from schools.choices import Sector
from schools.models import User

HOLIDAYS = (
    *(((4, 1), (4, 14)), ((5, 25), (5, 31)), ((7, 22), (8, 31)), ((10, 24), (10, 31))),
    *(((12, 19), (12, 31)), ((1, 1), (1, 4)), ((2, 13), (2, 20)), ((3, 28), (3, 31))),
)
KEPT = Decimal("0.975")


def seed_school_days(timeline: Timeline) -> None:
    """A row a day of the financial year we are in, as a file brings them."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["date", "is_school_day"])
    rows.writerows([day, int(is_school_day(day))] for day in days_of_year(timeline.today))
    load(import_school_days, filename="school-days.csv", content=out.getvalue().encode())


def days_of_year(today: dt.date) -> Iterator[dt.date]:
    day, last = financial_year_of(today)
    while day <= last:
        yield day
        day += dt.timedelta(days=1)


def is_school_day(day: dt.date) -> bool:
    place = (day.month, day.day)
    return day.weekday() < 5 and not any(first <= place <= last for first, last in HOLIDAYS)


def seed_protection(timeline: Timeline, by: User) -> None:
    """From next April for a year: special schools keep 97.5 per cent of what they were paid."""
    start = financial_year_of(timeline.today)[1] + dt.timedelta(days=1)
    set_protection(
        sector=Sector.SPECIAL,
        kind=ProtectionKind.FLOOR,
        changed_on=start,
        starts_on=start,
        ends_on=financial_year_of(start)[1],
        share=KEPT,
        by=by,
    )
