"""What a case may be settled with (M5, M10). Pure."""

import datetime as dt
from collections.abc import Collection


def last_day(effective_from: dt.date) -> dt.date:
    """The last day of a collection's year, which begins on the day its decisions take effect."""
    try:
        following = effective_from.replace(year=effective_from.year + 1)
    except ValueError:  # 29 February
        following = dt.date(effective_from.year + 1, 3, 1)
    return following - dt.timedelta(days=1)


def needs_second_person(band: str, judged: Collection[str]) -> bool:
    """Whether nobody who judged the case chose this band, so that one person alone cannot."""
    return band not in judged


def needs_reason(school_band: str, judged: Collection[str]) -> bool:
    """Whether upholding goes against every judgement, which has to be explained."""
    return school_band not in judged
