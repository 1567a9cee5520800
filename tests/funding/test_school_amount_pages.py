"""Pages on which amounts for individual schools are set, ended and taken away (rules.md F24)."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import SchoolAmount
from funding.services.school_amounts import end_school_amount, set_school_amount
from tests.banding.races import at_once
from tests.factories import SchoolFactory, person
from tests.funding.funded import band, funded_pupil

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2026, 9, 1)
LIST = "/school-amounts/"


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def school(db):
    return SchoolFactory()


def give(school, by, kind="lump_sum", **fields):
    wanted = {"name": "Pool" if kind == "lump_sum" else "", "band": None, "ends_on": None}
    wanted |= {"annual": Decimal("1200.00"), "starts_on": SEPTEMBER, "reason": "By the forum"}
    return set_school_amount(school=school, kind=kind, by=by, **wanted | fields)


def sent(school, **fields):
    days = dict(zip(("starts_on_0", "starts_on_1", "starts_on_2"), (1, 9, 2026), strict=True))
    wanted = {"school": school.pk, "kind": "lump_sum", "name": "Pool", "annual": "1200.00"}
    return wanted | days | {"reason": "Agreed with the forum"} | fields


def test_what_it_does_is_told_before_it_is_saved(autumn, school, sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    url = reverse("funding:school_amount_create")
    asked = client.post(url, sent(school))
    assertContains(asked, "Autumn term 2026: 1 line of 1 school, ")
    assertContains(asked, "£400.00 in all")
    assert not SchoolAmount.objects.exists()
    about = asked.context["form"].data["asked_about"]
    done = client.post(url, sent(school, is_right="on", asked_about=about), follow=True)
    assertRedirects(done, LIST)
    assertContains(done, "Lump sum: Pool")
    assertContains(done, "£1,200.00")


def test_rate_tells_lines_and_pupils(autumn, school, sign_in):
    funded_pupil(school)
    wanted = sent(school, kind="rate", name="", band=band().pk, annual="7320.00")
    page = sign_in(Role.FINANCE_OFFICER).post(reverse("funding:school_amount_create"), wanted)
    assertContains(page, "Autumn term 2026: 1 line of 1 pupil, ")
    assertContains(page, "£1,220.00 in all")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "rate", "name": ""}, "Choose the band of the rate"),
        (
            {"kind": "minimum", "name": "Pool"},
            "Say what the lump sum is for, and nothing otherwise.",
        ),
        ({"name": ""}, "Say what the lump sum is for, and nothing otherwise."),
        ({"reason": "x"}, "Say in a few words why the school is paid this."),
        ({"annual": Decimal(-1)}, "Enter an amount from"),
        ({"ends_on": dt.date(2026, 8, 1)}, "The last day lies before the first."),
        (
            {"kind": "minimum", "name": "", "starts_on": dt.date(2026, 10, 1)},
            "A minimum begins with a period: Autumn term 2026 begins on 1 September 2026.",
        ),
    ],
)
def test_what_cannot_be_is_refused(autumn, school, officer, fields, says):
    with pytest.raises(RefusalError, match=says):
        give(school, officer, **fields)
    assert not SchoolAmount.objects.exists()


def test_two_of_one_name_never_cover_one_day(autumn, school, officer):
    first = give(school, officer, ends_on=dt.date(2026, 12, 31))
    give(school, officer, starts_on=dt.date(2027, 1, 1))
    give(school, officer, name="Lift")
    with pytest.raises(RefusalError, match="is set there from 1 September 2026"):
        give(school, officer, starts_on=dt.date(2026, 12, 31))
    with pytest.raises(RefusalError, match="Another one begins on 1 January 2027"):
        end_school_amount(amount=first, ends_on=dt.date(2027, 1, 1), by=officer)


def test_it_is_ended_and_taken_away_after_telling_what_that_does(autumn, school, officer, sign_in):
    amount = give(school, officer)
    client = sign_in(Role.FINANCE_OFFICER)
    url = reverse("funding:school_amount_end", args=[amount.pk])
    day = {"ends_on_0": 31, "ends_on_1": 10, "ends_on_2": 2026}
    asked = client.post(url, day)
    assertContains(asked, "1 line of 1 school, −£200.00 in all")
    about = asked.context["form"].data["asked_about"]
    assertRedirects(client.post(url, day | {"is_right": "on", "asked_about": about}), LIST)
    amount.refresh_from_db()
    assert amount.ends_on == dt.date(2026, 10, 31)
    url = reverse("funding:school_amount_take_away", args=[amount.pk])
    assertContains(client.get(url), "−£200.00 in all")
    assertRedirects(client.post(url), LIST)
    assert not SchoolAmount.objects.exists()


def test_list_asks_as_often_for_many(school, officer, sign_in):
    client, counts = sign_in(Role.AUDITOR), []
    for count in (1, 3):
        for number in range(count):
            SchoolAmount.objects.get_or_create(
                school=SchoolFactory() if number else school,
                kind="rate" if number else "lump_sum",
                band=band() if number else None,
                name="" if number else "Pool",
                annual=Decimal(1),
                starts_on=SEPTEMBER,
                reason="By the forum",
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_set_the_same_at_once_and_one_stands(school):
    by = [person(Role.FINANCE_OFFICER), person(Role.FINANCE_OFFICER)]
    answers = at_once([partial(give, school, each) for each in by])
    assert SchoolAmount.objects.count() == 1
    assert sum(isinstance(answer, RefusalError) for answer in answers) == 1
