"""How a year stands: spent, committed and forecast against the budget (F19)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.jobs.states import JobState
from banding_portal.roles import Role
from funding.models import Budget, YearForecast
from funding.selectors.effects import due_in
from funding.year.selectors import kept_forecast, year_view
from funding.year.services import set_budget, start_forecast
from schools.services.pupils import end_placement
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


@pytest.fixture
def autumn(db):
    """£3,660.00 a year: £1,220.00 for the autumn term, and as much for the spring term."""
    set_value()
    return PeriodFactory()


@pytest.fixture
def spring(autumn):
    return PeriodFactory(
        calendar=autumn.calendar,
        code="2027-spring",
        name="Spring term 2027",
        start=dt.date(2027, 1, 1),
        end=dt.date(2027, 3, 31),
        count_date=dt.date(2027, 1, 15),
    )


def worked_out(calendar, by):
    job = work_on(start_forecast(calendar=calendar, by=by))
    assert job.state == JobState.DONE, job.issues
    return year_view(calendar, job)


def test_published_is_spent_and_the_rest_is_committed(autumn, spring, by):
    funded_pupil()
    published(autumn)
    view = worked_out(autumn.calendar, by)
    row = view.whole
    assert (row.spent, row.committed, row.forecast, row.budget) == (
        *(Decimal("1220.00"), Decimal("1220.00"), Decimal("2440.00")),
        None,
    )
    first = view.months[0]
    assert (first.name, first.spent, first.forecast) == (
        "September 2026",
        Decimal("300.00"),
        Decimal("300.00"),
    )
    found = [(t["name"], t["pupils_published"], t["allocated"], t["forecast"]) for t in view.terms]
    assert found == [
        ("Autumn term 2026", 1, Decimal("1220.00"), Decimal("1220.00")),
        ("Spring term 2027", 0, Decimal("0.00"), Decimal("1220.00")),
    ]


def test_late_leaver_is_committed_below_zero_until_the_next_run(autumn, by):
    pupil = funded_pupil()
    published(autumn)
    end_placement(
        placement=pupil.placements.get(), end=dt.date(2026, 10, 31), by=person(Role.SEND_OFFICER)
    )
    assert worked_out(autumn.calendar, by).whole.committed == Decimal("-610.00")
    published(autumn)
    row = worked_out(autumn.calendar, by).whole
    assert (row.spent, row.committed) == (Decimal("610.00"), Decimal("0.00"))


def test_sectors_months_and_the_budget_add_up(autumn, spring, by):
    set_value(sector="special", annual="7320.00")
    funded_pupil()
    funded_pupil(SchoolFactory(sector="special"))
    funded_pupil(responsible_la="998")
    published(autumn)
    amounts = {"special": Decimal("5000.00"), "mainstream": Decimal("2000.00")}
    set_budget(calendar=autumn.calendar, amounts=amounts, by=by)
    view = worked_out(autumn.calendar, by)
    assert {row.name: row.left for row in view.sectors} == {
        "Mainstream": Decimal("-440.00"),
        "Special": Decimal("120.00"),
    }
    assert (view.whole.budget, view.whole.left) == (Decimal("7000.00"), Decimal("-320.00"))
    for rows in (view.sectors, view.months):
        assert sum(row.spent for row in rows) == view.whole.spent
        assert sum(row.forecast for row in rows) == view.whole.forecast
    each = [row for _, months in view.by_sector_and_month for row in months]
    assert sum(row.forecast for row in each) == view.whole.forecast
    due = [amount for period in (autumn, spring) for _, amount, _ in due_in(period).values()]
    assert sum(due) == view.whole.forecast


def test_budget_is_taken_away_by_an_empty_field(autumn, officer):
    address = reverse("funding:budget_edit", args=[autumn.calendar.pk])
    page = officer.post(address, {"special": "5,000", "mainstream": "100"}, follow=True)
    assertContains(page, "The budget of 2026-27 is saved.")
    officer.post(address, {"special": "6000.50"})
    assert list(Budget.objects.values_list("sector", "amount")) == [("special", Decimal("6000.50"))]
    assertContains(officer.get(address), "6000.50")
    assert officer.post(address, {"special": "-1"}).status_code == 200
    assert Budget.objects.get().amount == Decimal("6000.50")


def test_page_leads_from_nothing_to_the_year(autumn, officer):
    funded_pupil()
    page = reverse("funding:year", args=[autumn.calendar.pk])
    assertContains(officer.get(page), "This year is not worked out yet")
    assertContains(officer.get(reverse("funding:home")), page)
    officer.post(reverse("funding:year_forecast_make", args=[autumn.calendar.pk]))
    job = YearForecast.objects.get()
    detail = reverse("funding:year_forecast", args=[job.pk])
    assert officer.get(detail).status_code == 200
    work_on(job)
    assertRedirects(officer.get(detail), page)
    shown = officer.get(page)
    assertContains(shown, "Budget and forecast by sector")
    assertContains(shown, "Pupils funded and allocated by term")
    assertNotContains(shown, "More has been published since")
    published(autumn)
    assertContains(officer.get(page), "More has been published since")


def test_auditor_sets_no_budget(autumn, sign_in):
    auditor = sign_in(Role.AUDITOR)
    page = auditor.get(reverse("funding:year", args=[autumn.calendar.pk]))
    assertNotContains(page, "Set the budget")


def test_year_that_cannot_be_calculated_says_why(autumn, by):
    autumn.calendar.proration = "school_days"
    autumn.calendar.save()
    job = work_on(start_forecast(calendar=autumn.calendar, by=by))
    assert job.state == JobState.REFUSED
    assert "school days" in str(job.issues)
    assert kept_forecast(autumn.calendar, by).kept is None


def test_queries_do_not_grow_with_sectors_and_terms(autumn, officer, by):
    def queries():
        with CaptureQueriesContext(connection) as found:
            officer.get(reverse("funding:year", args=[autumn.calendar.pk]))
        return len(found)

    funded_pupil()
    worked_out(autumn.calendar, by)
    queries()
    first = queries()
    set_value(sector="special", annual="7320.00")
    funded_pupil(SchoolFactory(sector="special"))
    worked_out(autumn.calendar, by)
    assert queries() == first


@pytest.mark.django_db(transaction=True)
def test_budgets_set_at_once_are_one_a_sector(autumn, by):
    sets = [{"special": Decimal(place)} for place in (1, 2, 3)]
    at_once(
        [
            lambda amounts=amounts: set_budget(calendar=autumn.calendar, amounts=amounts, by=by)
            for amounts in sets
        ]
    )
    assert Budget.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_forecast(autumn):
    people = [person(Role.FINANCE_OFFICER) for _ in range(2)]
    ask = [lambda by=by: start_forecast(calendar=autumn.calendar, by=by) for by in people]
    assert len({job.pk for job in at_once(ask)}) == 1
