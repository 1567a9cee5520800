"""Working days counted, over bank holidays and changes of the clock, 2025 to 2030."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.working_days import (
    full_week_from,
    is_working_day,
    working_day_after,
    working_days_between,
)

days = st.dates(dt.date(2025, 1, 1), dt.date(2030, 12, 31))


@pytest.mark.parametrize(
    ("asked", "count", "due"),
    [
        ("2026-11-27", 5, "2026-12-04"),  # a Friday
        ("2026-11-28", 5, "2026-12-04"),  # a Saturday counts from Monday
        ("2025-12-23", 5, "2026-01-02"),  # Christmas, Boxing Day and New Year between
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day made good on the Monday
        ("2027-03-25", 1, "2027-03-30"),  # Good Friday and Easter Monday
        ("2028-10-27", 1, "2028-10-30"),  # the clocks go back between
        ("2029-03-23", 1, "2029-03-26"),  # and forward
        ("2030-05-03", 1, "2030-05-07"),  # early May bank holiday
        ("2026-11-27", 0, "2026-11-27"),
    ],
)
def test_so_many_working_days_after(asked, count, due):
    assert working_day_after(dt.date.fromisoformat(asked), count) == dt.date.fromisoformat(due)


@given(days, st.integers(1, 40))
def test_day_due_is_a_working_day_so_many_after(day, count):
    due = working_day_after(day, count)
    assert is_working_day(due)
    assert working_days_between(day, due) == count
    assert working_days_between(day, due - dt.timedelta(days=1)) == count - 1


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-11-27", "2026-11-27", 0),
        ("2026-11-27", "2026-11-29", 0),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-11-30", "2026-11-27", 0),
    ],
)
def test_working_days_between(first, last, count):
    assert working_days_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == count


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2026-11-30", "2026-11-30"),  # a Monday
        ("2026-12-01", "2026-12-07"),
        ("2026-12-19", "2027-01-04"),  # neither the week of Christmas nor that of New Year
        ("2027-03-20", "2027-04-05"),  # Good Friday, then Easter Monday
    ],
)
def test_full_week_has_five_working_days(day, monday):
    assert full_week_from(dt.date.fromisoformat(day)) == dt.date.fromisoformat(monday)
