"""A form of before one signed in again: shown again filled in; anybody else’s is refused."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from banding_portal.kept_forms.holding import mark_of
from banding_portal.kept_forms.refused_tokens import SAID
from banding_portal.kept_forms.typed import KEEP, MOST, PERSON, TOO_LONG, WISH
from banding_portal.roles import Role
from schools.models import Pupil
from tests.banding_portal.test_held_forms import PASSWORD, member
from tests.banding_portal.typing import texts

pytestmark = pytest.mark.django_db
LOGIN, PAGE = reverse("account_login"), reverse("schools:pupil_create")
TYPED = {"surname": "Newcomer", "forename": "Nia"}


@pytest.fixture
def officer():
    return member(None, Role.SEND_OFFICER)


@pytest.fixture
def browser(officer):
    """A browser that is checked as a real one is, signed in."""
    client = Client(enforce_csrf_checks=True)
    sign_in(client, officer)
    return client


def token_on(client, path):
    return str(client.get(path).context["csrf_token"])


def sign_in(client, user):
    token = token_on(client, LOGIN)
    data = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post(LOGIN, data).status_code == 302


def sign_in_again(client, user):
    """In another tab, which shows home then."""
    client.post(reverse("account_logout"), {"csrfmiddlewaretoken": token_on(client, "/")})
    sign_in(client, user)
    client.get("/")


def send(client, token):
    return client.post(PAGE, TYPED | {"csrfmiddlewaretoken": token})


def test_form_of_before_a_second_sign_in_is_shown_filled_in(browser, officer):
    token = token_on(browser, PAGE)
    sign_in_again(browser, officer)
    answer = send(browser, token)
    assert (answer.status_code, answer.url) == (302, PAGE)
    page = browser.get(PAGE)
    assert SAID in page.text
    assert page.context["form"]["surname"].value() == "Newcomer"
    assert not Pupil.objects.exists()


def test_form_is_shown_filled_in_where_the_cookie_is_gone(browser):
    token = token_on(browser, PAGE)
    del browser.cookies[settings.CSRF_COOKIE_NAME]
    assert send(browser, token).url == PAGE
    assert browser.get(PAGE).context["form"]["surname"].value() == "Newcomer"


def test_script_that_keeps_quietly_is_refused_without_a_word(browser):
    """It gets the new token and tries again; the page shown next says nothing of it."""
    token = token_on(browser, PAGE)
    del browser.cookies[settings.CSRF_COOKIE_NAME]
    answer = browser.post(PAGE, TYPED | {WISH: KEEP, "csrfmiddlewaretoken": token})
    assert (answer.status_code, texts()) == (403, {})
    assert SAID not in browser.get(PAGE).text


def test_page_of_somebody_else_in_this_browser_is_refused(browser, officer):
    token = token_on(browser, PAGE)
    sign_in_again(browser, member(None, Role.SEND_OFFICER))
    assert (send(browser, token).status_code, texts()) == (403, {})


def test_what_was_typed_waits_for_its_owner_where_somebody_else_signed_in(browser, officer):
    token = token_on(browser, PAGE)
    other = member(None, Role.SEND_OFFICER)
    sign_in_again(browser, other)
    typed = TYPED | {"csrfmiddlewaretoken": token, PERSON: mark_of(officer)}
    answer = browser.post(PAGE, typed, headers={"Origin": "http://testserver"})
    assert (answer.status_code, texts()) == (403, {})
    assert f"{other.name} has signed in in this browser" in answer.text
    assert "kept for you for an hour" in answer.text
    sign_in_again(browser, officer)
    assert [owner for owner, _ in texts()] == [officer.email]


@pytest.mark.parametrize("token", ["", "x" * 64, "?" * 64, "short"])
def test_what_another_site_sends_is_not_kept(browser, officer, token):
    assert (send(browser, token).status_code, texts()) == (403, {})


def test_page_that_keeps_nothing_says_what_to_do(browser, officer):
    """A password is never kept."""
    page = reverse("account_change_password")
    token = token_on(browser, page)
    sign_in_again(browser, officer)
    answer = browser.post(page, {"oldpassword": "x", "csrfmiddlewaretoken": token})
    assert (answer.status_code, texts()) == (403, {})
    assert "We could not accept that" in answer.text


@pytest.mark.parametrize(
    ("origin", "status"), [("http://testserver", 302), ("https://other.example", 403), (None, 403)]
)
def test_all_cookies_gone_and_held_over_the_sign_in(officer, origin, status):
    """The script says whose page it is; the browser, that it is a page of ours."""
    client = Client(enforce_csrf_checks=True)
    headers = {"Origin": origin} if origin else {}
    typed = TYPED | {"csrfmiddlewaretoken": "x" * 64, PERSON: mark_of(officer)}
    answer = client.post(PAGE, typed, headers=headers)
    assert answer.status_code == status
    sign_in(client, officer)
    kept = {(officer.email, PAGE): {name: [text] for name, text in TYPED.items()}}
    assert texts() == (kept if status == 302 else {})


def test_all_cookies_gone_without_a_script(browser, officer):
    """The form itself says whose page it is on."""
    page = browser.get(PAGE).text
    assert f'<input type="hidden" name="{PERSON}" value="{mark_of(officer)}">' in page
    lost = Client(enforce_csrf_checks=True)
    typed = TYPED | {"csrfmiddlewaretoken": "x" * 64, PERSON: mark_of(officer)}
    answer = lost.post(PAGE, typed, headers={"Origin": "http://testserver"})
    assert answer.url == f"{LOGIN}?next={PAGE}"
    sign_in(lost, officer)
    assert lost.get(PAGE).context["form"]["surname"].value() == "Newcomer"


def test_too_long_a_text_of_before_is_refused_with_a_word(browser, officer):
    token = token_on(browser, PAGE)
    sign_in_again(browser, officer)
    typed = {"surname": "x" * (MOST + 1), "csrfmiddlewaretoken": token}
    answer = browser.post(PAGE, typed)
    assert (answer.status_code, texts()) == (403, {})
    assert TOO_LONG in answer.text


def test_all_cookies_gone_and_somebody_else_signs_in(officer):
    client = Client(enforce_csrf_checks=True)
    typed = TYPED | {"csrfmiddlewaretoken": "x" * 64, PERSON: mark_of(officer)}
    client.post(PAGE, typed, headers={"Origin": "http://testserver"})
    sign_in(client, member(None, Role.SEND_OFFICER))
    assert texts() == {}
