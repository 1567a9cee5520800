"""The one primary button of a run, and what it says when its inputs have changed since."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.roles import Role
from funding.models import BandValue
from funding.services.exceptions import clear_exceptions
from tests.factories import PeriodFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, sent_anyway

pytestmark = pytest.mark.django_db
CHANGED = "have changed since this run was calculated"
BUTTON = re.compile(r'<(?:a|button)[^>]*class="govuk-button"[^>]*>\s*([^<]+?)\s*</')


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def page_of(name: str, run, *more) -> str:
    return reverse(f"funding:{name}", args=[run.pk, *more])


def primary(response) -> list[str]:
    return BUTTON.findall(response.content.decode().split("<main", 1)[1])


def test_primary_button_leads_through_what_is_left(period, officer):
    funded_pupil(code="A")
    funded_pupil(code=None)
    run = draft(period)
    page = officer.get(page_of("run_detail", run))
    assert primary(page) == ["Set the missing values"]
    assertContains(page, reverse("funding:value_list"))
    assertNotContains(page, "Send for checking")
    set_value("A")
    assert primary(officer.get(page_of("run_detail", run))) == ["Calculate again"]
    run = draft(period)
    page = officer.get(page_of("run_detail", run))
    assert primary(page) == ["Clear the exceptions"]
    assertContains(page, f"{page_of('exception_list', run)}?state=left")
    clear_exceptions(run=run, kind="no_agreed_band", reason="Known", by=officer.user)
    assert primary(officer.get(page_of("run_detail", run))) == ["Send for checking"]


def test_run_with_reasons_is_not_sent(period, officer):
    funded_pupil(code="A")
    funded_pupil(code=None)
    run = draft(period)
    page = officer.post(page_of("run_send", run), follow=True)
    assertContains(page, "1 line is on a band without a value. Set the values first.")
    assertContains(page, "1 exception is not cleared yet.")
    run.refresh_from_db()
    assert run.state == "draft"


def test_pupils_by_sector_are_those_the_run_pays(period, officer):
    funded_pupil()
    funded_pupil(responsible_la="998")
    run = draft(period)
    page = officer.get(page_of("run_detail", run))
    assert [row.pupils for row in page.context["sectors"]] == [page.context["totals"].pupils] == [1]
    assertContains(page, "A pupil at schools of two sectors counts in both.")


def test_changed_inputs_are_said_until_calculated_again(period, officer):
    funded_pupil()
    run = draft(period)
    assertNotContains(officer.get(page_of("run_detail", run)), CHANGED)
    BandValue.objects.update(annual_value=Decimal("1.00"))
    page = officer.get(page_of("run_detail", run))
    things = "Values, placements, plans, bands or what schools reported"
    assertContains(page, f"{things} {CHANGED}. Calculate again.")
    assert primary(page) == ["Calculate again"]
    assertContains(page, "Send for checking")
    draft(period)
    assertNotContains(officer.get(page_of("run_detail", run)), CHANGED)


def test_changed_inputs_are_said_before_publishing(period, sign_in):
    funded_pupil()
    run = checked(period)
    client = sign_in(Role.FINANCE_AUTHORISER)
    assertNotContains(client.get(page_of("run_publish", run)), CHANGED)
    funded_pupil()
    for name in ("run_detail", "run_publish"):
        assertContains(client.get(page_of(name, run)), CHANGED)
    client.post(page_of("run_publish", run))
    run.refresh_from_db()
    assert run.state == "published"
    assertNotContains(client.get(page_of("run_detail", run)), CHANGED)


@pytest.mark.parametrize("name", ["run_send", "run_send_back"])
def test_address_of_a_move_opened_as_a_page_leads_to_the_run(name, period, officer):
    run = draft(period)
    assertRedirects(officer.get(page_of(name, run)), page_of("run_detail", run))
    run.refresh_from_db()
    assert run.state == "draft"


def test_run_being_checked_offers_no_change(period, officer):
    funded_pupil(code=None)
    run = sent_anyway(period)
    page = officer.get(page_of("exception_list", run))
    assertNotContains(page, "Clear<")
    assertNotContains(page, "Clear them all")
    response = officer.get(page_of("run_calculate", run), follow=True)
    assertRedirects(response, page_of("run_detail", run))
    assertContains(response, "Send it back before you calculate it again.")
    one = page_of("exception_clear", run, run.exceptions.get().pk)
    response = officer.get(one, follow=True)
    assertRedirects(response, page_of("run_detail", run))
    assertContains(response, "Send it back before you clear its exceptions.")
