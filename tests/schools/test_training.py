"""Training: the rule, signing up, the waiting list, who was there, where nobody is trained."""

import pytest
from django.utils import timezone

from banding_portal.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import PlaceState, TrainingKind
from schools.models import Place, TrainingSession
from schools.training.due import training_items
from schools.training.rules import problems_of, state_for, to_move_up
from schools.training.selectors import untrained_matching
from schools.training.services import (
    answer_question,
    cancel_training,
    change_training,
    give_up_place,
    note_attendance,
    plan_training,
    remind_untrained,
    sign_up,
)
from tests.banding.races import at_once
from tests.factories import PupilFactory, SchoolFactory, UserFactory, person
from tests.schools.training import place, planned, soon, trained, training

BOOKED, WAITING = PlaceState.BOOKED, PlaceState.WAITING


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def school():
    return SchoolFactory(name="Alderbrook")


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"starts_at": None}, "starts_on"),
        ({"question": "Why?"}, "question"),
        ({"kind": "recording"}, None),
        ({"kind": "recording", "question": ""}, "question"),
        ({"kind": "recording", "answers": ["One"]}, "answers"),
        ({"kind": "recording", "answers": ["One", "one"]}, "answers"),
        ({"kind": "recording", "answers": list("abcdef")}, "answers"),
        ({"kind": "recording", "places": 3}, "places"),
        ({"kind": "recording", "starts_at": soon()}, "starts_on"),
    ],
)
def test_session_has_a_time_and_a_recording_a_question(given, field):
    assert list(problems_of(planned(**given))) == ([field] if field else [])


@pytest.mark.parametrize(
    ("places", "booked", "state"), [(None, 99, BOOKED), (2, 1, BOOKED), (2, 2, WAITING)]
)
def test_place_or_waiting_list(places, booked, state):
    assert state_for(places, booked) == state


@pytest.mark.parametrize(
    ("places", "booked", "waiting", "count"),
    [(None, 3, 4, 4), (3, 3, 4, 0), (5, 3, 4, 2), (9, 3, 4, 4), (2, 3, 4, 0)],
)
def test_so_many_move_up(places, booked, waiting, count):
    assert to_move_up(places, booked, waiting) == count


@pytest.mark.django_db
def test_the_first_who_waits_gets_the_place_given_up_and_is_told():
    session = training(places=1)
    first, second, third = (person(Role.SENCO, school=SchoolFactory()) for _ in range(3))
    states = [sign_up(session=session, preferred="after", by=each).state
              for each in (first, second, third)]  # fmt: skip
    assert states == [BOOKED, WAITING, WAITING]
    give_up_place(session=session, by=first)
    assert dict(session.taken.values_list("person", "state")) == {
        first.pk: PlaceState.GIVEN_UP,
        second.pk: BOOKED,
        third.pk: WAITING,
    }
    told = Notice.objects.get()
    assert told.recipient == second
    assert told.title.startswith("You have a place: The descriptors, ")


@pytest.mark.django_db
def test_who_signs_up_again_waits_behind_the_others():
    session = training(places=1)
    first, second = (person(Role.SENCO, school=SchoolFactory()) for _ in range(2))
    for each in (first, second):
        sign_up(session=session, preferred="after", by=each)
    give_up_place(session=session, by=first)
    assert sign_up(session=session, preferred="before", by=first).state == WAITING
    assert Place.objects.count() == 2


@pytest.mark.django_db
def test_nobody_signs_up_twice_for_what_is_over_cancelled_or_for_others(senco, officer):
    session = training()
    sign_up(session=session, preferred="after", by=senco)
    others = training(roles=[Role.AUDITOR])
    cancelled = training()
    cancel_training(session=cancelled, reason="Snow", by=officer)
    for each in (session, others, cancelled, training(starts_at=soon(-1))):
        with pytest.raises(RefusalError):
            sign_up(session=each, preferred="after", by=senco)
    assert Place.objects.count() == 1


@pytest.mark.django_db
def test_change_of_time_is_told_and_more_places_go_to_those_who_wait(senco, officer):
    session = training(places=1)
    other = person(Role.SENCO, school=SchoolFactory())
    for each in (senco, other):
        sign_up(session=session, preferred="after", by=each)
    change_training(session=session, planned=planned(starts_at=soon(9), places=2), by=officer)
    assert not session.taken.filter(state=WAITING).exists()
    titles = sorted(title.split(":")[0] for title in Notice.objects.values_list("title", flat=True))
    assert titles == ["Changed", "Changed", "You have a place"]


@pytest.mark.django_db
def test_cancelling_tells_whoever_signed_up(senco, officer):
    session = training()
    sign_up(session=session, preferred="after", by=senco)
    cancel_training(session=session, reason="Snow", by=officer)
    assert Notice.objects.get().recipient == senco
    with pytest.raises(RefusalError):
        cancel_training(session=session, reason="Twice", by=officer)


