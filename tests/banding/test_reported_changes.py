"""What counts as reported and not accepted yet, and since which day (B12)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.changes.selectors import ReportedChange, reported_changes
from banding.joiners.selectors import joiners_told_by
from banding.joiners.services import refuse_joiner
from banding.models import Joiner, ReturnPupil
from banding.returns.services import accept_return, return_for_correction
from banding_portal.roles import Role
from tests.factories import CollectionFactory, ReturnFactory, ReturnPupilFactory, person
from tests.reporting import joiner_of, reported, submit

pytestmark = pytest.mark.django_db
REFERENCE = dt.date(2026, 10, 1)
LEFT_ON = dt.date(2026, 11, 17)
FAR = dt.date(2030, 1, 1)


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


def report(change: str, **fields) -> ReturnPupil:
    collection = CollectionFactory(reference_date=REFERENCE)
    return reported(change, ReturnFactory(collection=collection), **fields)


@pytest.mark.parametrize(
    ("change", "day", "since"),
    [
        ("left", LEFT_ON, dt.date(2026, 11, 18)),
        ("not_ours", None, REFERENCE),
        ("no_band", None, REFERENCE),
    ],
)
def test_reported_change_counts_since_its_day(change, day, since):
    row = report(change, change_date=day)
    school = row.pupil_return.school_id
    assert reported_changes(FAR) == [ReportedChange(change, row.pupil_id, school, since)]
    assert reported_changes(since) == reported_changes(FAR)
    assert reported_changes(since - dt.timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("year_group", "since"),
    [
        (6, dt.date(2027, 9, 1)),
        (7, dt.date(2026, 9, 1)),
        (8, dt.date(2026, 9, 1)),
        (3, dt.date(2027, 9, 1)),
    ],
    ids=["last", "past it", "long past it", "before it"],
)
def test_staying_on_counts_since_the_september_it_is_about(year_group, since):
    """The school of the factory ends with Year 6."""
    row = report("staying_on")
    type(row.pupil).objects.filter(pk=row.pupil_id).update(
        recorded_year_group=year_group, recorded_for=2026
    )
    assert [each.since for each in reported_changes(FAR)] == [since]


def test_staying_on_at_a_school_of_unknown_ages_counts_from_next_september():
    row = report("staying_on")
    type(row.pupil_return.school).objects.update(low_age=None, high_age=None)
    assert [each.since for each in reported_changes(FAR)] == [dt.date(2027, 9, 1)]


def test_pupil_with_a_band_reports_nothing():
    row = ReturnPupilFactory()
    submit(row.pupil_return)
    assert reported_changes(FAR) == []


@pytest.mark.parametrize("state", ["not_started", "in_progress", "returned"])
def test_return_that_is_with_its_school_reports_nothing(state):
    row = report("left", change_date=LEFT_ON)
    type(row.pupil_return).objects.update(state=state)
    assert reported_changes(FAR) == []


def test_accepted_is_reported_no_longer(officer):
    row = report("left", change_date=LEFT_ON)
    accept_return(pupil_return=row.pupil_return, by=officer)
    assert reported_changes(FAR) == []


def test_sent_back_is_reported_no_longer(officer):
    row = report("not_ours")
    return_for_correction(pupil_return=row.pupil_return, by=officer, reason="It is yours.")
    assert reported_changes(FAR) == []


def test_pupil_taken_off_the_list_is_not_reported():
    row = report("no_band")
    ReturnPupil.everything.filter(pk=row.pk).update(off_since=timezone.now())
    assert reported_changes(FAR) == []


def test_reports_come_in_one_order():
    report("not_ours")
    report("left", change_date=LEFT_ON)
    report("no_band")
    assert [each.change for each in reported_changes(FAR)] == ["left", "no_band", "not_ours"]


def test_joiner_is_told_from_the_day_they_joined(db):
    joiner = joiner_of(ReturnFactory(), LEFT_ON)
    assert list(joiners_told_by(LEFT_ON)) == [joiner]
    assert list(joiners_told_by(LEFT_ON - dt.timedelta(days=1))) == []


def test_joiner_is_told_while_the_return_is_open(db):
    pupil_return = ReturnFactory()
    joiner = joiner_of(pupil_return, LEFT_ON)
    assert pupil_return.state == "not_started"
    assert list(joiners_told_by(FAR)) == [joiner]


def test_joiner_who_was_refused_is_told_no_longer(officer):
    joiner = joiner_of(ReturnFactory(), LEFT_ON)
    refuse_joiner(joiner=joiner, by=officer, note="At another school.")
    assert list(joiners_told_by(FAR)) == []


@pytest.mark.parametrize("state", ["draft", "placed"])
def test_joiner_who_does_not_wait_is_not_told(state):
    joiner_of(ReturnFactory(), LEFT_ON)
    Joiner.objects.update(state=state)
    assert list(joiners_told_by(FAR)) == []


def test_number_of_queries_does_not_grow(django_assert_num_queries):
    for change in ("staying_on", "staying_on", "no_band", "not_ours"):
        report(change)
    joiner_of(ReturnFactory(), LEFT_ON)
    joiner_of(ReturnFactory(), LEFT_ON, surname="Second")
    with django_assert_num_queries(3):
        assert len(reported_changes(FAR)) == 4
    with django_assert_num_queries(1):
        assert len([joiner.school_id for joiner in joiners_told_by(FAR)]) == 2
