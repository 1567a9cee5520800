import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding.choices import RecipientKind
from banding.collections.deadlines import (
    ReminderDay,
    recipient_kinds,
    reminder_days,
)
from banding_portal.working_days import is_working_day, working_day_on_or_before

days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (dt.date(2026, 11, 30), True),
        (dt.date(2026, 11, 28), False),
        (dt.date(2026, 11, 29), False),
        (dt.date(2026, 12, 25), False),
        (dt.date(2026, 12, 28), False),  # Boxing Day, a Saturday, made good on the Monday
        (dt.date(2027, 3, 26), False),  # Good Friday
        (dt.date(2027, 3, 29), False),  # Easter Monday
        (dt.date(2027, 5, 3), False),
        (dt.date(2026, 8, 31), False),  # the summer bank holiday of England
        (dt.date(2026, 8, 3), True),  # that of Scotland
        (dt.date(2027, 3, 17), True),  # that of Northern Ireland
    ],
)
def test_working_days_of_england(day, working):
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (dt.date(2026, 11, 27), dt.date(2026, 11, 27)),
        (dt.date(2026, 11, 29), dt.date(2026, 11, 27)),
        (dt.date(2026, 12, 28), dt.date(2026, 12, 24)),
        (dt.date(2027, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_working_day_on_or_before(day, before):
    assert working_day_on_or_before(day) == before


def test_reminder_days_by_default():
    """The deadline is a Monday; +5 is a Saturday, −2 too, and both move to the Friday before."""
    assert reminder_days(dt.date(2026, 11, 30)) == [
        ReminderDay(dt.date(2026, 11, 9), -21),
        ReminderDay(dt.date(2026, 11, 23), -7),
        ReminderDay(dt.date(2026, 11, 27), -2),
        ReminderDay(dt.date(2026, 11, 30), 0),
        ReminderDay(dt.date(2026, 12, 1), 1),
        ReminderDay(dt.date(2026, 12, 4), 5),
    ]


def test_reminders_over_christmas_move_before_it():
    assert reminder_days(dt.date(2026, 12, 29), [-4, 0, -1]) == [
        ReminderDay(dt.date(2026, 12, 24), -4),
        ReminderDay(dt.date(2026, 12, 24), -1),
        ReminderDay(dt.date(2026, 12, 29), 0),
    ]


@pytest.mark.parametrize(
    ("deadline", "days"),
    [
        # Christmas and New Year of 2025
        ("2025-12-29", ("12-08", "12-22", "12-24", "12-29", "12-30", "01-02")),
        # The clocks go forward on 29 March 2026; Good Friday is 3 April
        ("2026-03-30", ("03-09", "03-23", "03-27", "03-30", "03-31", "04-02")),
        # A Sunday on which they go back
        ("2027-10-31", ("10-08", "10-22", "10-29", "10-29", "11-01", "11-05")),
        # After Easter Monday 2028
        ("2028-04-18", ("03-28", "04-11", "04-13", "04-18", "04-19", "04-21")),
        # On the early May bank holiday 2029
        ("2029-05-07", ("04-16", "04-30", "05-04", "05-04", "05-08", "05-11")),
        # On the summer bank holiday 2030
        ("2030-08-26", ("08-05", "08-19", "08-23", "08-23", "08-27", "08-30")),
    ],
)
def test_reminder_days_of_six_years(deadline, days):
    """Of −21, −7, −2, 0, +1 and +5, worked out by hand."""
    due = dt.date.fromisoformat(deadline)
    assert [f"{found.day:%m-%d}" for found in reminder_days(due)] == list(days)


def test_offset_given_twice_is_one_reminder():
    assert [found.offset for found in reminder_days(dt.date(2026, 11, 30), [0, 0])] == [0]


@given(days, st.integers(-60, 60))
def test_reminder_is_never_late_and_at_most_five_days_early(deadline, offset):
    """Four days without work run together at Easter and Christmas at most, so far."""
    (reminder,) = reminder_days(deadline, [offset])
    wanted = deadline + dt.timedelta(days=offset)
    assert is_working_day(reminder.day)
    assert dt.timedelta(0) <= wanted - reminder.day < dt.timedelta(days=5)


@pytest.mark.parametrize(
    ("offset", "kinds"),
    [
        (-21, (RecipientKind.SENCO,)),
        (-2, (RecipientKind.SENCO,)),
        (0, (RecipientKind.SENCO, RecipientKind.HEADTEACHER)),
        (1, (RecipientKind.SENCO, RecipientKind.HEADTEACHER, RecipientKind.AUTHORITY)),
        (5, (RecipientKind.SENCO, RecipientKind.HEADTEACHER)),
    ],
)
def test_recipients_by_offset(offset, kinds):
    assert recipient_kinds(offset) == kinds
