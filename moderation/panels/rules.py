"""Until when an outcome may be challenged, and who decides in a panel (M5). Pure."""

import datetime as dt

from banding_portal.words import day
from banding_portal.working_days import working_day_after

CHALLENGE_DAYS = 10
QUORUM = 2
"""So many members, whom nothing bars, take part in a decision at least."""


def published_on(recorded_on: dt.date, feedback_on: dt.date | None) -> dt.date:
    """The day from which the school sees an outcome: held till the day of feedback, or at once."""
    return max(recorded_on, feedback_on) if feedback_on else recorded_on


def challenge_until(published: dt.date) -> dt.date:
    """The last day; that of publication does not count."""
    return working_day_after(published, CHALLENGE_DAYS)


def too_late(published: dt.date, today: dt.date) -> str:
    """The sentence for a challenge that comes too late; empty while there is time."""
    last = challenge_until(published)
    if today <= last:
        return ""
    return (
        f"This outcome could be challenged until {day(last)}: {CHALLENGE_DAYS} working days "
        f"after it was published on {day(published)}."
    )