@pytest.mark.django_db
def test_session_stays_what_it_is_and_lies_ahead(officer):
    with pytest.raises(RefusalError, match="lie ahead"):
        plan_training(planned=planned(starts_at=soon(-1)), by=officer)
    with pytest.raises(RefusalError, match="cannot become"):
        change_training(session=training(), planned=planned(kind="recording"), by=officer)
    assert TrainingSession.objects.count() == 1


@pytest.mark.django_db
def test_recording_counts_as_watched_by_the_right_answer_alone(senco):
    recording = training(kind="recording")
    with pytest.raises(RefusalError, match="not the right answer"):
        answer_question(session=recording, answer="Blue", by=senco)
    assert not Place.objects.exists()
    assert answer_question(session=recording, answer="Green", by=senco).done_at
    with pytest.raises(RefusalError, match="watched it already"):
        answer_question(session=recording, answer="Green", by=senco)


@pytest.mark.django_db
def test_attendance_is_noted_once_it_has_begun_and_put_right(senco, officer):
    ahead = place(training(), senco)
    with pytest.raises(RefusalError, match="has not begun"):
        note_attendance(session=ahead.session, there=[senco.pk], by=officer)
    over = training(starts_at=soon(-1))
    taken, other = place(over, senco), place(over, officer)
    waited = place(over, UserFactory(), state=WAITING)
    for there in ([senco], [officer], [senco, officer, waited.person], []):
        noted = note_attendance(session=over, there=[each.pk for each in there], by=officer)
        assert noted == len(there) - (waited.person in there)
        for one in (taken, other):
            one.refresh_from_db()
            was_there = one.person in there
            assert (one.done_at is not None, one.missed) == (was_there, not was_there)
    waited.refresh_from_db()
    assert (waited.done_at, waited.missed) == (None, False)


@pytest.mark.django_db
def test_attendance_of_a_cancelled_session_is_not_noted(senco, officer):
    lonely = training(starts_at=soon(-1))
    place(lonely, senco)
    TrainingSession.objects.update(cancelled_because="The trainer is ill.")
    with pytest.raises(RefusalError, match="has been cancelled"):
        note_attendance(session=lonely, there=[senco.pk], by=officer)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [each for each in TrainingKind if each != "recording"])
def test_school_is_trained_by_who_works_there_today(school, senco, officer, kind):
    PupilFactory(school=school)
    trained(senco, kind=kind)
    teaches = kind not in {"drop_in", "forum"}
    assert list(untrained_matching(officer, {})) == ([] if teaches else [school])
    senco.memberships.update(ended_on=timezone.localdate())
    assert list(untrained_matching(officer, {})) == [school]


@pytest.mark.django_db
def test_schools_with_nobody_trained_are_reminded_once_a_day(school, senco, officer):
    PupilFactory(school=school)
    with pytest.raises(RefusalError, match="nothing to go to"):
        remind_untrained(wanted={}, by=officer)
    training(kind="recording")
    reminded = [remind_untrained(wanted={}, by=officer) for _ in range(2)]
    assert [(each.now, each.before, each.nobody) for each in reminded] == [(1, 0, 0), (0, 1, 0)]
    told = Notice.objects.get()
    assert (told.recipient, told.school) == (senco, "Alderbrook")


@pytest.mark.django_db
def test_home_asks_while_there_is_something_to_go_to(senco):
    assert list(training_items(senco)) == []
    recording = training(kind="recording")
    (item,) = training_items(senco)
    assert item.school == "Alderbrook"
    answer_question(session=recording, answer="Green", by=senco)
    assert list(training_items(senco)) == []


def signing_up(session, by):
    return lambda: sign_up(session=session, preferred="after", by=by)


def giving_up(session, by):
    return lambda: give_up_place(session=session, by=by)


@pytest.mark.django_db(transaction=True)
def test_eight_sign_up_for_the_last_place_and_one_gets_it():
    session = training(places=2)
    place(session, UserFactory())
    people = [person(Role.AUDITOR) for _ in range(8)]
    results = at_once([signing_up(session, each) for each in people])
    assert sorted(each.state for each in results) == [BOOKED] + [WAITING] * 7
    assert session.taken.filter(state=BOOKED).count() == 2


@pytest.mark.django_db(transaction=True)
def test_giving_up_and_signing_up_at_once_leave_no_place_empty():
    for _ in range(4):
        session = training(places=1)
        first, second, third = (person(Role.AUDITOR) for _ in range(3))
        for each in (first, second):
            sign_up(session=session, preferred="after", by=each)
        at_once([giving_up(session, first), signing_up(session, third)])
        assert session.taken.get(state=BOOKED).person == second
        assert session.taken.get(state=WAITING).person == third
