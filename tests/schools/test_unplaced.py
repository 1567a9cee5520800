"""Pupils with a plan and no school are a work list: no return and no run reaches them."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from schools.due import due_items
from schools.selectors.pupils import unplaced
from tests.factories import PlacementFactory, PlanFactory, PupilFactory, person

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = dt.date(2026, 11, 17), dt.date(2026, 11, 16)
SEPTEMBER, TOMORROW = dt.date(2026, 9, 1), dt.date(2026, 11, 18)


def pupil(surname, *, plan_end=None, **placed):
    child = PupilFactory(surname=surname)
    PlanFactory(pupil=child, start=SEPTEMBER, end=plan_end)
    if placed:
        PlacementFactory(pupil=child, **placed)
    return child


@pytest.fixture
def lost(db):
    """Three without a school today, and three who are none of them."""
    pupil("Placed", start=SEPTEMBER)
    pupil("Leaves today", start=SEPTEMBER, end=TODAY)
    pupil("Plan over", plan_end=YESTERDAY)
    PupilFactory(surname="No plan")
    left, later = (
        pupil("Left", start=SEPTEMBER, end=YESTERDAY),
        pupil("Later", start=TOMORROW),
    )
    return {left, later, pupil("Never")}


def test_who_has_a_plan_and_no_placement_today(lost):
    assert set(unplaced(TODAY)) == lost


def test_officer_is_told_and_led_to_them(lost, sign_in):
    client = sign_in(Role.SEND_OFFICER)
    [item] = [each for each in due_items(client.user) if "no school" in each.title]
    assert item.text == "3 pupils on no return and not paid for"
    assert set(client.get(item.url).context["page_obj"]) == lost


def test_others_are_not_told_and_have_no_such_filter(lost, sign_in, school):
    assert not any("no school" in each.title for each in due_items(person(Role.ADMINISTRATOR)))
    client = sign_in(Role.SENCO, school=school)
    assert "School today" not in client.get(reverse("schools:pupil_list")).text
