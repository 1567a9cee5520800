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
