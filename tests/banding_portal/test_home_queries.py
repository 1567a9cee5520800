"""Home of every role takes few queries, the same for any number of schools (Q24)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banding_portal.counting import First, counted_at_once, counts_for
from banding_portal.remembering import remembered, remembering
from banding_portal.roles import Role
from schools.models import Pupil, School
from tests.banding.helpers import decide, submitted_return
from tests.factories import (
    MembershipFactory,
    PupilFactory,
    QuadrantFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MOST = 20
AT_SCHOOLS = [Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE, Role.INCLUSION_PARTNER]


def school_at_work(collection):
    """One with a return that is begun and one that is in."""
    pupil_return = ReturnFactory(collection=collection)
    decide(ReturnPupilFactory(pupil_return=pupil_return))
    ReturnPupilFactory(pupil_return=pupil_return)
    submitted_return(school=pupil_return.school)
    return pupil_return.school


def person_of(role, schools):
    user = UserFactory()
    if role in AT_SCHOOLS:
        for school in schools:
            MembershipFactory(user=user, role=role, school=school)
    else:
        quadrant = QuadrantFactory() if role == Role.MODERATOR else None
        MembershipFactory(user=user, role=role, quadrant=quadrant)
    return user


def queries_of_home(client, role, count):
    collection = ReturnFactory().collection
    schools = [school_at_work(collection) for _ in range(count)]
    client.force_login(person_of(role, schools))
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("home")).status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", Role)
def test_home_takes_as_many_queries_for_three_schools_as_for_two(client, role):
    two = queries_of_home(client, role, 2)
    assert queries_of_home(client, role, 3) == two <= MOST


def test_counts_are_made_in_one_query(django_assert_num_queries):
    PupilFactory.create_batch(3)
    rows = {
        "pupils": Pupil.objects.all(),
        "none": Pupil.objects.none(),
        "in_order": Pupil.objects.order_by("surname"),
        "surnames": Pupil.objects.values("surname").distinct(),
        "both": Pupil.objects.values("pk").union(School.objects.values("pk")),
        "first": First(Pupil.objects.order_by("-surname").values("pk")),
        "no_first": First(Pupil.objects.none().values("pk")),
    }
    with django_assert_num_queries(1):
        found = counted_at_once(rows)
    assert found == {
        "pupils": 3,
        "none": 0,
        "in_order": 3,
        "surnames": len({pupil.surname for pupil in Pupil.objects.all()}),
        "both": 3 + School.objects.count(),
        "first": Pupil.objects.order_by("-surname")[0].pk,
        "no_first": None,
    }
    assert counted_at_once({}) == {}


@pytest.mark.parametrize("role", Role)
def test_everything_that_is_counted_can_be(role):
    counts = counts_for(person_of(role, [SchoolFactory()]))
    assert set(map(type, counts.values())) <= {int, type(None)}


def test_what_is_remembered_is_read_once_and_only_there():
    read = []
    known = remembered(lambda *about: read.append(about) or len(read))
    one, other = UserFactory(), UserFactory()
    with remembering():
        assert (known(one), known(one), known(other)) == (1, 1, 2)
        with remembering():
            assert known(one) == 1
    assert known(one) == 3
