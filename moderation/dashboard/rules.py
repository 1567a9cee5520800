"""When what is left will be done at the pace of lately. Pure."""

import datetime as dt
from math import ceil

from banding_portal.working_days import working_day_after

LATELY = 10
"""Working days over which the pace is measured."""


def done_by(left: int, lately: int, today: dt.date) -> dt.date | None:
    """The working day on which `left` are judged, with `lately` in the last ten working days;
    today where nothing is left, None where nothing was judged recently.
    """
    if not left:
        return today
    if not lately:
        return None
    return working_day_after(today, ceil(left * LATELY / lately))
