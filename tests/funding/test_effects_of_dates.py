"""Days at a school or on a plan that move published money: told first, saved once confirmed."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding.joiners.services import tell_joiner
from banding.leavers.services import tell_leaver
from banding.models import RollOver
from banding_portal.roles import Role
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db
HEADING = "This changes money that is published"


@pytest.fixture
def pupil(db):
    set_value()
    return funded_pupil()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def dates(**fields):
    found = {}
    for name, day in fields.items():
        found |= {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}
    return found


def end(client, pupil, **more):
    address = reverse("schools:placement_end", args=[pupil.placements.get().pk])
    return client.post(address, dates(end=dt.date(2026, 10, 31)) | more, follow=True)


def test_leaver_of_a_published_term_is_told_first(pupil, officer):
    published()
    page = end(officer, pupil)
    assertContains(page, HEADING)
    assertContains(
        page,
        f"Autumn term 2026 at {pupil.placements.get().school}: £1,220.00 is published, £610.00 "
        "will be due. The next run takes back £610.00.",
    )
    assert pupil.placements.get().end is None
    end(officer, pupil, confirm="yes")
    assert pupil.placements.get().end == dt.date(2026, 10, 31)


def test_leaver_of_a_term_that_is_not_published_is_saved_at_once(pupil, officer):
    PeriodFactory()
    assertNotContains(end(officer, pupil), HEADING)
    assert pupil.placements.get().end == dt.date(2026, 10, 31)


def test_plan_and_new_placement_are_told_first_too(pupil, officer):
    published()
    address = reverse("schools:plan_end", args=[pupil.plans.get().pk])
    page = officer.post(address, dates(end=dt.date(2026, 9, 30)))
    assertContains(page, "£1,220.00 is published, £300.00 will be due")
    other = SchoolFactory()
    address = reverse("schools:placement_add", args=[pupil.pk])
    sent = dates(start=dt.date(2026, 11, 1)) | {"school": other.pk, "end_others": "on"}
    page = officer.post(address, sent)
    assertContains(page, f"Autumn term 2026 at {other}: £0.00 is published, £610.00 will be due.")
    assert pupil.placements.count() == 1
    officer.post(address, sent | {"confirm": "yes"})
    assert pupil.placements.count() == 2


def test_leaver_that_a_school_told_of_is_told_first(pupil, officer):
    published()
    school = pupil.placements.get().school
    told = {"school": school, "pupil": pupil, "left_on": dt.date(2026, 10, 31)}
    leaver = tell_leaver(**told, by=person(Role.SENCO, school=school))
    address = reverse("banding:leaver_detail", args=[leaver.pk])
    page = officer.post(address, {"accept": "1"})
    assertContains(page, HEADING)
    assertContains(page, "The next run takes back £610.00.")
    assert pupil.placements.get().end is None
    given = dict(page.context["given"])
    officer.post(address, given | {"confirm": "yes"})
    assert pupil.placements.get().end == dt.date(2026, 10, 31)


def test_leaver_is_refused_without_a_question(pupil, officer):
    published()
    school = pupil.placements.get().school
    told = {"school": school, "pupil": pupil, "left_on": dt.date(2026, 10, 31)}
    leaver = tell_leaver(**told, by=person(Role.SENCO, school=school))
    officer.post(reverse("banding:leaver_detail", args=[leaver.pk]), {"note": "Still there."})
    leaver.refresh_from_db()
    assert leaver.state == "refused"


def test_joiner_who_is_placed_is_told_first(pupil, officer):
    published()
    other = SchoolFactory()
    joiner = tell_joiner(
        school=other,
        surname=pupil.surname,
        forename=pupil.forename,
        date_of_birth=pupil.date_of_birth,
        upn=pupil.upn or "",
        joined_on=dt.date(2026, 11, 1),
        plan_type="EHCP",
        by=person(Role.SENCO, school=other),
    )
    address = reverse("banding:joiner_detail", args=[joiner.pk])
    sent = {"match": str(pupil.pk), "reference": ""}
    page = officer.post(address, sent)
    assertContains(page, HEADING)
    assertContains(page, f"Autumn term 2026 at {other}: £0.00 is published, £610.00 will be due.")
    assert pupil.placements.count() == 1
    officer.post(address, dict(page.context["given"]) | {"confirm": "yes"})
    assert pupil.placements.count() == 2


@time_machine.travel(dt.datetime(2026, 9, 2, 12, tzinfo=dt.UTC), tick=False)
def test_roll_over_into_a_published_term_is_told_first(officer):
    set_value()
    for _ in range(2):
        funded_pupil(date_of_birth=dt.date(2015, 8, 1))
    published()
    address = reverse("banding:roll_over_apply", args=[2026])
    seen = officer.get(address).context["mark"]
    page = officer.post(address, {"seen": seen})
    assertContains(page, HEADING)
    assertContains(
        page,
        "Autumn term 2026: £2,440.00 is published for 2 pupils, £0.00 will be due. The next run "
        "takes back £2,440.00.",
    )
    assert not RollOver.objects.exists()
    officer.post(address, dict(page.context["given"]) | {"confirm": "yes"})
    assert RollOver.objects.get().seen == seen


@time_machine.travel(dt.datetime(2026, 9, 2, 12, tzinfo=dt.UTC), tick=False)
def test_roll_over_before_anything_is_published_starts_at_once(officer):
    funded_pupil(date_of_birth=dt.date(2015, 8, 1))
    address = reverse("banding:roll_over_apply", args=[2026])
    officer.post(address, {"seen": officer.get(address).context["mark"]})
    assert RollOver.objects.exists()
