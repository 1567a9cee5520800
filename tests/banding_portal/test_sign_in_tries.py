"""Wrong passwords: who is kept out by them, and who never is (decision 0015)."""

import re

import pytest
import structlog
import time_machine
from allauth.account.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from banding_portal.roles import Role
from banding_portal.sign_in.browsers import MOST, mark_of_browser
from tests.factories import person

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD = reverse("account_login"), "three-green-pebbles"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
REFUSED = "There have been too many wrong passwords"


@pytest.fixture(autouse=True)
def _one_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-20 10:00Z", tick=False) as clock:
        yield clock


def somebody():
    user = person(Role.AUDITOR)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def user():
    return somebody()


def tries(user, password, *, address=HERE, browser=None):
    """What a sign-in comes to: True, or what the page says."""
    browser = browser or Client()
    page = browser.post(
        LOGIN,
        {"login": getattr(user, "email", user), "password": password},
        headers={"x-forwarded-for": address},
    )
    return True if page.status_code == 302 else page.text


def wrong(user, times, *, address=HERE, browser=None):
    """So many wrong passwords; the last answer."""
    for _ in range(times):
        said = tries(user, "wrong", address=address, browser=browser)
    return said


def known_browser(user, *, address=HERE):
    browser = Client()
    assert tries(user, PASSWORD, address=address, browser=browser) is True
    browser.get("/")
    browser.post(reverse("account_logout"))
    return browser


def test_five_wrong_passwords_are_taken_and_the_sixth_refused(user):
    assert REFUSED not in wrong(user, 5)
    assert REFUSED in wrong(user, 1)


def test_right_password_after_too_many_wrong_ones_is_refused_to_a_stranger(user, clock):
    wrong(user, 5)
    assert REFUSED in tries(user, PASSWORD)
    clock.shift(301)
    assert tries(user, PASSWORD) is True


def test_right_passwords_have_no_limit(user):
    assert {tries(user, PASSWORD) for _ in range(70)} == {True}


def test_right_password_between_wrong_ones_does_not_start_the_count_anew(user):
    wrong(user, 4)
    assert tries(user, PASSWORD) is True
    assert REFUSED not in wrong(user, 1)
    assert REFUSED in wrong(user, 1)


def test_eleven_wrong_passwords_keep_nobody_else_out(user):
    """Of one address, as all schools of a county may have."""
    wrong(user, 11)
    assert tries(somebody(), PASSWORD) is True


def test_wrong_passwords_at_one_address_keep_nobody_out_at_another(user):
    wrong(user, 11)
    assert tries(user, PASSWORD, address=ELSEWHERE) is True


def test_known_browser_is_not_kept_out_by_a_stranger_at_its_address(user):
    browser = known_browser(user)
    assert REFUSED in wrong(user, 11)
    assert tries(user, PASSWORD, browser=browser) is True


def test_known_browser_is_not_kept_out_by_strangers_everywhere(user):
    browser = known_browser(user)
    attack_from_everywhere(user)
    assert tries(user, PASSWORD, browser=browser) is True


def attack_from_everywhere(user):
    for number in range(25):
        said = wrong(user, 5, address=f"203.0.113.{number}")
    assert REFUSED in said


def test_attack_from_everywhere_is_slowed(user, clock):
    attack_from_everywhere(user)
    assert REFUSED in tries(user, PASSWORD, address=ELSEWHERE)
    clock.shift(3601)
    assert tries(user, PASSWORD, address=ELSEWHERE) is True


def test_stuffing_from_one_address_is_slowed(clock):
    user = somebody()
    for number in range(60):
        assert REFUSED not in tries(f"nobody-{number}@school.example", "leaked password")
    assert REFUSED in tries("nobody-60@school.example", "leaked password")
    assert REFUSED in tries(user, PASSWORD)
    assert tries(user, PASSWORD, address=ELSEWHERE) is True
    clock.shift(601)
    assert tries(user, PASSWORD) is True


