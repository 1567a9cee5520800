"""Giving cases to moderators: M4."""

import datetime as dt
from decimal import Decimal

import pytest

from banding_portal.refusals import RefusalError
from moderation.choices import CaseState
from moderation.models import Judgement
from moderation.selectors.conflicts import Bar, conflict_of
from moderation.selectors.population import Settings
from moderation.services.assignment import Spread, assign_case, assign_cases
from moderation.services.judgements import save_draft
from moderation.services.samples import draw_sample
from schools.models import School
from tests.factories import CollectionFactory, QuadrantFactory, SchoolFactory
from tests.moderation.world import (
    answers,
    decided,
    given_case,
    judge,
    lead,
    moderator,
    works_at,
)
from tests.schools.conversions import converted

pytestmark = pytest.mark.django_db
NONE = Decimal(0)


@pytest.fixture
def collection(db):
    return CollectionFactory()


def whole_sample(collection):
    return draw_sample(collection=collection, settings=Settings(Decimal(1)), seed="all", by=None)


def test_assign_cases_spreads_evenly_in_the_quadrant(collection, school):
    for _ in range(4):
        decided(collection, school)
    ann, ben = moderator(school.quadrant), moderator(school.quadrant)
    moderator(QuadrantFactory(code="south"))
    assert assign_cases(sample=whole_sample(collection), by=lead(), share=NONE) == Spread(4, 0, 0)
    assert (ann.cases.count(), ben.cases.count()) == (2, 2)
    assert set(ann.cases.values_list("state", flat=True)) == {CaseState.ASSIGNED}


@pytest.mark.parametrize("ended_on", [None, dt.date(2020, 1, 1)])
def test_assign_cases_avoids_people_who_work_or_worked_there(collection, school, ended_on):
    decided(collection, school)
    ann, ben = moderator(school.quadrant), moderator(school.quadrant)
    works_at(ann, school, ended_on)
    works_at(ben, SchoolFactory())
    assign_cases(sample=whole_sample(collection), by=lead(), share=NONE)
    assert (ann.cases.count(), ben.cases.count()) == (0, 1)


@pytest.mark.parametrize(("at", "works"), [(0, 1), (1, 0)])
def test_people_of_what_a_school_became_are_avoided_too(collection, at, works):
    schools = converted("North Brook", "South Brook")
    quadrant = schools[0].quadrant
    School.objects.update(quadrant=quadrant)
    place = schools[at]
    place.refresh_from_db()
    decided(collection, place)
    ann, ben = moderator(quadrant), moderator(quadrant)
    works_at(ann, schools[works], dt.date(2020, 1, 1))
    assign_cases(sample=whole_sample(collection), by=lead(), share=NONE)
    assert (ann.cases.count(), ben.cases.count()) == (0, 1)
    assert conflict_of(ann, ben.cases.get()) == Bar.SCHOOL


def test_people_of_the_other_half_of_a_school_that_split_may_judge(collection):
    schools = converted("North Brook", "South Brook")
    School.objects.update(quadrant=schools[0].quadrant)
    schools[1].refresh_from_db()
    decided(collection, schools[1])
    ann = moderator(schools[1].quadrant)
    works_at(ann, schools[2])
    assign_cases(sample=whole_sample(collection), by=lead(), share=NONE)
    assert ann.cases.count() == 1


def test_assign_cases_leaves_what_nobody_may_judge(collection, school):
    decided(collection, school)
    decided(collection, SchoolFactory(quadrant=None))
    works_at(moderator(school.quadrant), school)
    sample = whole_sample(collection)
    assert assign_cases(sample=sample, by=lead(), share=NONE) == Spread(0, 0, 2)
    assert set(sample.cases.values_list("state", flat=True)) == {CaseState.UNASSIGNED}


