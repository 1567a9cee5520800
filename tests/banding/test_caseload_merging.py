"""Which side of a difference holds, by what the file said last time (B5)."""

import datetime as dt

import pytest

from banding.caseload.merging import (
    ENDED_HERE,
    ENDED_THERE,
    KEPT,
    TAKEN,
    UNSAID,
    verdict_on_end,
    verdict_on_value,
)

JULY, AUGUST, DECEMBER = (dt.date(2026, month, 31) for month in (7, 8, 12))


@pytest.mark.parametrize(
    ("said", "theirs", "ours", "verdict"),
    [
        # Never said: what is only in one place.
        (UNSAID, None, AUGUST, ENDED_HERE),
        (UNSAID, AUGUST, None, ENDED_THERE),
        (UNSAID, AUGUST, JULY, KEPT),
        # The file says what it said: it was changed here.
        (None, None, AUGUST, ENDED_HERE),
        (AUGUST, AUGUST, None, KEPT),
        (AUGUST, AUGUST, JULY, KEPT),
        # The portal has what the file said: it was changed there.
        (None, AUGUST, None, ENDED_THERE),
        (JULY, AUGUST, JULY, ENDED_THERE),
        (JULY, None, JULY, TAKEN),
        # Both have changed.
        (JULY, None, AUGUST, ENDED_HERE),
        (JULY, AUGUST, None, KEPT),
        (JULY, AUGUST, DECEMBER, KEPT),
        (None, AUGUST, DECEMBER, KEPT),
    ],
)
def test_end_holds_on_the_side_that_changed_it(said, theirs, ours, verdict):
    assert verdict_on_end(said, theirs, ours) == verdict


@pytest.mark.parametrize(
    ("said", "ours", "verdict"),
    [(UNSAID, "Ash", TAKEN), ("Ash", "Ash", TAKEN), ("Oak", "Ash", KEPT), (None, "Ash", KEPT)],
)
def test_value_is_taken_unless_it_was_changed_here(said, ours, verdict):
    assert verdict_on_value(said, ours) == verdict
