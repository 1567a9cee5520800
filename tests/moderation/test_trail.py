"""What is done to a case stands in the audit trail under the person's name."""

from decimal import Decimal

import pytest

from banding_portal.audit_trail.events import changes_matching
from moderation.choices import CaseState
from moderation.selectors.population import Settings
from moderation.services.assignment import assign_case, assign_cases
from moderation.services.outcomes import uphold_case
from moderation.services.samples import draw_sample
from tests.factories import CollectionFactory
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


def who_changed(kind):
    return changes_matching(offset=0, limit=1, kind=kind)[0].user


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def test_cases_are_drawn_and_given_out_under_the_leads_name(school):
    collection, boss = CollectionFactory(), lead()
    decided(collection, school)
    moderator(school.quadrant)
    sample = draw_sample(collection=collection, settings=Settings(Decimal(1)), seed="all", by=boss)
    assert who_changed("moderation.case") == str(boss.pk)
    other = lead()
    assign_cases(sample=sample, by=other)
    assert who_changed("moderation.case") == str(other.pk)


def test_a_case_is_given_by_hand_under_the_leads_name(case):
    boss = lead()
    assign_case(case=case, by=boss, moderator=None, second=None)
    assert who_changed("moderation.case") == str(boss.pk)


def test_a_case_is_judged_and_settled_under_the_names_of_those_who_did(case):
    judge(case, case.moderator)
    boss = lead()
    kinds = ("moderation.case", "moderation.judgement")
    assert {who_changed(kind) for kind in kinds} == {str(case.moderator_id)}
    uphold_case(case=case, by=boss)
    assert case.state == CaseState.JUDGED
    kinds = ("moderation.case", "moderation.outcome", "banding.banddecision")
    assert {who_changed(kind) for kind in kinds} == {str(boss.pk)}
