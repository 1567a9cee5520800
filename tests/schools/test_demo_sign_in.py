"""One click changes the role, in the demonstration and nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from banding_portal.demo.strip import STRIP
from banding_portal.roles import Role
from schools.demo.people import ACCOUNTS, account_of, person_of
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db
URL = "/demonstration/sign-in/"


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False
    settings.DEMO = True


@pytest.fixture
def lead():
    return person(Role.MODERATION_LEAD, email=account_of(Role.MODERATION_LEAD).email)


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_there_is_an_account_for_every_role():
    assert {account.role for account in ACCOUNTS} == set(Role)


def test_the_strip_names_every_account():
    assert {(guest.mailbox, guest.role) for guest in STRIP} == {
        (account.mailbox, account.role) for account in ACCOUNTS
    }


def test_a_page_for_other_roles_is_opened_as_one_of_them(client, lead):
    client.force_login(person(Role.AUDITOR, email=account_of(Role.AUDITOR).email))
    refused = client.get("/moderation/samples/new/")
    assert refused.status_code == 403
    assert 'name="next" value="/moderation/samples/new/"' in refused.text
    answer = client.post(URL, {"role": "lead", "next": "/moderation/samples/new/"})
    assert answer["Location"] == "/moderation/samples/new/"


def test_no_other_site_is_opened(client, lead):
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        answer = client.post(URL, {"role": "lead", "next": elsewhere})
        assert answer["Location"] == reverse("home")


def test_outside_the_demonstration_nobody_is_offered(client, lead, settings):
    settings.DEMO = False
    client.force_login(person(Role.AUDITOR))
    assert 'name="next"' not in client.get("/moderation/samples/new/").text


def test_a_visitor_is_signed_in(client, lead):
    answer = client.post(URL, {"role": "lead"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert signed_in(client) == str(lead.pk)


def test_who_is_signed_in_becomes_somebody_else_in_a_session_of_their_own(client, lead):
    client.force_login(UserFactory())
    client.session["kept"] = "theirs"
    before = client.session.session_key
    client.post(URL, {"role": "lead"})
    assert signed_in(client) == str(lead.pk)
    assert client.session.session_key != before
    assert "kept" not in client.session


def test_nobody_but_the_accounts_of_the_demonstration(client, lead):
    real = person(Role.AUDITOR, email="auditor@westmere.example")
    for role in ("auditor", "", "no such role", real.email):
        client.post(URL, {"role": role})
        assert signed_in(client) is None


def test_an_account_that_is_switched_off_stays_off(client, lead):
    lead.is_active = False
    lead.save()
    client.post(URL, {"role": "lead"})
    assert signed_in(client) is None


def test_a_link_changes_nothing(client, lead):
    assert client.get(URL, {"role": "lead"}).status_code == 405


def test_another_site_cannot_do_it(lead):
    assert Client(enforce_csrf_checks=True).post(URL, {"role": "lead"}).status_code == 403


def test_outside_the_demonstration_there_is_no_such_address(client, settings, lead):
    settings.DEMO = False
    for method in (client.get, client.post):
        assert method(URL, {"role": "lead"}).status_code == 404
    assert signed_in(client) is None
    assert person_of("lead") is None


def test_the_strip_is_shown_in_the_demonstration_alone(client, settings, lead):
    page = client.get(reverse("account_login")).text
    assert page.count('name="role"') == len(STRIP)
    settings.DEMO = False
    assert 'name="role"' not in client.get(reverse("account_login")).text


def test_the_strip_marks_the_role_one_has(client, lead):
    client.force_login(lead)
    page = client.get(reverse("home")).text
    assert page.count('aria-current="true"') == 2  # the section of the menu, and the role
