"""Placements follow the links between schools in order of date, each school its days (S1)."""

import datetime as dt

import pytest

from schools.choices import SchoolStatus
from schools.models import SchoolLink
from schools.services.successors import carry_placements
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db
SINCE, FOREVER = dt.date(2025, 9, 1), None
FIRST_CLOSED, SECOND_CLOSED = dt.date(2026, 8, 31), dt.date(2026, 12, 31)
DAY = dt.timedelta(days=1)


def became(old, new):
    SchoolLink.objects.create(school=old, linked_urn=new.urn, kind="Successor")


@pytest.fixture
def first():
    return SchoolFactory(name="First", status=SchoolStatus.CLOSED, closed_on=FIRST_CLOSED)


@pytest.fixture
def second(first):
    school = SchoolFactory(
        name="Second",
        status=SchoolStatus.CLOSED,
        opened_on=FIRST_CLOSED + DAY,
        closed_on=SECOND_CLOSED,
    )
    became(first, school)
    return school


@pytest.fixture
def third(second):
    school = SchoolFactory(name="Third", opened_on=SECOND_CLOSED + DAY)
    became(second, school)
    return school


def placed(pupil):
    return [(p.school.name, p.start, p.end) for p in pupil.placements.order_by("start")]


def carried(pupil):
    carry_placements()
    return placed(pupil)


def test_two_conversions_at_once_give_each_school_its_own_days(first, third):
    assert carried(PupilFactory(school=first)) == [
        ("First", SINCE, FIRST_CLOSED),
        ("Second", FIRST_CLOSED + DAY, SECOND_CLOSED),
        ("Third", SECOND_CLOSED + DAY, FOREVER),
    ]


def test_who_leaves_in_the_days_of_the_second_never_comes_to_the_third(first, third):
    last = dt.date(2026, 10, 31)
    pupil = PupilFactory(school=None)
    PlacementFactory(pupil=pupil, school=first, start=SINCE, end=last)
    assert carried(pupil)[1:] == [("Second", FIRST_CLOSED + DAY, last)]


def test_who_began_when_the_first_had_closed_was_at_the_second_only(first, third):
    begun = dt.date(2026, 11, 1)
    pupil = PupilFactory(school=None)
    PlacementFactory(pupil=pupil, school=first, start=begun)
    assert carried(pupil) == [
        ("Second", begun, SECOND_CLOSED),
        ("Third", SECOND_CLOSED + DAY, FOREVER),
    ]


def test_nobody_is_placed_before_the_successor_opened(second):
    """The days between are without a school, which every run says."""
    third = SchoolFactory(name="Third", opened_on=dt.date(2027, 2, 1))
    became(second, third)
    pupil = PupilFactory(school=None)
    PlacementFactory(pupil=pupil, school=second, start=SINCE)
    assert carried(pupil)[-1] == ("Third", dt.date(2027, 2, 1), FOREVER)


def test_place_planned_at_the_successor_leaves_no_days_between(first):
    academy = SchoolFactory(name="Academy", opened_on=FIRST_CLOSED + DAY)
    became(first, academy)
    pupil, planned = PupilFactory(school=first), dt.date(2027, 9, 1)
    PlacementFactory(pupil=pupil, school=academy, start=planned)
    assert carried(pupil)[1:] == [
        ("Academy", FIRST_CLOSED + DAY, planned - DAY),
        ("Academy", planned, FOREVER),
    ]


def test_place_there_from_the_first_day_stays_as_it_is(first):
    academy = SchoolFactory(name="Academy", opened_on=FIRST_CLOSED + DAY)
    became(first, academy)
    pupil = PupilFactory(school=first)
    PlacementFactory(pupil=pupil, school=academy, start=FIRST_CLOSED + DAY)
    assert carried(pupil)[1:] == [("Academy", FIRST_CLOSED + DAY, FOREVER)]


def test_carrying_twice_changes_nothing(first, third):
    pupil = PupilFactory(school=first)
    assert carried(pupil) == carried(pupil)
