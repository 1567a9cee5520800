"""From values to places."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.pictures.scale import Scale, into_rows, years_between

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("value", "place"), [(0, 100), (Decimal("2.50"), 200), (5.0, 300), (10, 500), (-5, -100)]
)
def test_numbers_lie_evenly_between_the_ends(value, place):
    assert Scale(0, Decimal(10), 100, 500)(value) == place


def test_days_lie_evenly_between_the_ends():
    scale = Scale(FIRST, LAST, 0, 364)
    assert [scale(day) for day in (FIRST, dt.date(2026, 1, 2), LAST)] == [0, 1, 364]


def test_places_are_rounded_to_a_tenth():
    assert Scale(0, 3, 0, 100)(1) == 33.3


def test_scale_without_length_has_all_at_its_left():
    assert Scale(7, 7, 40, 720)(7) == Scale(FIRST, FIRST, 40, 720)(FIRST) == 40


@pytest.mark.parametrize(("start", "end"), [(2, 5), (5, 2)])
def test_reach_is_the_same_whichever_end_is_higher(start, end):
    assert Scale(0, 10, 0, 100).between(start, end) == (20, 30)


def test_reach_is_never_too_thin_to_see():
    scale = Scale(0, 1000, 0, 100)
    assert (scale.between(5, 5), scale.between(5, 6, least=3)) == ((0.5, 1), (0.5, 3))


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(0, 10**9))
def test_what_lies_between_the_values_lies_in_the_picture(low, length, step):
    scale = Scale(low, low + length, 10, 700)
    places = [scale(low), scale(low + min(step, length)), scale(low + length)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (10, 700)


@pytest.mark.parametrize(
    ("last", "most", "years"),
    [
        (dt.date(2028, 6, 30), 10, [2026, 2027, 2028]),
        (dt.date(2030, 1, 1), 5, [2026, 2027, 2028, 2029, 2030]),
        (dt.date(2031, 1, 1), 5, [2026, 2028, 2030]),
        (dt.date(2046, 1, 1), 10, [2026, 2029, 2032, 2035, 2038, 2041, 2044]),
    ],
)
def test_years_are_thinned_out_where_there_are_many(last, most, years):
    assert years_between(FIRST, last, most) == [dt.date(year, 1, 1) for year in years]


def test_year_that_began_before_the_picture_is_not_in_it():
    assert years_between(dt.date(2026, 9, 1), dt.date(2027, 2, 1)) == [dt.date(2027, 1, 1)]


def test_things_go_into_the_first_row_they_may_follow_in():
    rows = into_rows([1, 5, 2, 9, 4, 6], lambda thing, last: thing - last >= 3)
    assert rows == [[1, 5, 9], [2, 6], [4]]


def test_nothing_has_no_rows():
    assert into_rows([], lambda *_: True) == []
