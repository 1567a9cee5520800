"""Moderation on home: a school's outcomes in figures, none before they are published."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.models import Collection
from banding_portal.roles import Role
from moderation.standing import standing_of
from tests.factories import SchoolFactory, person
from tests.moderation.evidence import senco
from tests.moderation.panels import challenged, settled_case

pytestmark = pytest.mark.django_db


def test_school_sees_its_outcomes_counted(django_assert_num_queries):
    case = settled_case()
    user = senco(case)
    assert user.roles
    with django_assert_num_queries(2):
        (standing,) = standing_of(user)
    assert standing.title == f"{case.decision.collection.name}: outcomes of moderation"
    assert standing.figures == [("Upheld", "0"), ("Changed", "1"), ("Challenged by you", "0")]
    challenged(case, user)
    assert standing_of(user)[0].figures[-1] == ("Challenged by you", "1")
    head = person(Role.HEADTEACHER, school=case.decision.school)
    assert standing_of(head) == standing_of(user)


def test_nothing_is_counted_for_others_nor_before_the_day_of_feedback():
    case = settled_case()
    assert standing_of(person(Role.SENCO, school=SchoolFactory())) == []
    assert standing_of(person(Role.SCHOOL_FINANCE, school=case.decision.school)) == []
    Collection.objects.update(feedback_on=timezone.localdate() + dt.timedelta(days=1))
    assert standing_of(senco(case)) == []
