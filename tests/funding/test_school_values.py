"""What bands are worth to schools, for a year and each of its terms, to the penny (F2)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.roles import Role
from funding.calculation.term_values import TermOfYear, worth_in_term
from funding.models import FundingPolicy, PaymentCalendar, SchoolDay
from funding.selectors.school_values import worth_in_year
from tests.factories import FrameworkFactory, PeriodFactory, SchoolFactory
from tests.funding.funded import band, funded_pupil, set_value
from tests.funding.published import draft

pytestmark = pytest.mark.django_db
APRIL, MAY = dt.date(2027, 4, 1), dt.date(2027, 5, 1)
LONG_AGO, LATER = dt.date(2020, 4, 1), dt.date(2030, 3, 31)


def term(**changed):
    usual = {
        "start": dt.date(2026, 9, 1),
        "end": dt.date(2026, 12, 31),
        "count_date": dt.date(2026, 10, 1),
        "numerator": 4,
        "denominator": 12,
        "method": "calendar_days",
    }
    return TermOfYear(**{**usual, **changed})


@pytest.mark.parametrize(
    ("changed", "since", "until", "amount"),
    [
        ({}, LONG_AGO, LATER, "1348.00"),
        ({}, dt.date(2026, 10, 31), LATER, "685.05"),
        ({}, LONG_AGO, dt.date(2026, 9, 1), "11.05"),
        ({}, dt.date(2027, 1, 1), LATER, None),
        ({"method": "whole_period"}, LONG_AGO, LATER, "1348.00"),
        ({"method": "whole_period"}, dt.date(2026, 10, 1), LATER, "1348.00"),
        ({"method": "whole_period"}, dt.date(2026, 10, 2), LATER, None),
        ({"method": "school_days"}, LONG_AGO, LATER, None),
        (
            {
                "method": "school_days",
                "school_days": (dt.date(2026, 9, 1), dt.date(2026, 9, 2), APRIL),
            },
            LONG_AGO,
            dt.date(2026, 9, 1),
            "1348.00",
        ),
    ],
)
def test_value_of_a_term(changed, since, until, amount):
    """£4,044.00 a year: the cases of money.csv."""
    found = worth_in_term(Decimal("4044.00"), term(**changed), since, until)
    assert found == (None if amount is None else Decimal(amount))


def rows(calendar, *sectors, school=None):
    year = worth_in_year(calendar, sectors or ("mainstream",), school)
    return [
        (table.framework.code, row.band.code, row.since, row.annual, [a for _, a in row.terms])
        for table in year.tables
        for row in table.rows
    ]


def test_whole_terms_are_what_a_run_pays_for_them(autumn, spring):
    funded_pupil()
    found = rows(autumn.calendar)
    amounts = next(row[4] for row in found if row[1] == "B")
    assert amounts == [draft(autumn).control_total, draft(spring).control_total]


@pytest.mark.parametrize("method", ["calendar_days", "whole_period", "school_days"])
def test_value_that_changes_within_a_term_is_what_a_run_pays_for_its_days(autumn, method, school):
    PaymentCalendar.objects.update(proration=method)
    first = dt.date(2026, 4, 1)
    SchoolDay.objects.bulk_create(
        SchoolDay(date=first + dt.timedelta(days=each), is_school_day=each % 7 < 5)
        for each in range(365)
    )
    set_value("B", "4000.00", effective_from=dt.date(2026, 11, 1))
    funded_pupil(school)
    run = draft(autumn)
    autumn.calendar.refresh_from_db()
    worth = [row[4][0] for row in rows(autumn.calendar) if row[1] == "B"]
    paid = [line.amount for line in run.lines.order_by("start")]
    assert [amount for amount in worth if amount is not None] == paid


def test_days_of_the_school_go_before_those_of_the_authority(autumn, school):
    PaymentCalendar.objects.update(proration="school_days")
    autumn.calendar.refresh_from_db()
    days = [dt.date(2026, 9, 1), dt.date(2027, 3, 1)]
    SchoolDay.objects.bulk_create(SchoolDay(date=day, is_school_day=True) for day in days)
    SchoolDay.objects.create(school=school, date=days[1], is_school_day=False)
    of_b = lambda **more: next(row[4] for row in rows(autumn.calendar, **more) if row[1] == "B")  # noqa: E731
    assert of_b() == [Decimal("1830.00")]
    assert of_b(school=school.pk) == [Decimal("3660.00")]


def test_values_before_the_year_are_left_out_and_unknown_ones_have_no_amount(autumn):
    set_value("B", "100.00", effective_from=LONG_AGO)
    set_value("C", None, effective_from=dt.date(2026, 11, 1))
    found = rows(autumn.calendar)
    assert Decimal("100.00") not in {row[3] for row in found}
    assert [row[4] for row in found if row[3] is None] == [[None]]


def test_framework_that_comes_to_pay_within_the_year_has_its_own_table(autumn):
    other = FrameworkFactory(code="other", name="Other framework")
    sector = {"sector": "mainstream"}
    FundingPolicy.objects.create(framework=band().framework, effective_from=LONG_AGO, **sector)
    FundingPolicy.objects.create(framework=other, effective_from=dt.date(2026, 11, 1), **sector)
    other.bands.first().values.create(annual_value="1200.00", effective_from=LONG_AGO, **sector)
    year = worth_in_year(autumn.calendar, ["mainstream"])
    assert [(table.framework, table.pays_from) for table in year.tables] == [
        (band().framework, None),
        (other, dt.date(2026, 11, 1)),
    ]
    [row] = year.tables[1].rows
    assert row.terms[0][1] == Decimal("200.00")  # 61 of 122 days


def page(client, **query):
    return client.get(reverse("funding:school_values"), query)


def test_school_sees_its_own_sector_alone(autumn, sign_in):
    set_value("B", "9999.00", sector="special")
    found = page(sign_in(Role.SENCO, school=SchoolFactory()))
    assertContains(found, "£3,660.00")
    assertContains(found, "£1,220.00")
    assertNotContains(found, "£9,999.00")
    assertContains(page(sign_in(Role.FINANCE_OFFICER)), "£9,999.00")


def test_year_is_asked_for_and_another_is_not_found(autumn, sign_in):
    PeriodFactory(
        calendar__year="2025-26",
        code="2025-autumn",
        start=dt.date(2025, 9, 1),
        end=dt.date(2025, 12, 31),
        count_date=dt.date(2025, 10, 1),
    )
    client = sign_in(Role.SCHOOL_FINANCE, school=SchoolFactory())
    assertContains(page(client, year="2025-26"), "?year=2026-27")
    assert page(client, year="1999-00").status_code == 404


def test_without_a_calendar_the_page_says_what_will_be_there(sign_in):
    assertContains(page(sign_in(Role.FINANCE_OFFICER)), "No payment year yet")
