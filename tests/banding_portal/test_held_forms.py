"""A form sent after the session had ended: back after the sign-in, for the same person alone."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from banding.models import BandDecision, Framework, Return
from banding_portal.kept_forms.holding import FILE_GONE, HELD, REST_KEPT, TEXT_KEPT, mark_of
from banding_portal.kept_forms.services import keep_form
from banding_portal.kept_forms.typed import MOST
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils
from tests.banding_portal.typing import TEXT, keep, texts, url
from tests.factories import FrameworkFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
PASSWORD = "three-green-pebbles"
LOGIN = reverse("account_login")


def member(school, role=Role.SENCO):
    user = person(role, school=school)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def senco(school):
    return member(school)


@pytest.fixture
def row(school):
    return return_with_pupils(1, school=school)[1][0]


@pytest.fixture
def browser(senco, row):
    """The person's browser, with the page open and the session over."""
    client = Client(enforce_csrf_checks=False)
    client.force_login(senco)
    client.get(url(row))
    end_session(client)
    return client


def end_session(client):
    """As when its time has come: the row is gone, the browser's cookies are not."""
    client.session.delete()


def sign_in(client, user, path):
    return client.post(f"{LOGIN}?next={path}", {"login": user.email, "password": PASSWORD})


def send(client, row, **typed):
    return client.post(url(row), {"rationale": TEXT, "level_cl": "2", "do": "next"} | typed)


def test_sent_form_leads_to_the_sign_in_and_is_back_after_it(browser, senco, row):
    answer = send(browser, row)
    assert answer.url == f"{LOGIN}?next={url(row)}"
    assert texts() == {}
    assert "You were signed out. What you typed is kept" in browser.get(answer.url).text
    answer = sign_in(browser, senco, url(row))
    assert answer.url == url(row)
    page = browser.get(answer.url)
    assert ("This is what you typed" in page.text, page.text.count(TEXT)) == (True, 1)
    assert page.text.count("checked") == 1
    assert BandDecision.objects.count() == 0
    assert HELD not in browser.session


def test_it_waits_through_a_wrong_password(browser, senco, row):
    send(browser, row)
    browser.post(LOGIN, {"login": senco.email, "password": "wrong"})
    sign_in(browser, senco, url(row))
    assert list(texts()) == [(senco.email, url(row))]


