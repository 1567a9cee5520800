"""Dates to note on the home page: of collections, training and information sheets, by role."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from schools.information_sheets.board import DATES, board_of
from tests.factories import CollectionFactory, ReturnFactory, SchoolFactory, person
from tests.pages import flat
from tests.schools.sheets import published_sheet
from tests.schools.training import place, soon, training

pytestmark = pytest.mark.django_db
TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)


@pytest.fixture
def collection():
    return CollectionFactory(
        name="Autumn banding",
        opens_on=TODAY - DAY,
        deadline=TODAY + 9 * DAY,
        feedback_on=TODAY + 30 * DAY,
    )


def dates_of(user):
    return [(note.on, note.text) for note in board_of(user).dates]


def test_days_of_a_collection_for_who_takes_part_or_follows(collection):
    school = SchoolFactory()
    ReturnFactory(collection=collection, school=school)
    days = [
        (collection.deadline, "Autumn banding: Deadline"),
        (collection.feedback_on, "Autumn banding: Feedback to schools"),
    ]
    for role in (Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE, Role.INCLUSION_PARTNER):
        assert dates_of(person(role, school=school)) == days
    for role in (Role.SEND_OFFICER, Role.ADMINISTRATOR):
        assert dates_of(person(role)) == days
    assert dates_of(person(Role.SENCO, school=SchoolFactory())) == []


def test_training_one_has_a_place_at():
    senco = person(Role.SENCO, school=SchoolFactory())
    session = training(title="Descriptors", starts_at=soon())
    place(session, senco)
    training(title="Another one")
    ((on, text),) = dates_of(senco)
    assert on == timezone.localdate(session.starts_at)
    assert text.startswith("Live session: Descriptors, at ")


def test_the_next_of_all_come_first_and_the_same_once(collection):
    lines = f"{collection.deadline:%d %m %Y}: Autumn banding: Deadline"
    for days in range(1, DATES + 1):
        lines += f"\n{TODAY + days * DAY:%d %m %Y}: Day {days}"
    published_sheet(lines=lines)
    found = dates_of(person(Role.SEND_OFFICER))
    assert [text for _, text in found] == [f"Day {days}" for days in range(1, DATES + 1)]
    assert DATES < 9


def test_they_stand_on_home_with_the_way_to_the_calendar(client, collection):
    client.force_login(person(Role.SEND_OFFICER))
    page = flat(client.get("/").text)
    assert "Autumn banding: Deadline" in page
    assert reverse("banding:calendar_feed") in page
