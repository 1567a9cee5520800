"""Until when a case is to be begun, and what was given too long ago (M4). Pure."""

import datetime as dt

from banding_portal.working_days import DAY, working_day_after


def last_day(given_on: dt.date, working_days: int) -> dt.date:
    """The day on which a case is given does not count."""
    return working_day_after(given_on, working_days)


def lapsed_if_given_by(today: dt.date, working_days: int) -> dt.date:
    """The latest day of giving whose last day has passed."""
    given = today - DAY
    while last_day(given, working_days) >= today:
        given -= DAY
    return given
