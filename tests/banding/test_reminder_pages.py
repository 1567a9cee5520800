"""The page of a collection's reminders."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import ReminderState
from banding.reminders.overview import Planned, next_reminder, reminders_of, state_of_reminder
from banding.reminders.selectors import due_reminders
from banding.reminders.services import promise, send_due_reminders
from banding.reminders.steps import standard_step
from banding_portal.roles import Role
from tests.banding.reminded import DEADLINE, WEEK_BEFORE, collection_due, owing_return
from tests.factories import ReturnFactory, SchoolFactory


def page_of(collection):
    return reverse("banding:reminder_list", args=[collection.pk])


@pytest.mark.django_db
def test_page_shows_what_was_sent_to_whom(sign_in):
    collection = collection_due()
    pupil_return, senco, _ = owing_return(collection, school=SchoolFactory(name="Alderbrook"))
    send_due_reminders(WEEK_BEFORE)
    response = sign_in(Role.SEND_OFFICER).get(page_of(collection))
    [row] = response.context["rows"]
    assert (row["reminder"].recipient, row["state"], row["when"]) == (
        senco,
        ReminderState.SENT,
        "7 days before",
    )
    text = response.content.decode()
    assert "Sam Carter" in text
    assert "Alderbrook" in text
    assert pupil_return.pupils.get().pupil.surname not in text


@pytest.mark.django_db
def test_page_previews_the_next_reminder(sign_in):
    day = timezone.localdate() + dt.timedelta(days=30)
    collection = collection_due(day, name="Autumn round", opens_on=timezone.localdate())
    owing_return(collection)
    response = sign_in(Role.ADMINISTRATOR).get(page_of(collection))
    preview = response.context["preview"]
    assert preview["mail"].subject.startswith("Autumn round: due in 2")
    assert preview["day"] > timezone.localdate()


@pytest.mark.django_db
def test_page_of_a_collection_without_reminders_says_what_will_come(sign_in):
    collection = collection_due(reminder_offsets=[])
    response = sign_in(Role.AUDITOR).get(page_of(collection))
    assert response.context["preview"] is None
    assert b"No reminders planned" in response.content
    assert b"No reminders yet" in response.content


@pytest.mark.django_db
def test_page_names_schools_with_nobody_to_remind(sign_in):
    collection = collection_due()
    ReturnFactory(collection=collection, school=SchoolFactory(name="Lonely School"))
    response = sign_in(Role.SEND_OFFICER).get(page_of(collection))
    assert b"Lonely School" in response.content


@pytest.mark.django_db
def test_page_is_not_for_schools(sign_in, school):
    collection = collection_due()
    assert sign_in(Role.SENCO, school=school).get(page_of(collection)).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_queries(sign_in, django_assert_num_queries, count):
    collection = collection_due()
    for _ in range(count):
        owing_return(collection)
    send_due_reminders(DEADLINE)
    client = sign_in(Role.SEND_OFFICER)
    with django_assert_num_queries(QUERIES):
        client.get(page_of(collection))


QUERIES = 16


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, ReminderState.WAITING),
        ({"attempts": 1}, ReminderState.WAITING),
        ({"attempts": 2}, ReminderState.UNCERTAIN),
        ({"attempts": 8, "refusals": 8}, ReminderState.REFUSED),
        ({"attempts": 2, "sent_at": timezone.now()}, ReminderState.SENT),
        ({"due_on": dt.date(2026, 11, 2)}, ReminderState.MISSED),
    ],
)
def test_state_of_a_reminder(fields, state):
    pupil_return, *_ = owing_return()
    promise(due_reminders(WEEK_BEFORE))
    collection = pupil_return.collection
    collection.reminders.update(**fields)
    assert state_of_reminder(reminders_of(collection).get(), WEEK_BEFORE) == state


@pytest.mark.django_db
def test_reminder_overtaken_by_a_later_one_does_not_wait():
    pupil_return, senco, _ = owing_return()
    promise(due_reminders(dt.date(2026, 11, 27)))
    promise(due_reminders(DEADLINE))
    found = {r.offset: r for r in reminders_of(pupil_return.collection).filter(recipient=senco)}
    states = {offset: state_of_reminder(each, DEADLINE) for offset, each in found.items()}
    assert states == {-2: ReminderState.MISSED, 0: ReminderState.WAITING}


@pytest.mark.parametrize(
    ("day", "offset", "when"),
    [
        (dt.date(2026, 11, 27), -7, "7 days before"),
        (dt.date(2026, 12, 4), 0, "the deadline"),
        (dt.date(2026, 12, 4), 1, "1 day after, on the working day before that"),
        (dt.date(2026, 11, 11), -21, "21 days before, on the working day before that"),
        (dt.date(2026, 12, 9), 5, "5 days after"),
    ],
)
def test_reminder_is_named_as_it_was_planned_and_says_that_its_day_moved(day, offset, when):
    given = {"step": standard_step(offset), "sent": 0, "is_past": False}
    assert Planned(day=day, deadline=dt.date(2026, 12, 4), **given).when == when


@pytest.mark.django_db
def test_what_has_gone_out_today_is_not_the_next_reminder():
    collection = collection_due()
    owing_return(collection)
    send_due_reminders(WEEK_BEFORE)
    (_, following, _) = next_reminder(collection, WEEK_BEFORE)
    assert following > WEEK_BEFORE
