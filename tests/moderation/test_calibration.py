"""Sets of training cases: judged, counted, asked for before cases (rules.md M12)."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from banding_portal.models import Notice
from banding_portal.notices.services import send_notices
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.calibration.models import Calibration, TrainingJudgement
from moderation.calibration.rules import Standing
from moderation.calibration.selectors import (
    calibration_of,
    everybody_calibrated,
    wanting_calibration,
)
from moderation.calibration.services import (
    lock_training_judgement,
    save_training_draft,
    start_calibration,
)
from moderation.calibration.telling import tell_of_lapsing
from moderation.models import Judgement
from moderation.services.judgements import Answers, lock_judgement, save_draft
from tests.factories import CollectionFactory, person
from tests.moderation.calibration import (
    answer,
    framework_with_cases,
    judge_set,
    training_case,
)
from tests.moderation.world import all_at_once, answers, decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    return framework_with_cases()


@pytest.fixture
def case(framework, school):
    collection = CollectionFactory(framework=framework)
    return given_case(decided(collection, school), moderator(school.quadrant))


def finished_days_ago(calibration, days):
    then = timezone.now() - dt.timedelta(days=days)
    Calibration.objects.filter(pk=calibration.pk).update(finished_at=then)


def refusal_of(case):
    with pytest.raises(RefusalError) as refused:
        lock_judgement(case=case, by=case.moderator, answers=answers(case))
    return str(refused.value)


def test_a_case_is_refused_before_the_first_set_and_judged_after_it(case, framework):
    assert refusal_of(case) == (
        "Judge the training cases of Calibrated first. Then you can judge the pupils given to you."
    )
    with pytest.raises(RefusalError):
        save_draft(case=case, by=case.moderator, answers=answers(case))
    assert not Judgement.objects.exists()
    judge_set(case.moderator, framework)
    assert judge(case, case.moderator).state == "judged"


def test_below_the_threshold_another_set_is_asked_for(case, framework):
    judge_set(case.moderator, framework, right=3)
    assert refusal_of(case).startswith("You chose the settled band in 3 of 5 training cases")
    judge_set(case.moderator, framework, right=4)
    assert judge(case, case.moderator).state == "judged"


def test_a_set_lapses_after_the_days_the_authority_has_set(case, framework, settings):
    calibration = judge_set(case.moderator, framework)
    finished_days_ago(calibration, 14)
    assert refusal_of(case).startswith("Your calibration lapsed on")
    settings.CALIBRATION_DAYS = 15
    assert judge(case, case.moderator).state == "judged"


def test_the_threshold_is_a_setting(case, framework, settings):
    judge_set(case.moderator, framework, right=3)
    settings.CALIBRATION_PERCENT = 60
    assert judge(case, case.moderator).state == "judged"


def test_a_framework_without_training_cases_asks_for_nothing(school):
    found = given_case(decided(CollectionFactory(), school), moderator(school.quadrant))
    assert calibration_of(found.moderator, found.decision.framework).standing == Standing.NOT_NEEDED
    assert judge(found, found.moderator).state == "judged"


def test_pressed_twice_it_is_one_set_and_the_next_has_the_cases_left(settings):
    settings.CALIBRATION_CASES = 3
    framework, by = framework_with_cases(count=5), moderator()
    first = start_calibration(framework=framework, by=by)
    assert start_calibration(framework=framework, by=by) == first
    for row in first.judgements.all():
        lock_training_judgement(judgement=row, by=by, answers=answer(row))
    second = start_calibration(framework=framework, by=by)
    keys = [set(one.judgements.values_list("key", flat=True)) for one in (first, second)]
    assert [len(one) for one in keys] == [3, 3]
    assert len(keys[0] & keys[1]) == 1


def test_a_set_is_finished_with_the_last_case_and_stays_as_it_was(framework):
    by = moderator()
    calibration = start_calibration(framework=framework, by=by)
    rows = list(calibration.judgements.all())
    for row in rows[:-1]:
        lock_training_judgement(judgement=row, by=by, answers=answer(row))
    calibration.refresh_from_db()
    assert calibration.finished_at is None
    save_training_draft(judgement=rows[-1], by=by, answers=Answers({"cl": "1"}, None))
    lock_training_judgement(judgement=rows[-1], by=by, answers=answer(rows[-1]))
    calibration.refresh_from_db()
    assert calibration.finished_at is not None
    with pytest.raises(RefusalError, match="locked your judgement of this training case"):
        lock_training_judgement(judgement=rows[0], by=by, answers=answer(rows[0], "A"))


def test_what_is_missing_or_not_theirs_is_refused(framework):
    by = moderator()
    row = start_calibration(framework=framework, by=by).judgements.first()
    with pytest.raises(RefusalError, match="Choose a level in each area"):
        lock_training_judgement(judgement=row, by=by, answers=Answers({"cl": "1"}, None))
    with pytest.raises(RefusalError, match="Your role does not let you do this"):
        lock_training_judgement(judgement=row, by=moderator(), answers=answer(row))
    for other in (lead(), person(Role.SEND_OFFICER)):
        with pytest.raises(RefusalError):
            start_calibration(framework=framework, by=other)


def test_agreement_is_counted_by_moderator_and_area(framework):
    first, second = moderator(name="Ada"), moderator(name="Bea")
    judge_set(first, framework, right=4)
    judge_set(second, framework, right=5)
    found = {str(one.moderator): one.last.tally for one in everybody_calibrated()}
    assert {name: (one.agreed, one.higher) for name, one in found.items()} == {
        "Ada": (4, 1),
        "Bea": (5, 0),
    }
    # Only “cl” is settled in these training cases.
    assert found["Ada"].areas == {"cl": (5, 5)}


def test_words_that_change_later_leave_a_finished_set_as_it_was(framework):
    by = moderator()
    judge_set(by, framework)
    framework.examples = [training_case(9, band="A")]
    framework.save()
    stands = calibration_of(by, framework)
    assert (stands.last.tally.agreed, stands.last.tally.judged) == (5, 5)


def test_wanting_is_who_has_cases_to_judge_and_may_not(case, framework):
    idle = moderator()
    assert [one.framework for one in wanting_calibration(case.moderator)] == [framework]
    assert wanting_calibration(idle) == []
    judge_set(case.moderator, framework)
    assert wanting_calibration(case.moderator) == []


def test_lapsing_is_reminded_of_before_and_after_once_each(case, framework):
    by, today = case.moderator, timezone.localdate()
    idle = moderator()
    for one in (by, idle):
        finished_days_ago(judge_set(one, framework), 10)
    Notice.objects.all().delete()
    titles = []
    for days in (0, 1, 2, 4, 6, 7):
        tell_of_lapsing(on=today + dt.timedelta(days=days))
        titles.append(Notice.objects.count())
    assert titles == [0, 1, 1, 1, 2, 2], "the fourth day is a Saturday"
    assert set(Notice.objects.values_list("recipient", flat=True)) == {by.pk}
    said = list(Notice.objects.order_by("pk").values_list("title", flat=True))
    assert [" lapses on " in said[0], " lapsed on " in said[1]] == [True, True]


@pytest.mark.parametrize("again", [False, True])
def test_reminder_of_lapsing_is_not_sent_once_a_new_set_is_judged(case, framework, again):
    by = case.moderator
    finished_days_ago(judge_set(by, framework), 13)
    Notice.objects.all().delete()
    tell_of_lapsing(on=timezone.localdate())
    assert Notice.objects.count() == 1
    if again:
        judge_set(by, framework)
    send_notices()
    assert len(mail.outbox) == int(not again)


@pytest.mark.django_db(transaction=True)
def test_eight_who_begin_at_once_begin_one_set():
    framework, by = framework_with_cases(), moderator()
    results = all_at_once(*[lambda: start_calibration(framework=framework, by=by)] * 8)
    assert len({one.pk for one in results}) == 1
    assert (Calibration.objects.count(), TrainingJudgement.objects.count()) == (1, 5)
