"""What samples cost and buy before they are drawn (M2)."""

from decimal import Decimal
from itertools import pairwise

import pytest

from moderation.design import Population, hours_each, schools_left_out

MANY_SMALL = {place: 2 + place % 3 for place in range(33)} | {"large": 40}
"""Some 140 decisions; nearly every stratum is too small for a rate of 10 %."""


def population(sizes=MANY_SMALL, differing=None):
    return Population(sizes, differing or {})


def test_designs_stand_side_by_side_with_the_rate_asked_for():
    designs = population().side_by_side(Decimal("0.15"))
    assert len(designs) == 15
    assert {str(one.rate) for one in designs} == {"0.05", "0.10", "0.15", "0.20", "0.30"}
    for one in designs:
        assert one.expected is None


def test_expected_interval_is_no_wider_than_the_widest():
    one = population(differing=dict.fromkeys(MANY_SMALL, 0.2)).design(Decimal("0.2"), "neyman")
    assert one.expected < one.at_most


def test_wide_sample_of_small_strata_explains_itself_and_offers_better():
    asked = population()
    chosen = asked.design(Decimal("0.10"), "share")
    assert (chosen.cases, round(chosen.at_most, 3)) == (37, 0.185)
    advice = asked.advice(chosen)
    assert (advice.small_strata, advice.strata, advice.cases_there) == (33, 34, 33)
    assert advice.share_there == pytest.approx(99 / 139)
    assert advice.reaches.at_most <= 0.10
    assert advice.reaches.cases > chosen.cases
    again = asked.advice(advice.reaches)
    assert again.reaches is None


def test_better_allotment_costs_the_same_and_is_clearly_narrower():
    asked = population({"a": 400, "b": 60, "c": 20, "d": 6})
    chosen = asked.design(Decimal("0.10"), "equal")
    better = asked.advice(chosen).better
    assert better.cases == chosen.cases
    assert chosen.at_most - better.at_most >= 0.005
    assert asked.advice(better).better is None


def test_nothing_is_reached_without_decisions():
    asked = population({})
    assert asked.reaching(0.1) is None
    assert asked.advice(asked.design(Decimal("0.1"), "share")).share_there == 0.0


def test_curve_narrows_with_each_case_more():
    curve = population().curve("share")
    for before, after in pairwise(curve):
        assert before.cases < after.cases
        assert before.at_most > after.at_most
    assert curve[-1].at_most == 0.0


def test_hours_are_of_whole_cases():
    assert hours_each(37, 4, 30) == 5.0
    assert hours_each(37, 0, 30) is None


def test_schools_left_out_by_hand():
    """One of four decisions drawn: a school with one of them is left out three times in four."""
    members = [("s1", "A", 1), ("s2", "A", 3), ("s2", "B", 1)]
    left = schools_left_out(members, {"A": 4, "B": 2}, {"A": 1, "B": 1})
    assert left == pytest.approx(3 / 4 + 1 / 4 * 1 / 2)
