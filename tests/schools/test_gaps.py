"""Schools in no quadrant or without somebody, and what is done about many at once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import EVERYONE, Role
from schools.choices import SchoolStatus
from schools.due import due_items
from schools.models import User
from schools.selectors.register import schools_matching, schools_without
from schools.services import people
from tests.factories import (
    MembershipFactory,
    PlacementFactory,
    QuadrantFactory,
    SchoolFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
LIST = "/schools/"


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def with_pupil(**fields):
    school = SchoolFactory(**fields)
    PlacementFactory(school=school)
    return school


def tasks(user):
    return {item.title: (item.text, item.url) for item in due_items(user)}


def names(page):
    return sorted(school.name for school in page.context["page_obj"])


def test_gaps_are_tasks_of_the_administrator_with_their_schools_behind_them(admin):
    lonely, served = with_pupil(name="Alder", quadrant=None), with_pupil(name="Beck")
    for role in (Role.SENCO, Role.SCHOOL_FINANCE):
        MembershipFactory(user=UserFactory(), role=role, school=served)
    assert tasks(admin.user) == {
        "Schools in no quadrant": ("1 school", f"{LIST}?quadrant=none&status=open"),
        "Schools where no SENCO can sign in": ("1 school", f"{LIST}?missing=senco"),
        "Schools where no finance contact can sign in": (
            "1 school",
            f"{LIST}?missing=school_finance",
        ),
    }
    for _, url in tasks(admin.user).values():
        assert names(admin.get(url)) == [lonely.name]


@pytest.mark.parametrize("role", sorted(EVERYONE - {Role.ADMINISTRATOR}))
def test_gaps_are_nobody_elses_task(role):
    school = with_pupil(quadrant=None)
    at_school = {Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE, Role.INCLUSION_PARTNER}
    place = {"school": school} if role in at_school else {}
    place |= {"quadrant": QuadrantFactory()} if role == Role.MODERATOR else {}
    assert due_items(person(role, **place)) == []


def test_school_without_pupils_or_closed_needs_nobody():
    SchoolFactory(name="Empty")
    with_pupil(name="Closed", status=SchoolStatus.CLOSED)
    left = SchoolFactory(name="Left")
    PlacementFactory(school=left, end=timezone.localdate() - dt.timedelta(days=1))
    needs = with_pupil(name="Needs")
    assert list(schools_without(Role.SENCO, timezone.localdate())) == [needs]


def test_ended_role_or_deactivated_person_leaves_a_gap():
    school = with_pupil()
    ended = MembershipFactory(role=Role.SENCO, school=school, user=UserFactory())
    assert not schools_without(Role.SENCO, timezone.localdate()).exists()
    ended.ended_on = ended.started_on
    ended.save()
    MembershipFactory(role=Role.SENCO, school=school, user=UserFactory(is_active=False))
    assert list(schools_without(Role.SENCO, timezone.localdate())) == [school]


def test_invitation_is_a_task_until_it_is_answered(admin):
    UserFactory(name="Never asked")
    invited = UserFactory(name="Sam Coe")
    assert tasks(admin.user) == {}
    people.send_invitation(person=invited, by=admin.user)
    title = "Invitations without an answer"
    assert tasks(admin.user) == {
        title: ("1 person", reverse("schools:person_list") + "?state=invited")
    }
    people.send_invitation(person=UserFactory(), by=admin.user)
    assert tasks(admin.user)[title][0] == "2 people"
    User.objects.filter(pk=invited.pk).update(last_login=timezone.now())
    assert tasks(admin.user)[title][0] == "1 person"
    User.objects.exclude(pk=admin.user.pk).update(is_active=False)
    assert tasks(admin.user) == {}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CM1", ["CM1 1AA", "CM11BB"]),
        ("cm1, CO4", ["CM1 1AA", "CM11BB", "CO4 3SQ"]),
        ("CM", ["CM1 1AA", "CM11 2AB", "CM11BB"]),
        ("CM1 1", ["CM1 1AA"]),
        ("CM11", ["CM11 2AB"]),
        ("C", ["C1 1AA"]),
        (" , ", []),
        ("CM1.*", []),
        ("(", []),
    ],
)
def test_postcodes_by_their_beginning(typed, found):
    for postcode in ("CM1 1AA", "CM11BB", "CM11 2AB", "CO4 3SQ", "C1 1AA", ""):
        SchoolFactory(postcode=postcode)
    user = person(Role.ADMINISTRATOR)
    rows = schools_matching(user, {"postcode": typed}).values_list("postcode", flat=True)
    assert sorted(rows) == found


def test_all_that_the_filters_leave_go_into_the_quadrant_whatever_the_page(admin, monkeypatch):
    monkeypatch.setattr("schools.views.register.SchoolList.page_size", 2)
    south = QuadrantFactory(code="south")
    SchoolFactory.create_batch(3, postcode="CM1 1AA", quadrant=None)
    other = SchoolFactory(postcode="CO4 3SQ", quadrant=None)
    url = f"{LIST}?postcode=CM1"
    assert "Or all 3 schools that match the filters, on every page" in admin.get(url).text
    page = admin.post(url, {"everything": "on", "quadrant": south.pk}, follow=True)
    assert "3 schools are now in South." in page.text
    assert (south.schools.count(), south.schools.filter(pk=other.pk).exists()) == (3, False)


def test_all_is_of_those_the_person_sees_and_may_change(sign_in):
    officer = sign_in(Role.SEND_OFFICER)
    SchoolFactory(quadrant=None)
    assert officer.post(LIST, {"everything": "on", "quadrant": ""}).status_code == 403
    assert "that match the filters" not in officer.get(LIST).text


def test_filter_of_gaps_queries_are_constant(admin, django_assert_num_queries):
    for _ in range(2):
        with_pupil()
        with django_assert_num_queries(9):
            admin.get(f"{LIST}?missing=senco")
