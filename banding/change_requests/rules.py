"""From when another band can be asked for after a return was accepted (rules.md B14). Pure."""

import datetime as dt

from banding_portal.words import day

YEAR = dt.timedelta(days=366)


def problem_of_day(
    wanted: dt.date, *, reference: dt.date, today: dt.date, is_with_you: bool, name: str
) -> str:
    """Why a change cannot count from then, as a sentence without a full stop; empty where it can.

    `reference` is the day the accepted return is about, `is_with_you` whether the pupil is placed
    at the school on the wanted day.
    """
    if wanted < reference:
        return (
            f"The change must apply from {day(reference)} or later. Only the authority can reopen "
            "what your return says about earlier days"
        )
    if wanted > today + YEAR:
        return f"The change must apply from {day(today + YEAR)} or earlier"
    if not is_with_you:
        return f"{name} is not on your roll on {day(wanted)}"
    return ""
