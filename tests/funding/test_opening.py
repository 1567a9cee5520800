"""What opening a collection would mean for money (B4)."""

import datetime as dt

import pytest

from funding.models import FundingPolicy
from funding.selectors.opening import warnings

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 1)


def test_sector_without_a_policy_pays_on_one_framework(framework):
    assert warnings(framework, ["special"], DAY) == [
        "Special has no funding policy: bands pay there while all are under one framework."
    ]


@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 1)])
def test_sector_with_a_policy_by_the_day_is_not_warned_of(framework, days, count):
    start = DAY + dt.timedelta(days=days)
    FundingPolicy.objects.create(sector="special", framework=framework, effective_from=start)
    assert len(warnings(framework, ["special"], DAY)) == count
