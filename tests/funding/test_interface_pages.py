"""Pages of tokens and of the interface's description (F20)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.interface.services import make_token, revoke_token
from funding.interface.views import EXAMPLES
from funding.models import AccessToken
from tests.banding.races import at_once
from tests.factories import person
from tests.funding.tokens import a_token, get

pytestmark = pytest.mark.django_db
LIST, MAKE = reverse("funding:token_list"), reverse("funding:token_make")


def filled_in(**fields):
    day = timezone.localdate() + dt.timedelta(days=90)
    until = {"expires_on_0": day.day, "expires_on_1": day.month, "expires_on_2": day.year}
    return {"name": "Ledger", "scope": "lines", **until, **fields}


def test_token_is_shown_once_and_opens_what_its_scope_says(sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    page = client.post(MAKE, filled_in())
    assertContains(page, "Copy the token now")
    secret = page.context["secret"]
    assertContains(page, secret)
    assert get("/api/v1/runs/", secret).status_code == 200
    listed = client.get(LIST)
    assertContains(listed, "Ledger")
    assertNotContains(listed, secret)


def test_second_press_makes_no_second_token(sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    client.post(MAKE, filled_in())
    assertContains(client.post(MAKE, filled_in()), "You have a token called “Ledger” already")
    assert AccessToken.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 367])
def test_token_holds_for_a_year_at_most(sign_in, days):
    day = timezone.localdate() + dt.timedelta(days=days)
    until = {"expires_on_0": day.day, "expires_on_1": day.month, "expires_on_2": day.year}
    assertContains(sign_in(Role.FINANCE_OFFICER).post(MAKE, filled_in(**until)), "at the latest")
    assert not AccessToken.objects.exists()


def test_everything_that_is_missing_is_asked_for(sign_in):
    page = sign_in(Role.FINANCE_OFFICER).post(MAKE, {})
    for words in ("Say what the token is for", "Choose what it may read", "Enter the last day"):
        assertContains(page, words)


def test_anybody_in_finance_revokes_a_token(sign_in):
    token, secret = a_token(person(Role.FINANCE_OFFICER))
    client, url = sign_in(Role.FINANCE_AUTHORISER), reverse("funding:token_revoke", args=[token.pk])
    assertContains(client.get(url), "Revoke “Ledger”?")
    assertRedirects(client.post(url), LIST)
    assertContains(client.get(LIST), "Revoked")
    assert get("/api/v1/runs/", secret).status_code == 401
    assertContains(client.post(url, follow=True), "This token is revoked already.")


def test_auditor_reads_and_does_nothing(sign_in):
    token, _ = a_token(person(Role.FINANCE_OFFICER))
    client = sign_in(Role.AUDITOR)
    assertNotContains(client.get(LIST), "Make a token")
    assertNotContains(client.get(LIST), reverse("funding:token_revoke", args=[token.pk]))


def test_name_is_free_again_once_the_token_is_revoked():
    owner = person(Role.FINANCE_OFFICER)
    token, _ = a_token(owner)
    revoke_token(token=token, by=owner)
    a_token(owner)
    assert AccessToken.objects.filter(name="Ledger").count() == 2


def test_nobody_outside_finance_makes_one():
    with pytest.raises(RefusalError):
        a_token(person(Role.AUDITOR))


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_make_one_token():
    owner = person(Role.FINANCE_OFFICER)
    until = timezone.localdate()

    def make():
        make_token(name="Ledger", scope="lines", expires_on=until, by=owner)

    at_once([make] * 5)
    assert AccessToken.objects.count() == 1


def test_list_takes_the_same_queries_for_one_and_three(sign_in):
    client, counts = sign_in(Role.FINANCE_OFFICER), []
    for number in range(3):
        a_token(person(Role.FINANCE_OFFICER), name=f"Ledger {number}")
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_description_page_names_each_address_and_field_and_both_examples(sign_in):
    page = sign_in(Role.AUDITOR).get(reverse("funding:interface"))
    for words in ("GET /api/v1/runs/{run}/lines/", "control_total", "LinePage", "If-None-Match"):
        assertContains(page, words)
    for example in EXAMPLES.glob("published_lines.*"):
        assertContains(page, escape(example.read_text()))
