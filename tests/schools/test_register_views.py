"""Schools and quadrants on screen."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from schools.choices import SchoolStatus, Sector
from schools.models import Quadrant, SchoolLink
from tests.factories import PupilFactory, QuadrantFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
LIST = "/schools/"


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def names(page):
    return [school.name for school in page.context["page_obj"]]


@pytest.mark.parametrize("text", ["lder", "100001", "999/2001", "9992001", "Mar"])
def test_search_by_name_urn_dfe_number_and_town(admin, text):
    SchoolFactory(name="Alder", urn="100001", establishment_number="2001", town="Market Field")
    SchoolFactory(name="Beck", urn="100002", establishment_number="2002", town="Upton")
    assert names(admin.get(LIST, {"q": text})) == ["Alder"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("sector", Sector.SPECIAL), ("status", SchoolStatus.CLOSED), ("quadrant", "south")],
)
def test_filter_by_sector_status_and_quadrant(admin, name, value):
    south = QuadrantFactory(code="south")
    SchoolFactory(name="A", sector=Sector.SPECIAL, status=SchoolStatus.CLOSED, quadrant=south)
    SchoolFactory(name="B")
    value = south.pk if name == "quadrant" else value
    assert names(admin.get(LIST, {name: value})) == ["A"]


def test_filter_for_schools_without_a_quadrant(admin):
    SchoolFactory(name="A", quadrant=None)
    SchoolFactory(name="B")
    assert names(admin.get(LIST, {"quadrant": "none"})) == ["A"]


def test_nonsense_filter_is_left_out(admin):
    SchoolFactory(name="A")
    SchoolFactory(name="B")
    assert names(admin.get(LIST, {"sector": "nonsense", "quadrant": "x", "q": "A"})) == ["A"]


def test_moderator_sees_own_quadrant(sign_in):
    south = QuadrantFactory(code="south")
    SchoolFactory(name="A", quadrant=south)
    SchoolFactory(name="B")
    assert names(sign_in(Role.MODERATOR, quadrant=south).get(LIST)) == ["A"]


def test_lists_are_paged(admin):
    SchoolFactory.create_batch(26)
    page = admin.get(LIST, {"page": 2})
    assert (len(names(page)), page.context["page_obj"].paginator.count) == (1, 26)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_are_constant(admin, rows, django_assert_num_queries):
    SchoolFactory.create_batch(rows)
    with django_assert_num_queries(9):
        admin.get(LIST)


def test_empty_list_says_how_to_fill_it(admin):
    assert "Upload the register of schools" in admin.get(LIST).text


def test_ticked_schools_go_into_the_quadrant(admin):
    one, two, other = SchoolFactory.create_batch(3, quadrant=None)
    south = QuadrantFactory(code="south")
    page = admin.post(LIST, {"schools": [one.pk, two.pk], "quadrant": south.pk}, follow=True)
    assert "2 schools are now in South." in page.text
    assert list(south.schools.all()) == [one, two]
    other.refresh_from_db()
    assert other.quadrant is None


def test_no_quadrant_takes_schools_out(admin, school):
    admin.post(LIST, {"schools": [school.pk], "quadrant": ""})
    school.refresh_from_db()
    assert school.quadrant is None


def test_nothing_ticked_is_said(admin, school):
    page = admin.post(LIST, {"quadrant": school.quadrant_id})
    assert "Tick the schools" in page.text


def test_only_administrators_assign(sign_in, school):
    client = sign_in(Role.SEND_OFFICER)
    assert 'type="checkbox"' not in client.get(LIST).text
    data = {"schools": [school.pk], "quadrant": ""}
    assert client.post(LIST, data).status_code == 403


def test_school_page_shows_details_links_people_and_pupils(admin):
    school = SchoolFactory(name="Alder", opened_on=dt.date(2020, 9, 1))
    after = SchoolFactory(name="Beck Academy")
    SchoolLink.objects.create(school=school, linked_urn=after.urn, kind="Successor")
    SchoolLink.objects.create(
        school=school, linked_urn="123456", linked_name="Far School", kind="Predecessor"
    )
    person(Role.SENCO, school=school, name="Sam Coe")
    PupilFactory(school=school)
    page = admin.get(reverse("schools:school_detail", args=[school.pk])).text
    for text in ("Alder", "1 September 2020", "Beck Academy", "Far School", "Sam Coe", school.urn):
        assert text in page
    assert reverse("schools:school_detail", args=[after.pk]) in page


@pytest.mark.parametrize(
    ("role", "up"), [(Role.SENCO, "home"), (Role.SEND_OFFICER, "schools:school_list")]
)
def test_school_page_leads_back_where_the_person_may_go(sign_in, school, role, up):
    client = sign_in(role, school=school if role == Role.SENCO else None)
    page = client.get(reverse("schools:school_detail", args=[school.pk]))
    assert page.context["up"] == reverse(up)


def test_school_page_of_another_school_is_not_found(sign_in, school):
    client = sign_in(Role.SENCO, school=school)
    assert client.get(reverse("schools:school_detail", args=[school.pk])).status_code == 200
    other = reverse("schools:school_detail", args=[SchoolFactory().pk])
    assert client.get(other).status_code == 404


def test_school_page_sets_the_quadrant(admin, school):
    south = QuadrantFactory(code="south")
    url = reverse("schools:school_detail", args=[school.pk])
    assert "The quadrant is saved" in admin.post(url, {"quadrant": south.pk}, follow=True).text
    school.refresh_from_db()
    assert school.quadrant == south


def test_school_page_says_what_is_wrong_with_the_quadrant(admin, school):
    url = reverse("schools:school_detail", args=[school.pk])
    page = admin.post(url, {"quadrant": "nonsense"})
    assert (page.status_code, "Choose the quadrant from the list" in page.text) == (200, True)
    school.refresh_from_db()
    assert school.quadrant is not None


def test_quadrant_is_made_once(admin):
    url = reverse("schools:quadrant_list")
    assert (
        "North East has been added" in admin.post(url, {"name": " North East "}, follow=True).text
    )
    assert "already" in admin.post(url, {"name": "North  East"}).text
    assert "Enter a name with letters" in admin.post(url, {"name": "!"}).text
    assert Quadrant.objects.get().code == "north-east"


@pytest.mark.parametrize("rows", [1, 3])
def test_quadrant_list_queries_are_constant(admin, rows, django_assert_num_queries):
    for number in range(rows):
        SchoolFactory(quadrant=QuadrantFactory(code=f"q{number}"))
    with django_assert_num_queries(5):
        page = admin.get(reverse("schools:quadrant_list"))
    assert [q.school_count for q in page.context["quadrants"]] == [1] * rows
