"""Who was entered ahead of time comes onto the list of the school on the first day (S10)."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from banding.collections.services import ARRIVALS, follow_arrivals, sync_return_pupils
from banding.models import ReturnPupil
from banding.tasks import put_arrivals_on_lists
from banding_portal.roles import Role
from schools.models import Placement
from schools.services import corrections
from tests.factories import (
    CollectionFactory,
    PlacementFactory,
    PlanFactory,
    PupilFactory,
    SchoolFactory,
    person,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def school():
    """A school that is on the collection because of another pupil."""
    found = SchoolFactory()
    PupilFactory(school=found)
    return found


@pytest.fixture
def collection(school):
    collection = CollectionFactory()
    sync_return_pupils(collection)
    return collection


def placed_from(day, school):
    pupil = PupilFactory()
    PlanFactory(pupil=pupil, start=dt.date(2025, 9, 1))
    PlacementFactory(pupil=pupil, school=school, start=day)
    return pupil


def lists_of(pupil) -> list:
    found = ReturnPupil.objects.filter(pupil=pupil)
    return [row.pupil_return.school for row in found.select_related("pupil_return__school")]


def test_pupil_who_begins_today_comes_onto_the_list(collection, school, today):
    pupil = placed_from(today, school)
    assert lists_of(pupil) == []
    put_arrivals_on_lists()
    assert lists_of(pupil) == [school]


def test_pupil_who_begins_tomorrow_waits(collection, school, today):
    pupil = placed_from(today + DAY, school)
    put_arrivals_on_lists()
    assert lists_of(pupil) == []
    follow_arrivals(on=today)
    assert lists_of(pupil) == []


def test_running_it_twice_puts_nobody_on_twice(collection, school, today):
    pupil = placed_from(today, school)
    put_arrivals_on_lists()
    put_arrivals_on_lists()
    assert ReturnPupil.everything.filter(pupil=pupil).count() == 1


def test_arrivals_of_days_it_did_not_run_are_made_up_for(collection, school, today):
    late = placed_from(today - ARRIVALS + DAY, school)
    assert follow_arrivals(on=today) == 1
    assert lists_of(late) == [school]


def test_those_who_have_long_been_there_are_not_looked_at(collection, school, today):
    placed_from(today - ARRIVALS, school)
    assert follow_arrivals(on=today) == 0


def test_plan_that_begins_today_counts_as_the_placement_does(collection, school, today):
    pupil = PupilFactory()
    PlacementFactory(pupil=pupil, school=school, start=dt.date(2025, 9, 1))
    PlanFactory(pupil=pupil, start=today)
    put_arrivals_on_lists()
    assert lists_of(pupil) == [school]


def test_pupil_who_moves_today_leaves_the_list_of_the_school_before(collection, school, today):
    before = SchoolFactory()
    pupil = PupilFactory(school=before)
    sync_return_pupils(collection)
    Placement.objects.filter(pupil=pupil).update(end=today - DAY)
    PlacementFactory(pupil=pupil, school=school, start=today)
    put_arrivals_on_lists()
    assert lists_of(pupil) == [school]


def test_start_put_right_and_taken_back_is_followed(collection, school, today):
    pupil, by = placed_from(today, school), person(Role.SEND_OFFICER)
    row = pupil.placements.get()
    corrections.remove_placement(placement=row, reason="Another", by=by)
    put_arrivals_on_lists()
    assert lists_of(pupil) == []


def test_it_stands_in_the_schedule():
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert put_arrivals_on_lists.name in tasks
