"""Days and times of training and visits that cannot be, full sessions, and who came unasked."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from schools.models import Place, SchoolVisit, TrainingSession
from schools.training.rules import problem_of_places, problem_of_time, problems_of_days
from tests.factories import SchoolFactory, person
from tests.pages import flat
from tests.schools.test_training_pages import day_of, filled, url_of, visited
from tests.schools.training import place, soon, training

pytestmark = pytest.mark.django_db
LONDON = timezone.get_default_timezone()
TODAY = dt.date(2026, 11, 17)


@pytest.mark.parametrize(
    ("day", "time", "is_there"),
    [
        (dt.date(2027, 3, 28), dt.time(1, 30), False),
        (dt.date(2027, 3, 28), dt.time(0, 59), True),
        (dt.date(2027, 3, 28), dt.time(2, 0), True),
        (dt.date(2027, 3, 27), dt.time(1, 30), True),
        (dt.date(2027, 10, 31), dt.time(1, 30), True),
    ],
)
def test_time_over_which_the_clocks_go_forward(day, time, is_there):
    assert (problem_of_time(day, time, LONDON) == "") is is_there


def test_time_that_is_not_there_is_told_at_its_field(sign_in):
    given = filled(**day_of("starts_on", dt.date(2027, 3, 28)), starts_at="01:30")
    page = sign_in(Role.ADMINISTRATOR).post(reverse("schools:training_create"), given)
    said = str(page.context["form"].errors["starts_at"])
    assert "There is no 01:30 on 28 March 2027: the clocks go forward that night" in said
    assert not TrainingSession.objects.exists()


def test_session_far_ahead_is_refused(sign_in):
    given = filled(**day_of("starts_on", dt.date(2030, 1, 7)))
    page = sign_in(Role.ADMINISTRATOR).post(reverse("schools:training_create"), given)
    assert "within the next two years" in str(page.context["form"].errors["starts_on"])


@pytest.mark.parametrize(
    ("visited_on", "next_on", "field"),
    [
        (dt.date(1950, 1, 1), None, "visited_on"),
        (TODAY + dt.timedelta(days=1), None, "visited_on"),
        (dt.date(2026, 8, 31), None, "visited_on"),
        (TODAY, TODAY, "next_on"),
        (TODAY, dt.date(2090, 1, 1), "next_on"),
        (TODAY, dt.date(2027, 1, 4), None),
        (dt.date(2026, 9, 1), None, None),
    ],
)
def test_days_of_a_visit(visited_on, next_on, field):
    found = problems_of_days(visited_on, next_on, TODAY, dt.date(2026, 9, 1))
    assert list(found) == ([field] if field else [])


def test_visit_before_the_school_opened_is_refused(sign_in):
    school = SchoolFactory(opened_on=timezone.localdate() - dt.timedelta(days=10))
    given = visited(school) | day_of("visited_on", timezone.localdate() - dt.timedelta(days=11))
    page = sign_in(Role.SEND_OFFICER).post(reverse("schools:visit_create"), given)
    assert "The school opened on" in str(page.context["form"].errors["visited_on"])
    assert not SchoolVisit.objects.exists()


def test_places_never_go_below_those_who_have_one(sign_in, school):
    session = training(places=3)
    for _ in range(2):
        place(session, person(Role.SENCO, school=school))
    client = sign_in(Role.ADMINISTRATOR)
    url = url_of(session, "edit")
    page = client.post(url, filled(places="1"))
    assert "2 people have a place already" in str(page.context["form"].errors["places"])
    assert client.post(url, filled(places="2")).status_code == 302
    assert problem_of_places(None, 7) == problem_of_places(7, 7) == ""


def test_who_came_without_a_place_is_noted(sign_in, school):
    over = training(starts_at=soon(-1), places=1)
    booked = place(over, person(Role.SENCO, school=school, name="Ada"))
    waited = place(over, person(Role.SENCO, school=school, name="Ben"), state="waiting")
    walked = person(Role.HEADTEACHER, school=school, name="Cleo", email="cleo@example.org")
    client = sign_in(Role.ADMINISTRATOR)
    url = url_of(over, "attendance")
    unknown = client.post(url, {"also": "nobody@example.org"})
    assert "Nobody on the portal has the name or email address nobody@example.org" in unknown.text
    given = {"there": [str(booked.person_id)], "also": "CLEO@example.org\n Ben \n"}
    told = client.post(url, given, follow=True)
    assert "It is noted: 3 people were there." in told.text
    assert Place.objects.filter(session=over).exclude(done_at=None).count() == 3
    assert Place.objects.get(person=walked).state == "booked"
    assert Place.objects.get(pk=waited.pk).state == "booked"


def test_attendance_where_nobody_had_signed_up(sign_in, school):
    over = training(starts_at=soon(-1))
    walked = person(Role.SENCO, school=school, name="Cleo")
    told = sign_in(Role.ADMINISTRATOR).post(
        url_of(over, "attendance"), {"also": "cleo"}, follow=True
    )
    assert "1 person was there" in told.text
    assert Place.objects.get(person=walked).done_at


def test_list_begins_with_what_is_to_come(sign_in, school):
    training(title="Coming soon")
    training(title="Long over", starts_at=soon(-3))
    off = training(title="Called off")
    TrainingSession.objects.filter(pk=off.pk).update(cancelled_because="Ill")
    client = sign_in(Role.SENCO, school=school)

    def listed(query=""):
        page = flat(client.get(f"{reverse('schools:training_list')}{query}").text)
        return [title for title in ("Coming soon", "Long over", "Called off") if title in page]

    assert listed() == ["Coming soon"]
    assert listed("?when=over") == ["Long over"]
    assert listed("?when=cancelled") == ["Called off"]
    assert listed("?when=all") == ["Coming soon", "Long over", "Called off"]


def test_full_session_says_so_and_offers_the_waiting_list(sign_in, school):
    session = training(places=1)
    place(session, person(Role.SENCO, school=school))
    page = flat(sign_in(Role.SENCO, school=school).get(url_of(session)).text)
    assert "This session is full: every place is taken." in page
    assert "Join the waiting list" in page
    assert not re.search(r">\s*Sign up\s*<", page)


def test_place_is_given_up_after_a_question_and_confirmed(sign_in, school):
    session, client = training(), sign_in(Role.SENCO, school=school)
    client.post(url_of(session, "sign_up"), {"preferred": "after"})
    url = url_of(session, "give_up")
    assert "Are you sure that you want to give up your place?" in flat(client.get(url).text)
    assert Place.objects.get().state == "booked"
    done = flat(client.post(url, follow=True).text)
    assert "You have given up your place. You can sign up again." in done
    assert "Given up" in done
