"""Quadrants are renamed, and removed while nothing ever belonged to them."""

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Quadrant
from schools.services.quadrants import create_quadrant, remove_quadrant, rename_quadrant
from tests.factories import SchoolFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return person(Role.ADMINISTRATOR)


def test_name_changes_and_code_stays(quadrant, administrator):
    renamed = rename_quadrant(quadrant=quadrant, name=" Upper ", by=administrator)
    assert (renamed.name, renamed.code) == ("Upper", "north")


@pytest.mark.parametrize("name", ["--", "East", "east"])
def test_name_that_is_none_or_taken_is_refused(quadrant, administrator, name):
    create_quadrant(name="East", by=administrator)
    with pytest.raises(RefusalError):
        rename_quadrant(quadrant=quadrant, name=name, by=administrator)


def test_one_that_nothing_belonged_to_is_removed(quadrant, administrator):
    remove_quadrant(quadrant=quadrant, by=administrator)
    assert not Quadrant.objects.exists()


def test_one_with_schools_or_moderators_stays(quadrant, administrator):
    person(Role.MODERATOR, quadrant=quadrant)
    with pytest.raises(RefusalError, match="It stays on record"):
        remove_quadrant(quadrant=quadrant, by=administrator)
    SchoolFactory(quadrant=quadrant)
    with pytest.raises(RefusalError, match="1 school is in North"):
        remove_quadrant(quadrant=quadrant, by=administrator)


def test_others_may_not(quadrant):
    with pytest.raises(RefusalError):
        rename_quadrant(quadrant=quadrant, name="Upper", by=person(Role.MODERATION_LEAD))


def test_page_renames_and_removes(quadrant, sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    url = reverse("schools:quadrant_edit", args=[quadrant.pk])
    assert url in client.get("/quadrants/").text
    assert "is called Upper now" in client.post(url, {"name": "Upper"}, follow=True).text
    assert "Upper is removed" in client.post(url, {"remove": "yes"}, follow=True).text


def test_headteacher_comes_to_the_staff_from_the_menu(sign_in, school):
    client = sign_in(Role.HEADTEACHER, school=school)
    assert "/people/own/" in client.get("/").text
    answer = client.get("/people/own/")
    assert answer.url == reverse("schools:staff_list", args=[school.pk])


def test_headteacher_of_two_schools_chooses(sign_in, school):
    client, other = sign_in(Role.HEADTEACHER, school=school), SchoolFactory()
    client.user.memberships.create(role=Role.HEADTEACHER, school=other)
    page = client.get("/people/own/").text
    assert school.name in page
    assert other.name in page
