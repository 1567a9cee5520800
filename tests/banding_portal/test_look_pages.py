"""The frame of every page, sign-in and the pages that say no."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory, override_settings
from django.urls import path, reverse

from banding_portal.access import WrongRole
from banding_portal.error_views import server_error, wrong_role
from banding_portal.navigation import SECTIONS, navigation_for
from banding_portal.roles import Role
from tests.factories import person

pytestmark = pytest.mark.django_db
PASSWORD = "three words remembered"


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


def test_navigation_names_roles_that_exist():
    named = frozenset().union(*(section.roles for section in SECTIONS))
    assert named == frozenset(Role.values)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.text)
def test_navigation_section_leads_to_a_page(section):
    assert reverse(section.url_name).startswith("/")


def test_navigation_marks_the_section_one_is_in():
    entries = navigation_for(frozenset({"administrator"}), "/")
    assert [entry["text"] for entry in entries if entry["current"]] == ["Home"]


def test_sign_in_page_has_one_h1_and_our_words(client):
    page = client.get(reverse("account_login")).content.decode()
    assert page.count("<h1") == 1
    assert "<title>Sign in – Banding portal – Westmere County Council</title>" in page
    assert "Email address" in page
    assert "sign up" not in page.lower()


def test_sign_in_with_nothing_typed_says_what_to_enter(client):
    page = client.post(reverse("account_login"), {}).content.decode()
    assert "<title>Error: Sign in" in page
    assert '<a href="#id_login">Enter the email address</a>' in page
    assert '<a href="#id_password">Enter the password</a>' in page


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "mfa_generate_recovery_codes",
    ],
)
def test_account_pages_are_ours(client, name):
    user = person(Role.AUDITOR)
    user.set_password(PASSWORD)
    user.save()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(reverse(name))
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert 'class="govuk-heading-l"' in page
    assert "Person" in page


def test_wrong_role_names_who_can():
    request = RequestFactory().get("/")
    request.user = _anonymous()
    response = wrong_role(request, WrongRole({"finance_authoriser", "finance_officer"}))
    assert response.status_code == 403
    page = response.content.decode()
    assert page.index("<li>Finance officer</li>") < page.index("<li>Finance authoriser</li>")


def test_plain_refusal_still_says_whom_to_ask():
    request = RequestFactory().get("/")
    request.user = _anonymous()
    assert "administrator" in wrong_role(request, PermissionDenied()).content.decode()


def test_unknown_address_is_a_page_of_ours(sign_in):
    response = sign_in(Role.AUDITOR).get("/nothing-here/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_server_error_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "reference: <strong>" in response.content.decode()


def _breaks(request):
    raise RuntimeError("Khan, Amira")


urlpatterns = [path("breaks/", _breaks)]
handler500 = "banding_portal.error_views.server_error"


@override_settings(ROOT_URLCONF=__name__)
def test_server_error_tells_nothing_of_the_cause(client, sign_in):
    client = sign_in(Role.AUDITOR)
    client.raise_request_exception = False
    response = client.get("/breaks/")
    assert response.status_code == 500
    assert "Amira" not in response.content.decode()


def _anonymous():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()
