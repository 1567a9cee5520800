"""Joiners and exceptional requests of all schools: searched, narrowed, sorted."""

import re

import pytest
from django.urls import reverse

from banding.choices import JoinerState
from banding.exceptional.services import ask_for_exception, refuse_request
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils, senco_of
from tests.banding.test_joiners import joiner_on
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def rows(client, name, **query):
    text = client.get(reverse(f"banding:{name}"), query).content.decode()
    return re.findall(r'<th scope="row">\s*<a[^>]*>([^<]+)<', text)


@pytest.fixture
def joiners(db):
    zoe = joiner_on(return_with_pupils(0)[0], surname="Núñez", forename="Zoë")
    ben = joiner_on(return_with_pupils(0)[0], surname="Adair", forename="Ben")
    ben.state = JoinerState.REFUSED
    ben.save(update_fields=["state"])
    return zoe, ben


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Núñez, Zoë", "Adair, Ben"]),
        ({"q": "zoe nunez"}, ["Núñez, Zoë"]),
        ({"state": "refused"}, ["Adair, Ben"]),
        ({"sort": "pupil"}, ["Adair, Ben", "Núñez, Zoë"]),
        ({"q": "nobody"}, []),
    ],
)
def test_joiners_are_searched_narrowed_and_sorted(officer, joiners, query, found):
    assert rows(officer, "joiner_list", **query) == found


def test_joiners_of_one_school(officer, joiners):
    zoe, _ = joiners
    school = zoe.pupil_return.school
    assert rows(officer, "joiner_list", school=school.pk) == ["Núñez, Zoë"]


@pytest.fixture
def requests(db):
    asked = []
    for _ in range(2):
        pupil_return, (row,) = return_with_pupils()
        by = senco_of(pupil_return)
        asked.append(ask_for_exception(return_pupil=row, reason="A nurse", by=by))
    refuse_request(request=asked[1], answer="Yes", by=person(Role.SEND_OFFICER))
    return asked


def test_exceptional_requests_are_searched_and_narrowed(officer, requests):
    waiting, answered = (each.return_pupil.display_name for each in requests)
    school = requests[1].return_pupil.pupil_return.school
    assert rows(officer, "exceptional_list") == [waiting, answered]
    assert rows(officer, "exceptional_list", state="refused") == [answered]
    assert rows(officer, "exceptional_list", school=school.pk) == [answered]
    assert rows(officer, "exceptional_list", q=waiting) == [waiting]
    assert sorted(rows(officer, "exceptional_list", sort="pupil")) == sorted([waiting, answered])
    assert rows(officer, "exceptional_list", q="nobody") == []
