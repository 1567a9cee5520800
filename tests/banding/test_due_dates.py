"""Due dates of 2025 to 2030, day by day, against the bank holidays as GOV.UK publishes them (R1).

The holidays are typed here, so that neither the library nor the code is its own witness.
"""

import datetime as dt

import pytest

from banding.collections.deadlines import DEFAULT_OFFSETS, reminder_days
from banding.tasks import send_reminders
from banding_portal.working_days import is_working_day, working_day_after, working_day_before
from moderation.evidence.rules import due_day, reminder_day
from moderation.panels.rules import challenge_until

DAY = dt.timedelta(days=1)
BANK_HOLIDAYS = {
    2024: "12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2031: "01-01 04-11 04-14",
}
OFF = {
    dt.date.fromisoformat(f"{year}-{day}")
    for year, days in BANK_HOLIDAYS.items()
    for day in days.split()
}
"""In 2025 and 2026 as published, after that by the rules by which they are made."""
EVERY_DAY = [dt.date(2025, 1, 1) + each * DAY for each in range(6 * 365 + 1)]
CLOCKS = [
    *("2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"),
    *("2028-03-26", "2028-10-29", "2029-03-25", "2029-10-28", "2030-03-31", "2030-10-27"),
]
"""The Sundays on which the clocks change."""


def works(day):
    return day.weekday() < 5 and day not in OFF


def nth(day, count, step):
    """The working day that comes so many after or before."""
    while count:
        day += step
        count -= works(day)
    return day


def test_the_years_are_whole():
    assert (EVERY_DAY[0], EVERY_DAY[-1]) == (dt.date(2025, 1, 1), dt.date(2030, 12, 31))


def test_working_days_of_six_years():
    assert [day for day in EVERY_DAY if is_working_day(day) != works(day)] == []


def test_reminders_of_a_deadline_on_each_day_of_six_years():
    for deadline in EVERY_DAY:
        for found in reminder_days(deadline, DEFAULT_OFFSETS):
            day = deadline + found.offset * DAY
            while not works(day):
                day -= DAY
            assert found.day == day, deadline


def test_days_counted_from_each_day_of_six_years():
    for day in EVERY_DAY[:-40]:
        assert due_day(day, 10) == challenge_until(day) == nth(day, 10, DAY)
        assert working_day_after(day, 5) == nth(day, 5, DAY)
        assert reminder_day(day) == working_day_before(day, 2) == nth(day, 2, -DAY)


@pytest.mark.parametrize("sunday", CLOCKS)
def test_clocks_move_no_reminder(sunday, monkeypatch):
    """On the Sunday of the change, the days beside it too, what is sent goes by the date in
    England: at half past midnight and half past eleven at night, in summer time or not.
    """
    seen, moments = [], []
    monkeypatch.setattr("banding.tasks.send_due_reminders", seen.append)
    summer = dt.date.fromisoformat(sunday).month == 3
    for days in (-1, 0, 1):
        day = dt.date.fromisoformat(sunday) + days * DAY
        for hour, minute in ((0, 30), (23, 30)):
            is_summer = (day, hour) > (dt.date.fromisoformat(sunday), 1)
            ahead = dt.timedelta(hours=int(is_summer == summer))
            local = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=dt.UTC)
            moments.append((local - ahead, day))
    for instant, day in moments:
        monkeypatch.setattr("django.utils.timezone.now", lambda instant=instant: instant)
        send_reminders()
        assert seen.pop() == day, instant
