"""What funding puts on the home page, by role."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from funding.due import due_items
from funding.models import Run
from funding.services.publishing import publish_run
from tests.factories import PeriodFactory, RunFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


def told(user) -> list[tuple[str, str]]:
    return [(item.text, item.action) for item in due_items(user)]


def test_officer_clears_exceptions_then_sends(period):
    officer = person(Role.FINANCE_OFFICER)
    funded_pupil()
    lonely = funded_pupil(code=None)
    run = draft(period, officer)
    assert told(officer) == [("1 exception to clear", "Clear exceptions")]
    assert due_items(officer)[0].url.startswith(reverse("funding:exception_list", args=[run.pk]))
    lonely.plans.all().delete()
    draft(period, officer)
    assert told(officer) == [("ready to be checked by somebody else", "Send for checking")]


def test_officer_hears_of_lines_without_a_value(period):
    officer = person(Role.FINANCE_OFFICER)
    funded_pupil(code="A")
    draft(period, officer)
    assert told(officer) == [("1 line without a value", "Open the run")]


def test_officer_calculates_again_after_the_calendar_changed(period):
    RunFactory(period=period)
    assert told(person(Role.FINANCE_OFFICER)) == [
        ("its payment calendar changed", "Calculate it again")
    ]


def test_authoriser_checks_what_somebody_else_prepared(period):
    both = person(Role.FINANCE_OFFICER)
    both.memberships.create(role=Role.FINANCE_AUTHORISER)
    funded_pupil()
    checked(period, both)
    assert told(both) == []
    assert told(person(Role.FINANCE_AUTHORISER)) == [
        ("waiting for you to check and publish it", "Check the run")
    ]


def test_school_hears_of_a_new_statement_for_four_weeks(period, school, monkeypatch):
    senco = person(Role.SENCO, school=school)
    funded_pupil(school)
    checked(period)
    assert told(senco) == []
    run = publish_run(run=Run.objects.get(), by=person(Role.FINANCE_AUTHORISER))
    [item] = due_items(senco)
    assert item.url == reverse("funding:statement_detail", args=[run.pk, school.pk])
    assert item.school == school.name
    later = timezone.now() + dt.timedelta(days=29)
    monkeypatch.setattr("funding.due.timezone.now", lambda: later)
    assert told(senco) == []


def test_nothing_for_others(period, school):
    funded_pupil(school)
    published(period)
    assert told(person(Role.AUDITOR)) == []
    assert told(person(Role.SENCO, school=SchoolFactory())) == []


def test_draft_left_lying_says_since_when(period):
    officer = person(Role.FINANCE_OFFICER)
    funded_pupil()
    draft(period, officer)
    Run.objects.update(prepared_at=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))
    assert told(officer) == [
        (
            "ready to be checked by somebody else, a draft since 2 Mar 2026",
            "Send for checking",
        )
    ]
