"""Who is due a reminder on which day (rules.md R1)."""

import datetime as dt

import pytest

from banding.choices import RecipientKind, ReturnState
from banding.reminders.overview import marks_of, planned_reminders, schools_with_nobody
from banding.reminders.selectors import due_reminders
from banding_portal.roles import Role
from tests.banding.reminded import DAY_AFTER, DEADLINE, WEEK_BEFORE, collection_due, owing_return
from tests.factories import ReturnFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db

FRIDAY = dt.date(2026, 11, 27)


def due_on(day):
    """Offset and recipient of each reminder due, in order."""
    return sorted((each.offset, each.recipient_id) for each in due_reminders(day))


def test_senco_alone_before_the_deadline():
    _, senco, _ = owing_return()
    assert due_on(WEEK_BEFORE) == [(-7, senco.pk)]


def test_headteacher_too_from_the_deadline_on():
    _, senco, head = owing_return()
    assert due_on(DEADLINE) == sorted([(0, senco.pk), (0, head.pk)])


def test_digest_to_the_authority_the_day_after():
    _, senco, head = owing_return()
    officer, administrator = person(Role.SEND_OFFICER), person(Role.ADMINISTRATOR)
    person(Role.FINANCE_OFFICER)
    everybody = [senco, head, officer, administrator]
    assert due_on(DAY_AFTER) == sorted((1, each.pk) for each in everybody)


def test_weekend_moves_to_the_working_day_before():
    _, senco, _ = owing_return(collection_due(dt.date(2026, 11, 29)))
    # Sunday's −7 is on Friday 20 November.
    assert due_on(dt.date(2026, 11, 20)) == [(-7, senco.pk)]
    assert due_on(dt.date(2026, 11, 22)) == []


def test_deadline_on_friday_means_one_reminder_that_day():
    """Both 0 and +1 fall on it; nobody gets two emails."""
    _, senco, head = owing_return(collection_due(FRIDAY))
    officer = person(Role.SEND_OFFICER)
    assert due_on(FRIDAY) == sorted((1, each.pk) for each in (senco, head, officer))


def test_nothing_between_two_reminders_after_the_first_was_of_use():
    owing_return()
    # −21 is on 9 November, of use until the 16th; −7 follows on the 23rd.
    assert len(due_on(dt.date(2026, 11, 16))) == 1
    assert due_on(dt.date(2026, 11, 17)) == []


def test_outage_ends_with_the_newest_alone():
    _, senco, _ = owing_return(collection_due(DEADLINE, reminder_offsets=[-21, -20, -18, -7]))
    assert due_on(dt.date(2026, 11, 13)) == [(-18, senco.pk)]


def test_nothing_from_before_the_collection_opened():
    owing_return(collection_due(opens_on=dt.date(2026, 11, 10)))
    assert due_on(dt.date(2026, 11, 10)) == []


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.ACCEPTED])
def test_school_that_owes_nothing_gets_none(state):
    collection, officer = collection_due(), person(Role.SEND_OFFICER)
    by, now = {"submitted_by": officer}, {"submitted_at": dt.datetime.now(dt.UTC)}
    owing_return(collection, state=state, **by, **now)
    assert due_on(DAY_AFTER) == []


def test_school_sent_back_for_correction_owes_again():
    _, senco, _ = owing_return(state=ReturnState.RETURNED)
    assert due_on(WEEK_BEFORE) == [(-7, senco.pk)]


def test_extension_moves_the_school_not_the_others():
    collection = collection_due()
    _, senco, _ = owing_return(collection)
    _, later, _ = owing_return(collection, extended_to=dt.date(2026, 12, 14))
    assert due_on(WEEK_BEFORE) == sorted([(-7, senco.pk), (-21, later.pk)])
    assert (-7, later.pk) in due_on(dt.date(2026, 12, 7))


def test_no_digest_while_every_school_left_has_more_time():
    owing_return(extended_to=dt.date(2026, 12, 14))
    person(Role.SEND_OFFICER)
    assert due_on(DAY_AFTER) == []


@pytest.mark.parametrize(
    "fields", [{"closed_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)}, {"opens_on": DEADLINE}]
)
def test_collection_not_open_reminds_nobody(fields):
    owing_return(collection_due(**fields))
    assert due_on(WEEK_BEFORE) == []


def test_people_who_left_or_may_not_sign_in_get_none():
    _, senco, _ = owing_return()
    senco.memberships.update(ended_on=dt.date(2026, 11, 1))
    _, other, _ = owing_return()
    other.is_active = False
    other.save()
    assert due_on(WEEK_BEFORE) == []


def test_senco_who_is_headteacher_too_gets_one_as_senco():
    pupil_return = ReturnFactory(collection=collection_due())
    both = person(Role.HEADTEACHER, school=pupil_return.school)
    both.memberships.create(role=Role.SENCO, school=pupil_return.school)
    assert [each.recipient_kind for each in due_reminders(DEADLINE)] == [RecipientKind.SENCO]


def test_schools_with_nobody_are_those_without_a_senco():
    collection = collection_due()
    owing_return(collection)
    lonely = ReturnFactory(collection=collection, school=SchoolFactory(name="Lonely School"))
    person(Role.HEADTEACHER, school=lonely.school)
    assert schools_with_nobody(collection) == [lonely.school]


def test_planned_reminders_say_of_two_on_one_day_which_one_goes():
    collection = collection_due(FRIDAY)
    planned = planned_reminders(collection, dt.date(2026, 11, 20))
    assert [(each.day.day, each.step.offset, each.state_words) for each in planned] == [
        (6, -21, "Not sent"),
        (20, -7, "Planned"),
        (25, -2, "Planned"),
        (27, 0, "The next goes instead"),
        (27, 1, "Planned"),
        (2, 5, "Planned"),
    ]
    assert planned[4].step.who == "SENCO, Headteacher, Authority’s digest"
    kinds = [(day.day, mark.short, mark.kind) for day, mark in marks_of(collection, planned)]
    assert kinds[1:3] == [(6, "−21", "missed"), (20, "−7", "planned")]
    assert (27, "0", "missed") in kinds


@pytest.mark.django_db
def test_earlier_one_of_a_day_goes_to_whom_the_later_one_leaves_out():
    collection = collection_due(FRIDAY)
    collection.reminder_steps.create(offset=1, recipients=["authority"])
    planned = planned_reminders(collection, dt.date(2026, 11, 20))
    states = {each.step.offset: each.state_words for each in planned}
    assert (states[0], states[1]) == ("Planned", "Planned")
