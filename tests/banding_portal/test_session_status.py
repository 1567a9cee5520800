"""When a session ends, as its pages are told, and staying signed in."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings as django_settings
from django.urls import reverse

from banding_portal.kept_forms.holding import mark_of
from banding_portal.roles import Role
from tests.pages import flat

pytestmark = pytest.mark.django_db
STATUS = reverse("session")
WHOLE = django_settings.SESSION_COOKIE_AGE


@pytest.fixture
def clock():
    with time_machine.travel(dt.datetime.now(tz=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def auditor(clock, sign_in):
    return sign_in(Role.AUDITOR)


def seconds(client):
    return client.get(STATUS).json()["seconds"]


def test_session_ends_so_long_after_it_began(auditor, clock):
    assert seconds(auditor) == WHOLE
    clock.shift(dt.timedelta(hours=3))
    assert seconds(auditor) == WHOLE - 3 * 60 * 60


def test_asking_makes_it_no_longer(auditor, clock):
    clock.shift(dt.timedelta(seconds=WHOLE - 60))
    assert [seconds(auditor) for _ in range(3)] == [60, 60, 60]
    clock.shift(dt.timedelta(seconds=61))
    assert auditor.get(STATUS).status_code == 302


def test_staying_lets_it_begin_anew(auditor, clock):
    clock.shift(dt.timedelta(seconds=WHOLE - 60))
    assert auditor.post(STATUS).json()["seconds"] == WHOLE
    clock.shift(dt.timedelta(minutes=2))
    assert seconds(auditor) == WHOLE - 120


def test_staying_is_too_late_once_it_is_over(auditor, clock):
    clock.shift(dt.timedelta(seconds=WHOLE + 1))
    answer = auditor.post(STATUS)
    assert answer.url.startswith(reverse("account_login"))


def test_staying_needs_the_token_of_the_page(auditor):
    auditor.handler.enforce_csrf_checks = True
    assert auditor.post(STATUS).status_code == 403


def test_status_says_whose_session_it_is_and_hands_out_the_token(auditor):
    told = auditor.get(STATUS).json()
    assert set(told) == {"seconds", "person", "token"}
    assert told["person"] == mark_of(auditor.user)
    auditor.handler.enforce_csrf_checks = True
    kept = auditor.post(STATUS, {"csrfmiddlewaretoken": told["token"]})
    assert kept.status_code == 200


def test_status_is_kept_by_no_cache(auditor):
    assert auditor.get(STATUS)["Cache-Control"] == "no-store"


def test_page_tells_its_script_when_the_session_ends(auditor, clock):
    clock.shift(dt.timedelta(seconds=WHOLE - 150))
    text = flat(auditor.get("/").text)
    assert 'data-seconds="150"' in text
    assert f'data-person="{mark_of(auditor.user)}"' in text
    assert text.count("<dialog") == 3


def test_page_of_nobody_has_no_session_to_end(client):
    text = client.get(reverse("account_login")).text
    assert "data-seconds" not in text
    assert "<dialog" not in text
    assert "typed.js" not in text


def test_knowing_when_it_ends_costs_no_query(auditor, django_assert_num_queries):
    # The session, the person, and the person's roles.
    with django_assert_num_queries(3):
        auditor.get(STATUS)
