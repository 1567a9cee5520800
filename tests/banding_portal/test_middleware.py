"""Headers on every response (Q3) and the second factor before any page (Q4)."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from banding_portal.views import HomeView
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path):
    """A client like a browser on https, with a static file to fetch."""
    (tmp_path / "portal.css").write_text("body {}")
    settings.STATIC_ROOT = tmp_path
    settings.SECURE_HSTS_SECONDS = 31_536_000
    client = Client(headers={"X-Forwarded-Proto": "https"}, raise_request_exception=False)
    client.user = person(Role.ADMINISTRATOR)
    return client


def break_home(monkeypatch):
    def broken(*args):
        raise LookupError

    monkeypatch.setattr(HomeView, "get", broken)


def fetch(site, path):
    """The response, sent to the end; otherwise its file would stay open."""
    response = site.get(path)
    if response.streaming:
        list(response)
    return response


def assert_has_headers(response):
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 302),
        ("/accounts/login/", 200),
        ("/nothing-here/", 404),
        ("/static/portal.css", 200),
        ("/static/nothing.css", 404),
    ],
)
def test_headers_without_signing_in(site, path, status):
    response = fetch(site, path)
    assert response.status_code == status
    assert_has_headers(response)


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/moderation/", 403), ("/nothing-here/", 404)]
)
def test_headers_and_no_store_when_signed_in(site, path, status):
    site.force_login(site.user)
    response = site.get(path)
    assert response.status_code == status
    assert_has_headers(response)
    assert response["Cache-Control"] == "no-store"


def test_headers_on_a_page_that_broke(site, monkeypatch):
    break_home(monkeypatch)
    site.force_login(site.user)
    response = site.get("/")
    assert response.status_code == 500
    assert_has_headers(response)
    assert response["Cache-Control"] == "no-store"


def test_headers_on_a_form_without_its_token(site):
    strict = Client(headers={"X-Forwarded-Proto": "https"}, enforce_csrf_checks=True)
    response = strict.post("/accounts/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert_has_headers(response)


def test_static_file_may_be_kept_by_a_cache_though_signed_in(site):
    site.force_login(site.user)
    assert fetch(site, "/static/portal.css")["Cache-Control"] != "no-store"


@pytest.mark.parametrize("path", ["/", "/people/", "/audit/"])
def test_page_waits_for_a_second_factor_where_demanded(site, settings, path):
    settings.REQUIRE_SECOND_FACTOR = True
    site.force_login(site.user)
    response = site.get(path)
    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")


def test_change_waits_for_a_second_factor_too(site, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    site.force_login(site.user)
    response = site.post("/people/", {})
    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")


def test_second_factor_can_be_set_up_without_having_one(site, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    site.force_login(site.user)
    assert site.get("/accounts/2fa/").status_code == 200
    assert fetch(site, "/static/portal.css").status_code == 200


def test_page_opens_with_a_second_factor(site, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    Authenticator.objects.create(user=site.user, type=Authenticator.Type.TOTP, data={})
    site.force_login(site.user)
    assert site.get("/").status_code == 200


def test_page_opens_without_one_where_not_demanded(site, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    site.force_login(site.user)
    assert site.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/pupils/", "/account/", "/people/"])
def test_somebody_without_roles_is_told_so_and_whom_to_ask(client, path):
    asked, gone = (
        person(Role.ADMINISTRATOR, name="Ada Boss"),
        person(Role.ADMINISTRATOR, name="Old Boss"),
    )
    gone.memberships.update(ended_on=timezone.localdate())
    client.force_login(UserFactory())
    page = client.get(path)
    assert page.status_code == 403
    assert "You have no role in this portal at the moment" in page.text
    assert asked.email in page.text
    assert gone.email not in page.text
    assert reverse("account_logout") in page.text


def test_null_characters_never_reach_a_page(sign_in):
    """PostgreSQL refuses them, and the page would fail."""
    client = sign_in(Role.ADMINISTRATOR)
    page = client.get("/people/?q=Kh%00an").content.decode()
    assert 'value="Khan"' in page
    sent = {"name": "North\0", "code": "n\0"}
    assert client.post("/quadrants/", sent).status_code in (200, 302)


def test_address_that_is_far_too_long_gets_a_page_that_leads_on(site):
    response = site.get("/accounts/login/?next=" + "a" * 4_000)
    assert response.status_code == 414
    assert "This address is too long" in response.text
    assert 'href="/contact/"' in response.text
