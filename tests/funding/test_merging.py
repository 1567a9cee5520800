"""Money where two records of a child are merged: published stays, the next run adjusts (F8)."""

import datetime as dt

import pytest
from django.db.models import Sum

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line
from funding.services.runs import calculate_run
from schools.services.merges import merge_pupils, undo_merge
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def twice():
    """One child with two records at one school, both funded."""
    set_value()
    school = SchoolFactory()
    return funded_pupil(school=school), funded_pupil(school=school)


def total(*runs):
    return Line.objects.filter(run__in=runs).aggregate(sum=Sum("amount"))["sum"] or 0


def merge(pupils, by):
    return merge_pupils(kept=pupils[0], dropped=pupils[1], reason="Same child", by=by)


def test_child_paid_twice_is_paid_once_after_the_next_run(twice, officer):
    period = PeriodFactory()
    first = published(period)
    lines = list(Line.objects.filter(run=first).values_list("pk", "pupil", "amount"))
    merge(twice, officer)
    assert list(Line.objects.filter(run=first).values_list("pk", "pupil", "amount")) == lines
    second = published(period)
    assert total(first, second) == total(first) / 2
    [adjustment] = Line.objects.filter(run=second)
    assert (adjustment.pupil, adjustment.amount) == (twice[0], -total(first) / 2)


def test_merge_before_a_run_pays_once(twice, officer):
    merge(twice, officer)
    run = published()
    assert Line.objects.filter(run=run).count() == 1


def test_third_run_has_nothing_to_adjust(twice, officer):
    period = PeriodFactory()
    published(period)
    merge(twice, officer)
    published(period)
    assert not Line.objects.filter(run=published(period)).exists()


def test_two_schools_are_paid_each_its_days(officer):
    set_value()
    one, other = funded_pupil(), funded_pupil(start=dt.date(2026, 11, 2))
    merge((one, other), officer)
    run = calculate_run(period=PeriodFactory(), by=person(Role.FINANCE_OFFICER))
    assert run.exceptions.count() == 1
    assert {line.pupil for line in Line.objects.filter(run=run)} == {one}


def test_merge_taken_back_before_a_run_changes_nothing(twice, officer):
    period = PeriodFactory()
    first = published(period)
    undo_merge(merge=merge(twice, officer), by=officer)
    assert not Line.objects.filter(run=published(period)).exists()
    assert total(first) > 0


def test_run_published_since_keeps_it_from_being_undone(twice, officer):
    done = merge(twice, officer)
    published()
    with pytest.raises(RefusalError, match="has been published with the two as one"):
        undo_merge(merge=done, by=officer)


def test_officer_is_told_what_is_published(twice, officer):
    published()
    done = merge(twice, officer)
    assert "Published runs pay the other record too" in " ".join(done.said)


@pytest.mark.django_db(transaction=True)
def test_merge_against_calculation(twice, officer):
    """The run pays two records or one child, never half of it."""
    period, finance = PeriodFactory(), person(Role.FINANCE_OFFICER)
    answers = at_once(
        [lambda: merge(twice, officer), lambda: calculate_run(period=period, by=finance)]
    )
    assert not any(isinstance(each, Exception) for each in answers), answers
    run = answers[1]
    lines = Line.objects.filter(run=run)
    assert lines.count() in (1, 2)
    assert lines.filter(pupil=twice[0]).count() == 1
