"""Days at a school or on a plan that move published money: told first, saved once confirmed."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.roles import Role
from tests.factories import PeriodFactory, SchoolFactory
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
