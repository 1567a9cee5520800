"""A large invented authority to measure with. Never for an authority that has pupils."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from banding_portal.refusals import RefusalError
from funding import sql
from funding.models import PaymentCalendar, Period
from schools.models import Placement, Pupil, School

AUDITED = ("schools_pupil", "schools_placement", "schools_plan", "banding_banddecision")


@dataclass(frozen=True, slots=True)
class ScaleSeeded:
    schools: int
    pupils: int
    placements: int


@transaction.atomic
def seed_scale(*, schools: int, pupils: int) -> ScaleSeeded:
    """Invent schools, pupils, placements, plans, agreed bands, values and a payment calendar.

    Without audit events, which would double it. Raises RefusalError when there are schools or
    pupils.
    """
    if School.objects.exists() or Pupil.objects.exists():
        raise RefusalError("There are schools or pupils already. Use an empty database.")
    _switch_audit("DISABLE")
    values = {"schools": schools, "pupils": pupils, "la_code": settings.LA_CODE}
    sql.run_script("seed_scale", values)
    with connection.cursor() as cursor:
        # A table with checks still to come at the end of the transaction cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _switch_audit("ENABLE")
    _make_calendar()
    return ScaleSeeded(schools, pupils, Placement.objects.count())


def _switch_audit(how: str) -> None:
    with connection.cursor() as cursor:
        for table in AUDITED:
            cursor.execute(f"ALTER TABLE {table} {how} TRIGGER USER")


def _make_calendar() -> None:
    calendar = PaymentCalendar.objects.create(year="2026-27", proration="calendar_days")
    terms = [
        ("2026-autumn", "Autumn term 2026", (2026, 9, 1), (2026, 12, 31), (2026, 10, 1), 4),
        ("2027-spring", "Spring term 2027", (2027, 1, 1), (2027, 3, 31), (2027, 1, 15), 3),
        ("2027-summer", "Summer term 2027", (2027, 4, 1), (2027, 8, 31), (2027, 5, 14), 5),
    ]
    for code, name, start, end, count_date, numerator in terms:
        Period.objects.create(
            calendar=calendar,
            code=code,
            name=name,
            start=dt.date(*start),
            end=dt.date(*end),
            count_date=dt.date(*count_date),
            numerator=numerator,
            denominator=12,
        )
