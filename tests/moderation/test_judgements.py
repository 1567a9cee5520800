"""Judging: drafts, and locking once and for all (M4)."""

import pytest
from django.db import InternalError, transaction

from banding_portal.refusals import RefusalError
from moderation.choices import CaseState
from moderation.models import Judgement
from moderation.services.judgements import Answers, lock_judgement, save_draft
from tests.factories import CollectionFactory, FrameworkFactory, SchoolFactory
from tests.moderation.world import all_at_once, answers, decided, given_case, judge, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def test_save_draft_keeps_what_is_there_and_replaces_it(case):
    save_draft(case=case, by=case.moderator, answers=Answers({"cl": "1"}, None, rationale="So far"))
    save_draft(case=case, by=case.moderator, answers=Answers({"ci": "3"}, None))
    judgement = Judgement.objects.get()
    assert [(one.area.code, one.level.code) for one in judgement.levels.all()] == [("ci", "3")]
    assert (judgement.band, judgement.rationale, judgement.locked_at) == (None, "", None)


def test_lock_judgement_makes_the_case_judged(case):
    judge(case, case.moderator, "C")
    judgement = Judgement.objects.get()
    assert (judgement.band.code, case.state) == ("C", CaseState.JUDGED)
    assert judgement.locked_at


def test_lock_judgement_of_two_waits_for_the_other(case, school):
    case.second_moderator = moderator(school.quadrant)
    case.save()
    assert judge(case, case.moderator).state == CaseState.ASSIGNED
    assert judge(case, case.second_moderator).state == CaseState.JUDGED


@pytest.mark.parametrize(
    "missing", [{"band": None}, {"confidence": ""}, {"levels": {"cl": "1"}}], ids=str
)
def test_lock_judgement_with_something_missing_is_refused(case, missing):
    whole = answers(case)
    given = Answers(**{"levels": whole.levels, "band": whole.band, "confidence": "sure"} | missing)
    with pytest.raises(RefusalError, match="each area"):
        lock_judgement(case=case, by=case.moderator, answers=given)
    assert not Judgement.objects.exists()


def test_lock_judgement_twice_is_refused_and_keeps_the_first(case, school):
    case.second_moderator = moderator(school.quadrant)
    case.save()
    judge(case, case.moderator, "A")
    with pytest.raises(RefusalError, match="locked your judgement already"):
        judge(case, case.moderator, "C")
    assert Judgement.objects.get().band.code == "A"


def test_judging_a_case_of_somebody_else_is_refused(case, school):
    with pytest.raises(RefusalError, match="not given to you"):
        save_draft(case=case, by=moderator(school.quadrant), answers=answers(case))


def test_judging_with_a_band_of_another_framework_is_refused(case):
    other = FrameworkFactory(code="other").bands.first()
    with pytest.raises(RefusalError, match="not a band of"):
        save_draft(case=case, by=case.moderator, answers=Answers({}, other))


def test_judging_with_an_unknown_level_is_refused(case):
    with pytest.raises(RefusalError, match="no level cl 9"):
        save_draft(case=case, by=case.moderator, answers=Answers({"cl": "9"}, None))


def test_locked_judgement_cannot_be_changed_in_the_database(case):
    judge(case, case.moderator)
    with pytest.raises(InternalError), transaction.atomic():
        Judgement.objects.update(rationale="Other words")


@pytest.mark.django_db(transaction=True)
def test_lock_judgement_twice_at_once_locks_one():
    school = SchoolFactory()
    case = given_case(decided(CollectionFactory(), school), moderator(school.quadrant))
    given = [answers(case, "A"), answers(case, "C")]
    results = all_at_once(
        *[
            lambda one=one: lock_judgement(case=case, by=case.moderator, answers=one)
            for one in given
        ]
    )
    assert sum(isinstance(one, RefusalError) for one in results) == 1
    assert Judgement.objects.exclude(locked_at=None).count() == 1
