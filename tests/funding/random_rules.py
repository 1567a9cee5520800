"""Random school days and rules of protection, as database rows and as inputs of the plain rules."""

import datetime as dt
from decimal import Decimal
from random import Random

from funding import calculation
from funding.choices import Proration
from funding.models import ProtectionRule, SchoolDay
from schools.models import School

SECTORS = ["mainstream", "special", "independent"]
START = dt.date(2026, 9, 1)
PERIOD_DAYS = 40


def school_days(method: str, schools: list[School]) -> dict[int | None, set[dt.date]]:
    """Of the financial year, and of two schools that differ on some of them."""
    if method != Proration.SCHOOL_DAYS:
        return {None: set()}
    first, last = calculation.financial_year_of(START)
    year = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    chance, found, rows = Random(method), {}, []
    found[None] = {day for day in year if day.weekday() < 5 and chance.random() < 0.8}
    rows = [SchoolDay(date=day, is_school_day=day in found[None]) for day in year]
    for school in schools[3:5]:
        own = {day: chance.random() < 0.5 for day in year if chance.random() < 0.3}
        rows += [SchoolDay(school=school, date=d, is_school_day=own[d]) for d in own]
        found[int(school.urn)] = {d for d in year if own.get(d, d in found[None])}
    SchoolDay.objects.bulk_create(rows)
    return found


def protection(seed: int) -> list[calculation.ProtectionRule]:
    """In two sectors, one after the other over the whole period, against a change before each."""
    chance, found = Random(seed), []
    for sector in SECTORS[:2]:
        first = START - dt.timedelta(days=chance.randint(0, 8))
        while first < START + dt.timedelta(days=PERIOD_DAYS):
            changed_on = first - dt.timedelta(days=chance.randint(0, 6))
            for kind, share in (("floor", "0.98"), ("phased", "0.3333")):
                last = first + dt.timedelta(days=chance.randint(1, 6))
                row = (sector, kind, changed_on, first, last, Decimal(share))
                found.append(calculation.ProtectionRule(*row))
                first = last + dt.timedelta(days=1)
    names = ("sector", "kind", "changed_on", "starts_on", "ends_on", "share")
    ProtectionRule.objects.bulk_create(
        ProtectionRule(**{name: getattr(each, name) for name in names}) for each in found
    )
    return found
