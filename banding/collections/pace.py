"""By when returns came in, and where that is heading (rules.md B7)."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from django.db.models import Count
from django.db.models.functions import TruncDate

from banding.collections.selectors import IN_HAND
from banding.models import Collection
from banding_portal.pictures.curve import Curve, Row, curve
from banding_portal.words import number, short_day

RECENT = 14
"""Days whose pace is taken for that of the days to come."""
WEEKS = 6
"""Rows of the table, at most, besides the last two."""

Counts = Sequence[tuple[dt.date, int]]


def pace_of(collection: Collection, total: int, today: dt.date) -> Curve | None:
    """The picture of returns by the day they were submitted, those sent back left out; None before
    the collection opens and where it has none. One query.
    """
    first = collection.opens_on
    if not total or today < first:
        return None
    counts = counts_of(collection)
    end = min(collection.deadline, today) if collection.is_closed else today
    ahead = heading(counts, total, today=today, last=collection.deadline)
    rows = [Row(f"By {short_day(day)}", number(by_day(counts, day))) for day in weeks(first, end)]
    if ahead is not None:
        rows.append(Row(f"By {short_day(collection.deadline)}, at this pace", number(ahead)))
    rows.append(Row("All", number(total)))
    last = collection.deadline
    return curve(
        counts,
        first=first,
        today=today,
        last=last,
        total=total,
        ahead=ahead,
        rows=rows,
        words=(f"Opened {short_day(first)}", f"Closing date {short_day(last)}"),
    )


def counts_of(collection: Collection) -> list[tuple[dt.date, int]]:
    """Days on which returns came in, each with how many are in by its end."""
    found = (
        collection.returns.filter(state__in=sorted(IN_HAND))
        .order_by()
        .annotate(day=TruncDate("submitted_at"))
        .values_list("day")
        .annotate(count=Count("pk"))
        .order_by("day")
    )
    counts, level = [], 0
    for day, count in found:
        level += count
        counts.append((day, level))
    return counts


def by_day(counts: Counts, day: dt.date) -> int:
    """How many were in by the end of a day."""
    at = bisect_right([each for each, _ in counts], day)
    return counts[at - 1][1] if at else 0


def heading(counts: Counts, total: int, *, today: dt.date, last: dt.date) -> int | None:
    """How many will be in by the last day, if as many come a day as in the last two weeks."""
    if last <= today:
        return None
    now = by_day(counts, today)
    recent = now - by_day(counts, today - dt.timedelta(days=RECENT))
    return min(total, now + recent * (last - today).days // RECENT)


def weeks(first: dt.date, end: dt.date) -> list[dt.date]:
    """The end and the same days of the weeks before, the earliest first."""
    days = [end - dt.timedelta(weeks=back) for back in range(WEEKS)]
    return [day for day in reversed(days) if day >= first] or [end]
