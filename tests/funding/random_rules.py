"""Random school days and rules of protection, as database rows and as inputs of the plain rules."""

import datetime as dt
from decimal import Decimal
from random import Random

from banding.models import Band
from funding import calculation
from funding.choices import Proration, SchoolAmountKind
from funding.models import ProtectionRule, SchoolAmount, SchoolDay
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


def school_amounts(
    seed: int, schools: list[School], bands: list[Band]
) -> tuple[list[calculation.SchoolRate], list[calculation.GivenToSchool]]:
    """Of most schools a rate of some bands, a lump sum and a minimum; some begin or end within the
    period.
    """
    chance, rows = Random(seed), []
    rates, given = [], []

    def days() -> tuple[dt.date, dt.date | None]:
        first = START + dt.timedelta(days=chance.choice([-300, -1, 0, 1, 9, 30]))
        last = START + dt.timedelta(days=chance.choice([31, 38, PERIOD_DAYS - 1, 60, 400]))
        return first, chance.choice([None, last, last])

    def annual() -> Decimal:
        return Decimal(chance.choice(["0.00", "1234.57", "9000.01", "123456.78"]))

    for school in schools[: len(schools) * 3 // 4]:
        urn = int(school.urn)
        for band in chance.sample(bands, min(3, len(bands))):
            amount, (first, last) = annual(), days()
            rows.append(_given(school, SchoolAmountKind.RATE, amount, first, last, band=band))
            key = (urn, band.framework.code, band.code)
            rates.append(calculation.SchoolRate(*key, amount, first, last))
            if last and chance.random() < 0.5:
                amount, first = annual(), last + dt.timedelta(days=chance.choice([1, 3]))
                rows.append(_given(school, SchoolAmountKind.RATE, amount, first, None, band=band))
                rates.append(calculation.SchoolRate(*key, amount, first))
        ends = [school.opened_on, school.closed_on]
        if school.status == "closed" and school.closed_on is None:
            ends = [None, dt.date.min]
        for kind, name in ((SchoolAmountKind.LUMP_SUM, "Pool"), (SchoolAmountKind.MINIMUM, "")):
            amount, (first, last) = annual(), days()
            if kind == SchoolAmountKind.MINIMUM and chance.random() < 0.6:
                amount, first, last = Decimal("654321.09"), START, None
            rows.append(_given(school, kind, amount, first, last, name=name))
            given.append(calculation.GivenToSchool(urn, kind, amount, first, last, *ends))
    SchoolAmount.objects.bulk_create(rows)
    return rates, given


def _given(
    school: School, kind: str, annual: Decimal, first: dt.date, last: dt.date | None, **more: object
) -> SchoolAmount:
    facts = {"annual": annual, "starts_on": first, "ends_on": last, "reason": "By lot"}
    return SchoolAmount(school=school, kind=kind, **facts, **more)
