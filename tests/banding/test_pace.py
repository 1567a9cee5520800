"""By when returns came in, and where that is heading."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.collections.pace import by_day, heading, pace_of, weeks
from banding.models import Return
from tests.banding.helpers import return_with_pupils, submitted_return
from tests.factories import CollectionFactory

TODAY = dt.date(2026, 11, 20)
COUNTS = [(dt.date(2026, 11, 1), 3), (dt.date(2026, 11, 10), 10)]


@pytest.mark.parametrize(
    ("day", "count"),
    [(dt.date(2026, 10, 31), 0), (dt.date(2026, 11, 1), 3), (dt.date(2026, 11, 9), 3), (TODAY, 10)],
)
def test_how_many_were_in_by_a_day(day, count):
    assert by_day(COUNTS, day) == count


@pytest.mark.parametrize(
    ("last", "total", "expected"),
    [
        (dt.date(2026, 12, 4), 40, 17),  # Two weeks more: another seven.
        (dt.date(2026, 11, 22), 40, 11),
        (dt.date(2026, 12, 4), 12, 12),
        (TODAY, 40, None),
    ],
)
def test_where_it_is_heading(last, total, expected):
    assert heading(COUNTS, total, today=TODAY, last=last) == expected


def test_weeks_end_today_and_begin_no_earlier_than_the_collection():
    assert weeks(dt.date(2026, 11, 8), TODAY) == [dt.date(2026, 11, 13), TODAY]
    assert weeks(TODAY, TODAY) == [TODAY]
    assert len(weeks(dt.date(2026, 1, 1), TODAY)) == 6


@pytest.mark.django_db
def test_returns_that_are_in_are_counted_by_their_day_and_others_not():
    collection = CollectionFactory()
    today, earlier = timezone.localdate(), timezone.now() - dt.timedelta(days=8)
    first, _ = submitted_return(collection=collection)
    submitted_return(collection=collection)
    return_with_pupils(collection=collection)
    Return.objects.filter(pk=first.pk).update(submitted_at=earlier)
    rows = {row.label: row.text for row in pace_of(collection, 3, today).bars}
    assert list(rows.values())[-4:] == ["1", "2", "3", "3"]


@pytest.mark.django_db
def test_nothing_is_drawn_before_it_opens_or_without_returns():
    collection = CollectionFactory()
    assert pace_of(collection, 0, timezone.localdate()) is None
    assert pace_of(collection, 1, collection.opens_on - dt.timedelta(days=1)) is None
