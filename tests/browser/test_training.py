"""Training in three browsers: a place, a waiting list, and who was there."""

from django.urls import reverse

from banding_portal.roles import Role
from schools.models import Place
from tests.factories import SchoolFactory
from tests.schools.training import place, soon, training


def sign_up(visitor, words="Sign up"):
    visitor.go(reverse("schools:training_list"))
    visitor.follow("The descriptors")
    visitor.press(words)
    visitor.choose("When could you come, if it were given again?", "After school")
    visitor.press(words)


def test_who_waits_gets_the_place_that_is_given_up(visit, member):
    training(title="The descriptors", places=1)
    first = visit(member(Role.SENCO, school=SchoolFactory()), width=320)
    second = visit(member(Role.SENCO, school=SchoolFactory()))
    sign_up(first)
    first.sees("You have a place.")
    sign_up(second, "Join the waiting list")
    second.sees("You are on the waiting list, and are told if you get one.")
    first.press("Give up my place")
    first.sees("Your place goes to the person who has waited longest.")
    first.press("Give up my place")
    first.sees("You have given up your place. You can sign up again.")
    second.go("/")
    second.follow("You have a place: The descriptors")
    second.sees("You have a place")
    saved = second.download("Put it in your calendar (.ics)")
    assert b"SUMMARY:Live session: The descriptors" in saved
    assert first.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_attendance_is_noted_after_a_session(visit, member):
    over = training(title="The descriptors", starts_at=soon(-1))
    came, missed = (place(over, member(Role.SENCO, school=SchoolFactory())) for _ in range(2))
    officer = visit(member(Role.SEND_OFFICER), width=320)
    officer.go(reverse("schools:training_people", args=[over.pk]))
    officer.press("Note who was there")
    officer.page.get_by_label(f"{came.person}, ").check()
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 320
    officer.press("Save who was there")
    officer.sees("It is noted: 1 person was there.")
    noted = {each.pk: (bool(each.done_at), each.missed) for each in Place.objects.all()}
    assert noted == {came.pk: (True, False), missed.pk: (False, True)}
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 320
