"""Codes of an authenticator app: half a minute early or late, and each good once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from banding_portal.roles import Role
from banding_portal.sign_in.codes_once import USED
from tests.factories import person
from tests.races import until_waiting

LOGIN, CODE = reverse("account_login"), reverse("mfa_authenticate")
AGAIN = reverse("mfa_reauthenticate")
PASSWORD = "three-green-pebbles"
STEP = 30


@pytest.fixture(autouse=True)
def _second_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-20 10:00:10Z", tick=False) as clock:
        yield clock


@pytest.fixture
def user():
    user = person(Role.AUDITOR)
    user.set_password(PASSWORD)
    user.save()
    totp.TOTP.activate(user, totp.generate_totp_secret())
    return user


def code_of(user, *, steps=0):
    """The code of now, or of so many half minutes later."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    now = list(totp.yield_hotp_counters_from_time())[1]
    secret = totp.decrypt(app.data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, now + steps))


def at_the_code(user):
    """A browser that has given the password and is asked for the code."""
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return client


def signs_in(client, code):
    client.post(CODE, {"code": code})
    return "_auth_user_id" in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_clock_may_be_half_a_minute_off(user, clock, steps, taken):
    assert signs_in(at_the_code(user), code_of(user, steps=steps)) is taken


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [0, 31, 59])
def test_code_is_good_once_for_as_long_as_it_could_be_taken(user, clock, seconds):
    code = code_of(user, steps=1)
    assert signs_in(at_the_code(user), code)
    clock.shift(seconds)
    cache.clear()
    other = at_the_code(user)
    page = other.post(CODE, {"code": code})
    assert (USED in page.text, "_auth_user_id" in other.session) == (True, False)


@pytest.mark.django_db
def test_code_before_the_one_used_is_no_longer_good(user, clock):
    assert signs_in(at_the_code(user), code_of(user))
    assert not signs_in(at_the_code(user), code_of(user, steps=-1))
    assert signs_in(at_the_code(user), code_of(user, steps=1))


@pytest.mark.django_db
def test_code_that_signed_in_does_not_confirm_who_it_is(user, clock):
    client, code = at_the_code(user), code_of(user)
    assert signs_in(client, code)
    assert USED in client.post(AGAIN, {"code": code}).text
    clock.shift(STEP)
    assert client.post(AGAIN, {"code": code_of(user)}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_code_that_set_the_app_up_does_not_sign_in(user, clock):
    Authenticator.objects.all().delete()
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session[totp.SECRET_SESSION_KEY]
    now = list(totp.yield_hotp_counters_from_time())[1]
    code = totp.format_hotp_value(totp.hotp_value(secret, now))
    client.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1
    assert not signs_in(at_the_code(user), code)
    clock.shift(STEP)
    assert signs_in(at_the_code(user), code_of(user))


@pytest.mark.django_db
def test_wrong_code_leaves_the_right_one_good(user, clock):
    client = at_the_code(user)
    assert not signs_in(client, "000000")
    assert signs_in(client, code_of(user))


@pytest.mark.django_db
def test_recovery_code_is_good_once(user, clock):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert signs_in(at_the_code(user), code)
    assert not signs_in(at_the_code(user), code)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_signs_in(user, settings):
    """Both wait for the row; with a cache that keeps nothing, the row alone tells them apart."""
    code, browsers = code_of(user), [at_the_code(user) for _ in range(2)]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    def send(client):
        signed_in = signs_in(client, code)
        connection.close()
        return signed_in

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Authenticator.objects.select_for_update().get(user=user)
            answers = [threads.submit(send, client) for client in browsers]
            until_waiting(2)
        assert sorted(answer.result() for answer in answers) == [False, True]
