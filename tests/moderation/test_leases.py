"""A case that nobody begins in time is taken back; how long judging takes (M4)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from moderation.choices import CaseState
from moderation.due import due_items
from moderation.leases.rules import lapsed_if_given_by, last_day
from moderation.leases.services import take_back_lapsed
from moderation.models import Case, CaseOpening, Judgement
from moderation.selectors.progress import work_by_moderator
from moderation.services.assignment import assign_case
from moderation.services.judgements import save_draft
from tests.factories import CollectionFactory
from tests.moderation.world import answers, decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def long_ago(case, **fields):
    at = timezone.now() - dt.timedelta(days=40)
    Case.objects.filter(pk=case.pk).update(**{"given_at": at} | fields)
    case.refresh_from_db()
    return case


def test_last_day_leaves_out_weekends_and_the_day_of_giving():
    friday = dt.date(2026, 11, 6)
    assert last_day(friday, 10) == dt.date(2026, 11, 20)
    assert lapsed_if_given_by(dt.date(2026, 11, 20), 10) == dt.date(2026, 11, 5)
    # What is given on the weekend is begun by the same day.
    assert lapsed_if_given_by(dt.date(2026, 11, 21), 10) == dt.date(2026, 11, 8)


def test_database_dates_the_giving_and_a_second_who_moves_up_keeps_their_day(case, school):
    assert case.given_at is None
    case.refresh_from_db()
    assert case.given_at is not None
    second = moderator(school.quadrant)
    assign_case(case=case, by=lead(), moderator=case.moderator, second=second)
    earlier = timezone.now() - dt.timedelta(days=3)
    Case.objects.filter(pk=case.pk).update(second_given_at=earlier)
    assign_case(case=case, by=lead(), moderator=second, second=None)
    case.refresh_from_db()
    assert (case.given_at, case.second_given_at) == (earlier, None)


def test_case_that_was_not_begun_in_time_is_taken_back(case):
    long_ago(case)
    assert take_back_lapsed(sample=case.sample, by=lead()) == 1
    case.refresh_from_db()
    assert (case.state, case.moderator, case.given_at) == (CaseState.UNASSIGNED, None, None)


def test_only_the_judge_who_has_not_begun_loses_the_case(case, school):
    second = moderator(school.quadrant)
    assign_case(case=case, by=lead(), moderator=case.moderator, second=second)
    first = case.moderator
    judge(case, first)
    long_ago(case, second_given_at=timezone.now() - dt.timedelta(days=40))
    assert take_back_lapsed(sample=case.sample, by=lead()) == 1
    case.refresh_from_db()
    assert (case.state, case.moderator, case.second_moderator) == (CaseState.JUDGED, first, None)


def test_who_has_begun_keeps_the_case_and_what_they_typed(case):
    save_draft(case=case, by=case.moderator, answers=answers(case))
    long_ago(case)
    with pytest.raises(RefusalError, match="Nobody has kept a case too long"):
        take_back_lapsed(sample=case.sample, by=lead())
    assert Judgement.objects.filter(case=case).exists()


def test_case_in_time_is_not_taken_back(case):
    with pytest.raises(RefusalError, match="Nobody has kept a case too long"):
        take_back_lapsed(sample=case.sample, by=lead())


def titles(person):
    return {item.title: item for item in due_items(person)}


def test_home_says_by_when_and_the_lead_what_was_kept_too_long(case):
    boss = lead()
    assert titles(case.moderator)["Cases to judge"].due_on > timezone.localdate()
    assert "Cases kept too long" not in titles(boss)
    long_ago(case)
    assert titles(case.moderator)["Cases to judge"].due_on < timezone.localdate()
    assert "Cases kept too long" in titles(boss)


def test_lead_takes_cases_back_by_a_button(client, case):
    boss = lead()
    client.force_login(boss)
    sample = reverse("moderation:sample_detail", args=[case.sample_id])
    words = "Take back the cases nobody has begun in time"
    assert words not in client.get(sample).text
    long_ago(case)
    assert words in client.get(sample).text
    url = reverse("moderation:cases_take_back", args=[case.sample_id])
    assert "1 case taken back" in client.post(url, follow=True).text


def test_minutes_run_from_opening_to_locking(client, case):
    client.force_login(case.moderator)
    url = reverse("moderation:case_detail", args=[case.pk])
    client.get(url)
    client.get(url)
    judge(case, case.moderator)
    [work] = work_by_moderator(case.sample)
    assert work.minutes == 1
    for took, told in ((25, 25), (60 * 5, None)):
        opened = Judgement.objects.get().locked_at - dt.timedelta(minutes=took)
        CaseOpening.objects.update(first_at=opened)
        assert work_by_moderator(case.sample)[0].minutes == told