def test_known_browser_is_not_kept_out_by_stuffing_at_its_address(user):
    browser = known_browser(user)
    for number in range(61):
        tries(f"nobody-{number}@school.example", "leaked password")
    assert tries(user, PASSWORD, browser=browser) is True


def test_known_browser_takes_ten_mistakes_of_its_person(user, clock):
    browser = known_browser(user)
    assert REFUSED not in wrong(user, 10, browser=browser)
    assert REFUSED in tries(user, PASSWORD, browser=browser)
    clock.shift(301)
    assert tries(user, PASSWORD, browser=browser) is True


def test_browser_known_for_one_person_is_a_stranger_for_another(user):
    browser = known_browser(somebody())
    assert REFUSED in wrong(user, 6, browser=browser)


def test_staff_room_computer_knows_several(user):
    browser = known_browser(user)
    for _ in range(MOST - 1):
        assert tries(somebody(), PASSWORD, browser=browser) is True
        browser.get("/")
        browser.post(reverse("account_logout"))
    wrong(user, 11)
    assert tries(user, PASSWORD, browser=browser) is True


def test_new_password_makes_the_browsers_of_the_old_one_strangers(user):
    browser = known_browser(user)
    old = mark_of_browser(user)
    user.set_password(PASSWORD)
    user.save()
    assert mark_of_browser(user) != old
    assert REFUSED in wrong(user, 6, browser=browser)


def test_made_up_mark_is_a_stranger_s(user):
    browser = Client()
    browser.cookies["browser"] = "0" * 32
    assert REFUSED in wrong(user, 6, browser=browser)


def test_link_in_a_mail_is_the_way_in_whatever_strangers_do(user):
    attack_from_everywhere(user)
    for number in range(61):
        tries(f"nobody-{number}@school.example", "leaked password")
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body)[1]
    page = browser.get(link, follow=True)
    new = {"password1": "four-blue-pebbles", "password2": "four-blue-pebbles"}
    browser.post(page.request["PATH_INFO"], new)
    assert tries(user, "four-blue-pebbles", browser=browser) is True


def test_what_a_client_says_of_itself_counts_for_nothing(user):
    for number in range(5):
        tries(user, "wrong", address=f"198.51.100.{number}, {HERE}")
    assert REFUSED in tries(user, PASSWORD, address=f"198.51.100.99, {HERE}")


def test_address_is_read_without_its_case(user):
    for each in ("upper", "lower", "title", "upper", "lower"):
        tries(getattr(user.email, each)(), "wrong")
    assert REFUSED in tries(user, PASSWORD)


def test_refusal_offers_a_way_in(user):
    page = wrong(user, 6)
    assert "I have forgotten my password" in page
    assert reverse("account_reset_password") in page


def test_known_browser_still_asks_for_the_second_factor(user, settings):
    browser = known_browser(user)
    settings.REQUIRE_SECOND_FACTOR = True
    totp.TOTP.activate(user, totp.generate_totp_secret())
    answer = browser.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert answer.url.startswith(reverse("mfa_authenticate"))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1, 192.0.2.9", "198.51.100.1"),
        (3, "198.51.100.1, 192.0.2.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_address_of_the_client_behind_our_proxies(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers)
    assert get_adapter().get_client_ip(request) == address


def test_more_proxies_than_addresses_is_said_in_the_log(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    request = RequestFactory().get("/", headers={"x-forwarded-for": "198.51.100.1"})
    with structlog.testing.capture_logs() as logs:
        get_adapter().get_client_ip(request)
    assert "TRUSTED_PROXIES does not fit" in logs[0]["event"]


def test_server_that_tells_no_address_keeps_nobody_out(user):
    """Behind a socket without X-Forwarded-For there is none to read."""
    given = {"login": user.email, "password": PASSWORD}
    assert Client(REMOTE_ADDR="").post(LOGIN, given).status_code == 302
