"""Pupils funded in a year and what one costs on average (F19)."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding_portal.roles import Role
from funding.choices import AverageBy
from funding.year.averages import Average, averages
from tests.factories import QuadrantFactory, SchoolFactory
from tests.funding.funded import agree, funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return SchoolFactory(quadrant=QuadrantFactory(name="North"))


@pytest.fixture
def year(autumn, north):
    """£1,220.00 twice at B, £2,440.00 once at C in a special school."""
    set_value("C", "7320.00", sector="special")
    special = SchoolFactory(quadrant=None, sector="special")
    funded_pupil(north, primary_need="ASD")
    funded_pupil(north, primary_need="SEMH")
    funded_pupil(special, "C", primary_need="")
    published(autumn)
    return autumn.calendar


def rows(year, by):
    found, whole = averages(year, by)
    assert sum(row.amount for row in found) == whole.amount == Decimal("4880.00")
    assert (whole.pupils, whole.average) == (3, Decimal("1626.67"))
    return [(row.name, row.pupils, row.average) for row in found]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (AverageBy.BAND, [("Band B", 2, "1220.00"), ("Band C", 1, "2440.00")]),
        (AverageBy.SECTOR, [("Mainstream", 2, "1220.00"), ("Special", 1, "2440.00")]),
        (
            AverageBy.NEED,
            [
                ("Autistic spectrum disorder", 1, "1220.00"),
                ("Social, emotional and mental health", 1, "1220.00"),
                ("Not recorded", 1, "2440.00"),
            ],
        ),
        (AverageBy.QUADRANT, [("North", 2, "1220.00"), ("Not recorded", 1, "2440.00")]),
    ],
)
def test_pounds_of_each_add_up_to_all(year, by, expected):
    found = [(name.partition(" (")[0], *more) for name, *more in rows(year, by)]
    assert found == [(name, pupils, Decimal(average)) for name, pupils, average in expected]


def test_pupil_on_two_bands_counts_in_both_and_once_in_all(autumn, north):
    pupil = funded_pupil(north)
    agree(pupil, "C", autumn.start.replace(month=11))
    published(autumn)
    found, whole = averages(autumn.calendar, AverageBy.BAND)
    assert ([row.pupils for row in found], whole.pupils) == ([1, 1], 1)


def test_draft_is_not_counted_and_nobody_has_no_average(autumn):
    found, whole = averages(autumn.calendar, AverageBy.SECTOR)
    assert (found, whole) == ([], Average("All pupils", 0, Decimal("0.00")))
    assert whole.average == 0


@pytest.mark.parametrize("by", ["", *AverageBy.values, "nonsense"])
def test_page_shows_a_table_and_a_picture(year, sign_in, by):
    client = sign_in(Role.FINANCE_OFFICER)
    address = reverse("funding:year_averages", args=[year.pk])
    page = client.get(address, {"by": by})
    assertContains(page, "£1,626.67")
    assertContains(page, "<svg")
    assertContains(client.get(reverse("funding:year", args=[year.pk])), address)
