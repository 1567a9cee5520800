"""While Redis is away people sign in, and wrong passwords are still counted."""

import socket

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from banding_portal.patient_cache import PatientCache
from banding_portal.roles import Role
from tests.factories import person

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD = reverse("account_login"), "three-green-pebbles"


def cache_at(url):
    return {"default": {"BACKEND": "banding_portal.patient_cache.PatientCache", "LOCATION": url}}


@pytest.fixture
def nobody_there(settings, monkeypatch):
    """A port that refuses: bound, and not listened to."""
    monkeypatch.setattr(PatientCache, "away_until", float("-inf"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CACHES = cache_at(f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        cache.clear()
        yield


@pytest.fixture
def user():
    user = person(Role.AUDITOR)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.usefixtures("nobody_there")
def test_signing_in_and_the_ways_back_in_work_without_redis(client, user):
    assert client.post(LOGIN, {"login": user.email, "password": PASSWORD}).status_code == 302
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    given = {"email": user.email}
    assert client.post(reverse("account_reset_password"), given).status_code == 302
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("nobody_there")
def test_wrong_passwords_are_counted_without_redis(user):
    for _ in range(6):
        page = Client().post(LOGIN, {"login": user.email, "password": "wrong-wrong-wrong"})
    assert "There have been too many wrong passwords" in page.text


@pytest.mark.usefixtures("nobody_there")
def test_server_that_is_away_is_left_alone_for_a_while(monkeypatch):
    cache.set("kept", 1)
    assert PatientCache.away_until > 0
    monkeypatch.setattr("banding_portal.patient_cache.RedisCache.get", None)
    assert (cache.get("kept"), cache.get("other", 2)) == (1, 2)


def test_while_redis_answers_it_is_asked(settings):
    settings.CACHES = cache_at(settings.REDIS_URL)
    try:
        cache.set("patient", "kept there")
        assert cache.get("patient") == "kept there"
        assert caches["default"].meanwhile.get("patient") is None
    finally:
        cache.delete("patient")