def test_it_waits_through_the_second_factor(browser, senco, row, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(senco, secret)
    send(browser, row)
    answer = sign_in(browser, senco, url(row))
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert texts() == {}
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    answer = browser.post(answer.url, {"code": code})
    assert answer.url == url(row)
    assert TEXT in browser.get(answer.url).text


def test_somebody_else_who_signs_in_does_not_get_it(browser, school, senco, row):
    other = member(school)
    send(browser, row)
    sign_in(browser, other, url(row))
    assert texts() == {}
    assert TEXT not in browser.get(url(row)).text
    browser.post(reverse("account_logout"))
    sign_in(browser, senco, url(row))
    typed = {"rationale": [TEXT], "level_cl": ["2"], "do": ["next"]}
    assert texts() == {(senco.email, url(row)): typed}
    assert HELD not in browser.session


def test_it_is_the_later_person_whose_pages_the_browser_shows(browser, school, senco, row):
    other = member(school)
    sign_in(browser, other, url(row))
    browser.get(url(row))
    end_session(browser)
    send(browser, row)
    sign_in(browser, senco, url(row))
    assert texts() == {}


def test_browser_nobody_signed_in_with_holds_nothing(row, senco):
    client = Client()
    assert send(client, row).url.startswith(LOGIN)
    assert HELD not in client.session
    sign_in(client, senco, url(row))
    assert texts() == {}


def test_who_signed_out_in_another_tab_gets_it_back_too(senco, row):
    client = Client()
    client.force_login(senco)
    client.get(url(row))
    client.post(reverse("account_logout"))
    send(client, row)
    sign_in(client, senco, url(row))
    assert list(texts()) == [(senco.email, url(row))]


def test_it_is_gone_after_an_hour(browser, senco, row):
    with time_machine.travel(dt.datetime.now(tz=dt.UTC), tick=False) as clock:
        send(browser, row)
        clock.shift(dt.timedelta(minutes=61))
        sign_in(browser, senco, url(row))
        assert texts() == {}


def test_it_keeps_the_time_it_was_sent(browser, senco, row):
    with time_machine.travel(dt.datetime(2026, 11, 17, 10, 42, tzinfo=dt.UTC), tick=False) as clock:
        send(browser, row)
        clock.shift(dt.timedelta(minutes=30))
        sign_in(browser, senco, url(row))
        assert "Kept at 10:42am, for you only." in browser.get(url(row)).text


@pytest.mark.parametrize("typed", [{"rationale": "x" * MOST}, {"rationale": "", "level_cl": ""}])
def test_too_much_and_nothing_are_not_held(browser, row, typed):
    data = {"do": ""} | typed
    browser.post(url(row), data)
    assert HELD not in browser.session


def test_the_script_is_told_and_keeps_it_itself(browser, row):
    assert keep(browser, url(row), rationale=TEXT).status_code == 302
    assert HELD not in browser.session


def test_file_is_not_held_and_the_sign_in_says_so(browser, row):
    page = reverse("banding:template_upload", args=[row.pupil_return_id])
    chosen = SimpleUploadedFile("autumn.xlsx", b"PK")
    answer = browser.post(page, {"file": chosen}, follow=True)
    assert FILE_GONE in answer.text
    assert HELD not in browser.session


def test_what_stands_beside_a_file_is_held(browser, senco, school):
    page = reverse("schools:register_upload")
    chosen = SimpleUploadedFile("schools.csv", b"URN")
    browser.post(page, {"file": chosen, "la_code": "881"})
    assert browser.session[HELD]["typed"] == {"la_code": ["881"]}
    page = browser.get(LOGIN).text
    assert f"{FILE_GONE} {REST_KEPT}" in page
    assert TEXT_KEPT not in page


def test_sign_in_says_that_the_browser_keeps_what_was_typed(client):
    said = "What you typed is kept, and will be back when you have signed in."
    assert said in flat(client.get(LOGIN, {"typed": "kept"}).text.split("<dialog")[0])
    assert said not in flat(client.get(LOGIN).text.split("<dialog")[0])


def test_sign_in_says_so_where_a_page_with_kept_text_is_asked_for(browser, senco, school, row):
    said = "What you typed is kept, and will be back when you have signed in."
    assert said not in browser.get(url(row), follow=True).text
    keep_form(user=senco, path=url(row), typed={"rationale": [TEXT]})
    assert said in browser.get(url(row), follow=True).text
    assert said not in browser.get(reverse("banding:return_list"), follow=True).text
    other = Client()
    other.force_login(member(school))
    other.get(url(row))
    end_session(other)
    assert said not in other.get(url(row), follow=True).text


def test_button_without_a_form_holds_nothing(browser, row):
    answer = browser.post(url(row, "pupil_change_undo"), {"anything": TEXT})
    assert (answer.status_code, HELD in browser.session) == (302, False)


def test_part_of_a_page_is_not_replaced_by_the_sign_in(browser, row):
    answer = browser.post(url(row, "decision_suggestion"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Trigger"] == "signed-out"


def test_form_without_a_long_text_is_held_too(senco, row):
    client = Client()
    client.force_login(senco)
    page = reverse("banding:joiner_create", args=[row.pupil_return_id])
    client.get(page)
    end_session(client)
    client.post(page, {"surname": "Newcomer", "date_of_birth_0": "4"})
    sign_in(client, senco, page)
    form = client.get(page).context["form"]
    assert form["surname"].value() == "Newcomer"
    assert form["date_of_birth"].value() == ["4", None, None]
    assert Return.objects.get().joiners.count() == 0


def test_held_text_is_no_way_round_the_access_check(browser, senco, row):
    send(browser, row)
    senco.memberships.update(ended_on=dt.date(2026, 11, 16))
    sign_in(browser, senco, url(row))
    page = browser.get(url(row))
    assert (page.status_code, TEXT in page.text) == (403, False)


def test_cookie_names_nobody_and_outlives_the_session(browser, senco):
    cookie = browser.cookies[django_settings.PERSON_COOKIE_NAME]
    assert cookie.value == mark_of(senco)
    assert str(senco.pk) not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_marks_of_two_people_differ_and_stay(senco, school):
    assert mark_of(senco) == mark_of(type(senco).objects.get(pk=senco.pk))
    assert mark_of(senco) != mark_of(member(school))


def test_text_tried_out_on_a_framework_is_held_and_then_nothing_left_to_do(client):
    senco = member(FrameworkFactory() and SchoolFactory())
    page = reverse("banding:framework_preview", args=[Framework.objects.get().pk])
    client.force_login(senco)
    client.get(page)
    end_session(client)
    client.post(page, {"rationale": TEXT, "level_cl": "2"})
    sign_in(client, senco, page)
    assert TEXT in client.get(page).text
    keep(client, page, rationale=TEXT)
    client.post(page, {"rationale": TEXT, "level_cl": "2"})
    assert texts() == {}
