"""The annual uplift sets every value of a framework, after telling what that does (F2)."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.calculation.uplifting import uplifted
from funding.models import BandValue
from funding.services.uplifting import mark_of, plan_uplift, uplift_values
from tests.banding.races import at_once
from tests.factories import person
from tests.funding.funded import band, funded_pupil, set_value

pytestmark = pytest.mark.django_db
APRIL = dt.date(2027, 4, 1)
JANUARY = dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("annual", "percent", "step", "after"),
    [
        ("3660.00", "3", "0.01", "3769.80"),
        ("3660.00", "3", "1", "3770.00"),
        ("3660.00", "3", "5", "3770.00"),
        ("4044.00", "2.5", "0.01", "4145.10"),
        ("100.00", "0.5", "1", "101.00"),  # £100.50: a half goes up
        ("33.33", "1.5", "0.01", "33.83"),
        ("3660.00", "-2", "10", "3590.00"),
        ("0.00", "5", "1", "0.00"),
    ],
)
def test_value_is_rounded_once(annual, percent, step, after):
    assert uplifted(Decimal(annual), Decimal(percent), Decimal(step)) == Decimal(after)


@pytest.fixture
def wish(autumn):
    return {
        "framework": band().framework,
        "sectors": ["mainstream"],
        "percent": Decimal(3),
        "step": Decimal(1),
        "effective_from": APRIL,
    }


def rows(since=APRIL):
    values = BandValue.objects.filter(effective_from=since).order_by("sector", "band__rank")
    return [(value.band.code, value.sector, value.annual_value) for value in values]


def raise_all(wish, by=None):
    by = by or person(Role.FINANCE_OFFICER)
    return uplift_values(**wish, seen=mark_of(plan_uplift(**wish)), by=by)


def test_every_known_value_of_the_sectors_is_raised(wish):
    set_value("A", None)
    set_value("B", "9000.00", sector="special")
    raise_all(wish)
    assert rows() == [
        ("B", "mainstream", Decimal("3770.00")),
        ("C", "mainstream", Decimal("7540.00")),
    ]


def test_it_raises_the_value_that_is_in_force_then(wish):
    set_value("B", "4000.00", effective_from=JANUARY)
    assert raise_all(wish)[0].before == Decimal("4000.00")


@pytest.mark.parametrize("days", [0, 30])
def test_value_set_from_that_day_or_later_is_named_and_nothing_is_set(wish, days):
    set_value("B", "5000.00", effective_from=APRIL + dt.timedelta(days=days))
    before = BandValue.objects.count()
    with pytest.raises(RefusalError, match="Band B, mainstream, from"):
        raise_all(wish)
    assert BandValue.objects.count() == before


def test_sector_without_values_is_refused(wish):
    with pytest.raises(RefusalError, match="No band of this framework"):
        raise_all(wish | {"sectors": ["special"]})


def test_value_over_the_largest_is_refused(wish):
    set_value("B", "99999999.00", effective_from=JANUARY)
    with pytest.raises(RefusalError, match="A value would be over"):
        raise_all(wish)


def test_values_that_somebody_changed_meanwhile_are_not_overtaken(wish):
    seen = mark_of(plan_uplift(**wish))
    set_value("B", "4000.00", effective_from=JANUARY)
    with pytest.raises(RefusalError, match="in the meantime"):
        uplift_values(**wish, seen=seen, by=person(Role.FINANCE_OFFICER))
    assert rows() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_sets_the_values(wish):
    seen = mark_of(plan_uplift(**wish))
    people = [person(Role.FINANCE_OFFICER), person(Role.FINANCE_OFFICER)]
    results = at_once([partial(uplift_values, **wish, seen=seen, by=by) for by in people])
    assert sorted(type(each).__name__ for each in results) == ["RefusalError", "list"]
    assert len(rows()) == 2


def test_page_tells_what_it_sets_and_does_before_it_is_saved(wish, spring, sign_in):
    funded_pupil()
    client = sign_in(Role.FINANCE_OFFICER)
    address = reverse("funding:value_uplift")
    sent = {
        "framework": wish["framework"].pk,
        "sectors": ["mainstream"],
        "percent": "10",
        "step": "1",
        "effective_from_0": "1",
        "effective_from_1": "1",
        "effective_from_2": "2027",
    }
    asked = client.post(address, sent)
    assertContains(asked, "It sets 2 values. Band B, mainstream: £3,660.00 becomes £4,026.00;")
    assertContains(asked, "Spring term 2027: 1 line of 1 pupil, ")
    assert rows(JANUARY) == []
    seen = asked.context["form"].data["asked_about"]
    saved = client.post(address, sent | {"is_right": "on", "asked_about": seen})
    assertRedirects(saved, reverse("funding:value_list"))
    assert [row[2] for row in rows(JANUARY)] == [Decimal("4026.00"), Decimal("8052.00")]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("percent", "x", "Enter the uplift as a percentage, like 2.5"),
        ("sectors", [], "Choose at least one sector"),
    ],
)
def test_bad_input_is_told_at_its_field(wish, sign_in, field, value, said):
    sent = {
        "framework": wish["framework"].pk,
        "sectors": ["mainstream"],
        "percent": "10",
        "step": "1",
        "effective_from_0": "1",
        "effective_from_1": "4",
        "effective_from_2": "2027",
    }
    page = sign_in(Role.FINANCE_OFFICER).post(
        reverse("funding:value_uplift"), sent | {field: value}
    )
    assertContains(page, said)
