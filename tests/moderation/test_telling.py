"""What moderators and leads are told; nothing of a case itself (M4)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from banding_portal.models import Notice
from banding_portal.roles import Role
from banding_portal.words import day
from moderation.selectors.population import Settings
from moderation.services.assignment import assign_case, assign_cases
from moderation.services.handing_over import hand_over_cases
from moderation.services.outcomes import uphold_case
from moderation.services.samples import draw_sample
from tests.factories import CaseFactory, CollectionFactory, person
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db
MINE = reverse("moderation:home")


def told(user):
    return [(each.title, each.path) for each in Notice.objects.filter(recipient=user)]


def test_moderator_is_told_once_how_many_cases_were_given(school):
    collection = CollectionFactory()
    for _ in range(2):
        decided(collection, school)
    ann = moderator(school.quadrant)
    sample = draw_sample(collection=collection, settings=Settings(Decimal(1)), seed="all", by=None)
    assign_cases(sample=sample, by=lead())
    assert told(ann) == [("2 cases are given to you to judge", MINE)]
    assert Notice.objects.get(recipient=ann).by_mail


def test_moderators_are_told_of_a_case_given_by_hand_or_handed_over(school):
    ann, ben, chief = moderator(school.quadrant), moderator(school.quadrant), lead()
    case = CaseFactory(decision=decided(CollectionFactory(), school), state="unassigned")
    assign_case(case=case, by=chief, moderator=ann, second=None)
    assign_case(case=case, by=chief, moderator=ann, second=None)
    hand_over_cases(person=ann, to=ben, by=person(Role.ADMINISTRATOR))
    expected = [("1 case is given to you to judge", MINE)]
    assert told(ann) == told(ben) == expected


def test_lead_is_told_of_moderators_who_differ_and_of_the_last_case(school):
    chief, ann, ben = lead(), moderator(school.quadrant), moderator(school.quadrant)
    case = given_case(decided(CollectionFactory(), school), ann, ben)
    judge(case, ann, "B")
    assert told(chief) == []
    judge(case, ben, "C")
    name = case.sample.collection.name
    differ = (
        f"{name}: two moderators differ on case {case.reference}",
        reverse("moderation:case_detail", args=[case.pk]),
    )
    results = reverse("moderation:sample_results", args=[case.sample_id])
    every_case = f"every case of the sample drawn on {day(case.sample.drawn_at)} has been"
    assert set(told(chief)) == {differ, (f"{name}: {every_case} judged", results)}
    other_lead = lead()
    uphold_case(case=case, by=chief)
    assert told(other_lead) == [(f"{name}: {every_case} settled", results)]


def test_lead_is_not_told_while_a_case_is_still_to_be_judged(school):
    chief, ann = lead(), moderator(school.quadrant)
    collection = CollectionFactory()
    first, _ = (given_case(decided(collection, school), ann) for _ in range(2))
    judge(first, ann)
    assert told(chief) == []
