"""Somebody of several schools looks at one: in the address, over the pages, in each tab."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.collections.selectors import returns_for_list
from banding.models import Leaver, Return
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils, submitted_return
from tests.factories import (
    MembershipFactory,
    PupilFactory,
    QueryFactory,
    ReturnFactory,
    SchoolFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def schools():
    return [SchoolFactory(name=name) for name in ("Ash School", "Birch School", "Cedar School")]


@pytest.fixture
def senco(sign_in, schools):
    ash, birch, _ = schools
    client = sign_in(Role.SENCO, school=ash)
    user_id = client.session["_auth_user_id"]
    MembershipFactory(user_id=user_id, role=Role.SENCO, school=birch)
    return client


def test_menu_of_many_schools_has_a_box_to_type_in(senco):
    assert "data-narrows" not in page(senco, "home")
    user_id = senco.session["_auth_user_id"]
    for number in range(9):
        school = SchoolFactory(name=f"School {number}")
        MembershipFactory(user_id=user_id, role=Role.SENCO, school=school)
    text = page(senco, "home")
    assert "data-narrows" in text
    assert "SENCO, 11 schools" in text


def page(client, name, **query):
    return client.get(reverse(name), query).content.decode()


def title(text):
    return re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1]


OTHERS = (
    "schools:query_list",
    "banding:told_list",
    "banding:transfer_list",
    "banding:arrival_list",
    "moderation:outcome_list",
    "moderation:evidence_list",
)
PAGES = ("home", "banding:return_list", "schools:pupil_list", "funding:statement_list")


@pytest.mark.parametrize("name", PAGES + OTHERS)
def test_chosen_school_goes_with_the_menu_and_stands_in_the_title(senco, schools, name):
    chosen = schools[1]
    text = page(senco, name, school=chosen.pk)
    for other in PAGES:
        assert f'href="{reverse(other)}?school={chosen.pk}"' in text
    assert "Birch School" in title(text)
    assert "School" not in title(page(senco, name))


@pytest.mark.parametrize("name", PAGES + OTHERS)
def test_switching_keeps_the_page(senco, schools, name):
    text = page(senco, name)
    assert f'href="{reverse(name)}?school={schools[1].pk}"' in text


def test_switching_on_a_return_leads_to_the_other_of_the_collection(senco, schools):
    own = ReturnFactory(school=schools[0])
    other = ReturnFactory(school=schools[1], collection=own.collection)
    text = senco.get(reverse("banding:return_check", args=[own.pk])).content.decode()
    assert f'href="{reverse("banding:return_detail", args=[other.pk])}"' in text
    assert f'href="{reverse("schools:pupil_list")}?school={schools[0].pk}"' in text


def test_switching_where_the_other_has_no_return_leads_to_its_returns(senco, schools):
    own = ReturnFactory(school=schools[0])
    ReturnFactory(school=schools[1])
    text = senco.get(reverse("banding:return_detail", args=[own.pk])).content.decode()
    assert f'href="{reverse("banding:return_list")}?school={schools[1].pk}"' in text


def test_switching_on_a_pupil_leads_to_the_pupils_of_the_other(senco, schools):
    pupil = PupilFactory(school=schools[0])
    text = senco.get(reverse("schools:pupil_detail", args=[pupil.pk])).content.decode()
    assert "Ash School" in title(text)
    assert f'href="{reverse("schools:pupil_list")}?school={schools[1].pk}"' in text


def test_title_names_the_school_once(senco, schools):
    own = ReturnFactory(school=schools[0])
    text = senco.get(reverse("banding:return_detail", args=[own.pk])).content.decode()
    assert title(text).count("Ash School") == 1


def test_school_of_somebody_else_in_the_address_is_not_chosen(senco, schools):
    text = page(senco, "banding:return_list", school=schools[2].pk)
    assert "Cedar School" not in text


def test_home_knows_of_the_last_of_many_schools(senco, schools, monkeypatch):
    monkeypatch.setattr("banding.due.MOST_RETURNS", 1)
    ash, birch, _ = schools
    first, _ = return_with_pupils(1, school=ash)
    return_with_pupils(1, school=birch, collection=first.collection)
    everything = page(senco, "home")
    assert "1 return still to submit" in everything
    assert ": your schools" in everything
    of_one = page(senco, "home", school=birch.pk)
    assert "Birch School · 1 pupil to band" in of_one
    assert "still to submit" not in of_one
    assert "Still to do" in of_one


def test_lists_show_the_chosen_school_only(senco, schools):
    ash, birch, _ = schools
    PupilFactory(school=ash, surname="Adair")
    PupilFactory(school=birch, surname="Bell")
    pupils = page(senco, "schools:pupil_list", school=birch.pk)
    assert "Bell" in pupils
    assert "Adair" not in pupils
    ReturnFactory(school=ash)
    own = ReturnFactory(school=birch)
    returns = page(senco, "banding:return_list", school=birch.pk)
    links = re.findall(r"/returns/([0-9a-f-]{36})/", returns)
    assert links == [str(own.pk)]


def test_returns_are_narrowed_to_those_to_submit(senco, schools):
    owed, (sent, _) = ReturnFactory(school=schools[0]), submitted_return(school=schools[1])
    for value, expected in (("yes", owed), ("no", sent)):
        text = page(senco, "banding:return_list", owed=value)
        assert re.findall(r"/returns/([0-9a-f-]{36})/", text) == [str(expected.pk)]


def test_returns_are_sorted_by_school(senco, schools):
    for school in reversed(schools[:2]):
        ReturnFactory(school=school)
    text = page(senco, "banding:return_list", sort="school")
    rows = re.findall(r"<td>(\w+ School)</td>", text)
    assert rows[:2] == ["Ash School", "Birch School"]


def test_first_what_was_sent_back_then_what_is_due_soonest(school):
    today = timezone.localdate()
    sent = {"submitted_by": UserFactory(), "submitted_at": timezone.now()}
    known = {
        name: ReturnFactory(
            **(sent if state in ("accepted", "returned") else {}),
            school=school,
            collection__deadline=today + dt.timedelta(days=days),
            collection__reference_date=today,
            collection__opens_on=today - dt.timedelta(days=400),
            state=state,
        )
        for name, days, state in (
            ("later", 60, "not_started"),
            ("missed", -300, "in_progress"),
            ("sent back", 90, "returned"),
            ("extended", -1, "in_progress"),
            ("soon", 8, "not_started"),
            ("handed in", 0, "accepted"),
        )
    }
    known["extended"].extended_to = today + dt.timedelta(days=2)
    known["extended"].save()
    names = {row.pk: name for name, row in known.items()}
    found = [names[row.pk] for row in returns_for_list(Return.objects.all())]
    assert found == ["sent back", "extended", "soon", "later", "handed in", "missed"]


def test_one_school_has_neither_menu_nor_filters(sign_in, school):
    client = sign_in(Role.SENCO, school=school)
    ReturnFactory(school=school)
    text = page(client, "banding:return_list")
    assert "filter-panel" not in text
    assert "?school=" not in text


def test_queries_and_what_was_told_are_of_the_chosen_school(senco, schools):
    ash, birch, _ = schools
    QueryFactory(school=ash, subject="About Ash")
    QueryFactory(school=birch, subject="About Birch")
    for school, surname in ((ash, "Adair"), (birch, "Bell")):
        pupil = PupilFactory(school=school, surname=surname)
        left = timezone.localdate()
        Leaver.objects.create(school=school, pupil=pupil, left_on=left, told_by=UserFactory())
    for name, wanted, other in (
        ("schools:query_list", "About Birch", "About Ash"),
        ("banding:told_list", "Bell", "Adair"),
    ):
        text = page(senco, name, school=birch.pk)
        assert (wanted in text, other in text) == (True, False)
