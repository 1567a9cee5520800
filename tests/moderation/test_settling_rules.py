"""What a case may be settled with, without a database (M10)."""

import datetime as dt

import pytest

from moderation.settling import last_day, needs_reason, needs_second_person


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (dt.date(2026, 9, 1), dt.date(2027, 8, 31)),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        (dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
        (dt.date(2027, 3, 1), dt.date(2028, 2, 29)),
    ],
)
def test_year_of_a_collection_ends_the_day_before_it_began(first, last):
    assert last_day(first) == last


def test_band_that_nobody_judged_needs_a_second_person():
    assert [needs_second_person(band, {"1", "2"}) for band in "123"] == [False, False, True]


def test_upholding_against_every_judgement_needs_a_reason():
    assert [needs_reason(band, {"1", "2"}) for band in "123"] == [False, False, True]
