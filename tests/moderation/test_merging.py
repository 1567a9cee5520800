"""Merging records whose decisions are moderated (rules.md S8, M10)."""

import pytest

from banding.models import BandDecision
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import Case
from schools.services.merges import merge_pupils, undo_merge
from tests.factories import CaseFactory, CollectionFactory, SampleFactory, SchoolFactory, person
from tests.moderation.world import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def pair():
    """Decisions on two records of one child, in one collection, the second the later one."""
    collection = CollectionFactory()
    return decided(collection, SchoolFactory(), "A"), decided(collection, SchoolFactory(), "B")


@pytest.fixture
def sample(pair):
    return SampleFactory(collection=pair[0].collection)


def merge(pair, by):
    kept, dropped = (decision.pupil for decision in pair)
    return merge_pupils(kept=kept, dropped=dropped, reason="Same child", by=by)


@pytest.mark.parametrize("judged", [0, 1])
def test_decision_that_is_moderated_stays_in_force(pair, sample, officer, judged):
    CaseFactory(decision=pair[judged], sample=sample)
    merge(pair, officer)
    assert list(BandDecision.objects.in_force()) == [pair[judged]]


def test_two_cases_that_are_not_settled_are_refused(pair, sample, officer):
    for decision in pair:
        CaseFactory(decision=decision, sample=sample)
    with pytest.raises(RefusalError, match="Merge them when both are settled"):
        merge(pair, officer)
    assert BandDecision.objects.in_force().count() == 2


def test_two_settled_cases_leave_one_decision_in_force(pair, sample, officer):
    for decision in pair:
        CaseFactory(decision=decision, sample=sample, state=CaseState.SETTLED)
    merge(pair, officer)
    assert BandDecision.objects.in_force().filter(moderates=None).count() == 1


def test_case_judged_since_keeps_it_from_being_undone(pair, sample, officer):
    case = CaseFactory(decision=pair[0], sample=sample)
    done = merge(pair, officer)
    Case.objects.filter(pk=case.pk).update(state=CaseState.JUDGED)
    with pytest.raises(RefusalError, match="A case of this pupil"):
        undo_merge(merge=done, by=officer)


def test_cases_of_two_collections_are_no_hindrance(officer):
    pair = [decided(CollectionFactory(), SchoolFactory()) for _ in range(2)]
    for decision in pair:
        CaseFactory(decision=decision)
    merge(pair, officer)
    assert BandDecision.objects.in_force().count() == 2