def test_assign_cases_gives_a_share_a_second_moderator(collection, school):
    for _ in range(5):
        decided(collection, school)
    people = {moderator(school.quadrant).pk, moderator(school.quadrant).pk}
    sample = whole_sample(collection)
    assert assign_cases(sample=sample, by=lead(), share=Decimal("0.3")) == Spread(5, 2, 0)
    twice = sample.cases.exclude(second_moderator=None)
    assert [set(case.judge_ids) for case in twice] == [people, people]


def test_assign_cases_again_changes_nothing(collection, school):
    for _ in range(5):
        decided(collection, school)
    moderator(school.quadrant), moderator(school.quadrant)
    sample = whole_sample(collection)
    assign_cases(sample=sample, by=lead(), share=Decimal("0.3"))
    before = list(sample.cases.values_list("moderator", "second_moderator"))
    assert assign_cases(sample=sample, by=lead(), share=Decimal("0.3")) == Spread(0, 0, 0)
    assert list(sample.cases.values_list("moderator", "second_moderator")) == before


def test_assign_cases_ignores_people_who_no_longer_moderate(collection, school):
    decided(collection, school)
    gone = moderator(school.quadrant)
    gone.memberships.update(ended_on=dt.date(2026, 1, 1))
    moderator(school.quadrant, is_active=False)
    assert assign_cases(sample=whole_sample(collection), by=lead(), share=NONE).left == 1


@pytest.fixture
def case(collection, school):
    return given_case(decided(collection, school), moderator(school.quadrant))


def test_assign_case_to_somebody_else_drops_the_draft(case):
    save_draft(case=case, by=case.moderator, answers=answers(case))
    other = moderator(QuadrantFactory(code="south"))
    assign_case(case=case, by=lead(), moderator=other, second=None)
    case.refresh_from_db()
    assert (case.moderator, case.state) == (other, CaseState.ASSIGNED)
    assert not Judgement.objects.exists()


def test_assign_case_to_nobody_takes_it_back(case):
    assign_case(case=case, by=lead(), moderator=None, second=None)
    case.refresh_from_db()
    assert (case.moderator, case.state) == (None, CaseState.UNASSIGNED)


def test_assign_case_with_a_conflict_is_refused(case, school):
    other = moderator(school.quadrant)
    works_at(other, school, ended_on=dt.date(2020, 1, 1))
    with pytest.raises(RefusalError, match="worked for this school"):
        assign_case(case=case, by=lead(), moderator=case.moderator, second=other)


def test_assign_case_to_somebody_who_does_not_moderate_is_refused(case):
    with pytest.raises(RefusalError, match="not a moderator"):
        assign_case(case=case, by=lead(), moderator=lead(), second=None)


def test_assign_case_to_the_same_person_twice_is_refused(case):
    with pytest.raises(RefusalError, match="somebody else"):
        assign_case(case=case, by=lead(), moderator=case.moderator, second=case.moderator)


def test_assign_case_with_a_second_only_is_refused(case):
    with pytest.raises(RefusalError, match="before a second"):
        assign_case(case=case, by=lead(), moderator=None, second=case.moderator)


def test_assign_case_away_from_who_has_judged_is_refused(case, school):
    second = moderator(school.quadrant)
    assign_case(case=case, by=lead(), moderator=case.moderator, second=second)
    judge(case, case.moderator)
    with pytest.raises(RefusalError, match="must stay"):
        assign_case(case=case, by=lead(), moderator=second, second=None)


def test_assign_case_without_the_second_makes_it_judged(case, school):
    assign_case(case=case, by=lead(), moderator=case.moderator, second=moderator(school.quadrant))
    judge(case, case.moderator)
    assign_case(case=case, by=lead(), moderator=case.moderator, second=None)
    case.refresh_from_db()
    assert case.state == CaseState.JUDGED


def test_assign_case_that_is_judged_is_refused(case, school):
    judge(case, case.moderator)
    with pytest.raises(RefusalError, match="judged already"):
        assign_case(
            case=case, by=lead(), moderator=case.moderator, second=moderator(school.quadrant)
        )
