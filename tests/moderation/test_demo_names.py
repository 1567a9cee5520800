"""The cases of the demonstration are always called the same, whatever chance called them first."""

import pytest

from moderation.demo.story import name_again
from moderation.models import Case
from tests.factories import CollectionFactory, QuadrantFactory, SchoolFactory
from tests.moderation.world import decided, given_case, moderator

pytestmark = pytest.mark.django_db


def test_a_name_that_chance_gave_to_another_case_is_freed_first():
    collection, judge = CollectionFactory(), moderator(QuadrantFactory())
    for _ in range(2):
        case = given_case(decided(collection, SchoolFactory()), judge)
    name_again(case.sample)
    one, other = named = names()
    Case.objects.filter(pk=one[0]).update(reference="-")
    Case.objects.filter(pk=other[0]).update(reference=one[1])
    Case.objects.filter(pk=one[0]).update(reference=other[1])
    name_again(case.sample)
    assert names() == named


def names():
    return list(Case.objects.order_by("decision_id").values_list("pk", "reference"))
