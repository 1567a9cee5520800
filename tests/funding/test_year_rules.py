"""Amounts spread over months, and rows against the budget (F19); pure."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from funding.year.rules import Stretch, YearRow, by_month, spread, sum_of

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
SEPTEMBER, DECEMBER = dt.date(2026, 9, 1), dt.date(2026, 12, 31)


def test_term_is_spread_by_the_days_of_its_months():
    found = dict(by_month(SEPTEMBER, DECEMBER, Decimal("1220.00")))
    assert found == {
        "2026-09": Decimal("300.00"),
        "2026-10": Decimal("310.00"),
        "2026-11": Decimal("300.00"),
        "2026-12": Decimal("310.00"),
    }


def test_days_within_a_month_are_all_of_it():
    assert list(by_month(SEPTEMBER, SEPTEMBER, Decimal("0.01"))) == [("2026-09", Decimal("0.01"))]


@given(DAYS, st.integers(0, 500), st.decimals(-99999, 99999, places=2))
def test_months_add_up_to_the_penny(start, days, amount):
    months = list(by_month(start, start + dt.timedelta(days), amount))
    assert sum(each for _, each in months) == amount
    assert len({month for month, _ in months}) == len(months)


def test_sectors_and_months_add_up_alike():
    stretches = [
        Stretch("special", SEPTEMBER, DECEMBER, Decimal("100.01")),
        Stretch("mainstream", SEPTEMBER, SEPTEMBER, Decimal("-3.33")),
        Stretch("special", DECEMBER, DECEMBER, Decimal("1.00")),
    ]
    found = spread(stretches)
    assert sum_of(found) == Decimal("97.68")
    assert sum_of(found, sector="special") == Decimal("101.01")
    months = ("2026-09", "2026-10", "2026-11", "2026-12")
    assert sum(sum_of(found, month=month) for month in months) == Decimal("97.68")


def test_row_says_what_is_committed_and_left():
    row = YearRow("All", Decimal("60.00"), Decimal("90.00"), Decimal("100.00"))
    assert (row.committed, row.left) == (Decimal("30.00"), Decimal("10.00"))
    assert YearRow("All", Decimal("60.00"), Decimal("50.00")).committed == Decimal("-10.00")
    assert YearRow("All", Decimal("60.00"), Decimal("50.00")).left is None
