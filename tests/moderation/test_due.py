"""What is due in moderation."""

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from moderation.due import due_items
from moderation.services.assignment import assign_case
from tests.factories import CaseFactory, CollectionFactory, person
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


def told(user):
    return [(item.title, item.text, item.url) for item in due_items(user)]


def case_url(case):
    return reverse("moderation:case_detail", args=[case.pk])


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def test_due_items_of_a_moderator_lead_to_the_next_case(case):
    assert told(case.moderator) == [("Cases to judge", "1 case left to judge", case_url(case))]


def test_due_items_of_a_moderator_with_a_judged_case_lead_to_settling(case):
    judge(case, case.moderator)
    assert told(case.moderator) == [
        ("Cases to settle", "1 case judged, to be upheld or changed", case_url(case))
    ]


def test_due_items_of_the_lead_are_unassigned_and_disputed_cases(case, school):
    boss = lead()
    assert told(boss) == []
    unassigned = CaseFactory(decision=decided(CollectionFactory(), school))
    second = moderator(school.quadrant)
    assign_case(case=case, by=lead(), moderator=case.moderator, second=second)
    judge(case, case.moderator, "A")
    judge(case, second, "C")
    assert told(boss) == [
        (
            "Cases to assign",
            "1 case not given to a moderator yet",
            reverse("moderation:sample_assign", args=[unassigned.sample_id]),
        ),
        (
            "Disagreements to settle",
            "1 case in which two moderators differ",
            case_url(case),
        ),
    ]
    assert told(second) == []


@pytest.mark.parametrize("place", ["first", "second"])
@pytest.mark.parametrize("way", ["role", "account"])
def test_due_items_of_the_lead_name_cases_of_a_moderator_who_left(school, place, way):
    leaver, stays = moderator(school.quadrant), moderator(school.quadrant)
    pair = (leaver, stays) if place == "first" else (stays, leaver)
    case = given_case(decided(CollectionFactory(), school), *pair)
    boss = lead()
    assert told(boss) == []
    if way == "role":
        leaver.memberships.update(started_on="2020-09-01", ended_on="2021-08-31")
    else:
        type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)
    assert told(boss) == [
        (
            "Cases of people who left",
            "1 case to be judged by somebody who no longer moderates",
            reverse("moderation:case_assign", args=[case.pk]),
        )
    ]


def test_due_items_of_the_lead_leave_what_a_leaver_has_judged(case, school):
    second = moderator(school.quadrant)
    assign_case(case=case, by=lead(), moderator=case.moderator, second=second)
    judge(case, case.moderator)
    case.moderator.memberships.update(started_on="2020-09-01", ended_on="2021-08-31")
    assert told(lead()) == []


def test_due_items_of_somebody_else_are_none(case, school):
    assert told(person(Role.SENCO, school=school)) == []
