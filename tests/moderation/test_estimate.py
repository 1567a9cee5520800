import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.estimate import Estimate, JudgedStratum, difference_of, estimate_changed
from moderation.intervals import equal_sample, interval_of_count


@st.composite
def judged_strata(draw):
    population = draw(st.integers(0, 200))
    judged = draw(st.integers(0, population))
    return JudgedStratum(population, judged, draw(st.integers(0, judged)))


def test_estimate_by_hand():
    """100 × 2/10 + 60 × 3/6 = 50."""
    found = estimate_changed([JudgedStratum(100, 10, 2), JudgedStratum(60, 6, 3)])
    assert found.value == pytest.approx(50)
    assert found.low < 50 < found.high
    assert (found.covered, found.left_out) == (160, 0)


def test_everything_judged_is_known_exactly():
    strata = [JudgedStratum(10, 10, 4), JudgedStratum(1, 1, 1)]
    assert estimate_changed(strata) == Estimate(5, 5, 5, 11, 0)


def test_nothing_judged_is_not_defined():
    assert estimate_changed([]) is None
    assert estimate_changed([JudgedStratum(10, 0, 0)]) is None


def test_stratum_without_a_judged_case_is_left_out_and_counted():
    found = estimate_changed([JudgedStratum(10, 10, 4), JudgedStratum(30, 0, 0)])
    assert (found.value, found.covered, found.left_out) == (4, 10, 30)


def test_shares_are_of_the_covered_decisions():
    found = estimate_changed([JudgedStratum(10, 10, 4), JudgedStratum(30, 0, 0)])
    assert found.shares == (0.4, 0.4, 0.4)


@pytest.mark.parametrize("counts", [(10, 11, 0), (10, 5, 6), (10, 5, -1)])
def test_counts_that_do_not_fit_are_refused(counts):
    with pytest.raises(ValueError, match="among the judged"):
        estimate_changed([JudgedStratum(*counts)])


@given(st.lists(judged_strata(), max_size=6))
def test_interval_holds_the_estimate_and_what_is_known(strata):
    found = estimate_changed(strata)
    if found is None:
        return
    changed = sum(stratum.changed for stratum in strata)
    unchanged = sum(stratum.judged - stratum.changed for stratum in strata)
    nearly = 1e-6
    assert changed - nearly <= found.low <= found.value + nearly
    assert found.value - nearly <= found.high <= found.covered - unchanged + nearly


def test_simple_random_sample_is_as_precise_as_itself():
    assert equal_sample([(500, 40)]) == 40
    assert equal_sample([(10, 10), (4, 4)]) is None


def test_small_strata_with_one_case_each_are_worth_fewer_cases():
    """Forty cases: thirty in strata of two, ten for a stratum of 400."""
    assert equal_sample([(400, 10), *[(2, 1)] * 30]) < 20


def possible_by_fractions(total, cases, found):
    """Every count that less likely findings leave possible, added up in exact fractions."""

    def chance(count, seen):
        ways = math.comb(count, seen) * math.comb(total - count, cases - seen)
        return Fraction(ways, math.comb(total, cases))

    def unlikely(count):
        own, chances = chance(count, found), [chance(count, seen) for seen in range(cases + 1)]
        less = sum(each for each in chances if each < own)
        return less + sum(each for each in chances if each == own) / 2

    return [
        count
        for count in range(found, total - (cases - found) + 1)
        if unlikely(count) >= Fraction(55, 1000)
    ]


@pytest.mark.parametrize(
    ("total", "cases", "found"), [(40, 6, 1), (40, 6, 0), (40, 6, 6), (28, 4, 2), (7, 3, 1)]
)
def test_interval_of_a_count_is_what_exact_fractions_leave_possible(total, cases, found):
    possible = possible_by_fractions(total, cases, found)
    assert interval_of_count(total, cases, found) == (possible[0], possible[-1])


def test_interval_between_two_whole_counts_lies_between_theirs():
    low, high = interval_of_count(40, 6, 1.5)
    first, second = interval_of_count(40, 6, 1), interval_of_count(40, 6, 2)
    assert (low, high) == ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)


def test_difference_of_two_shares_reaches_as_far_as_newcombe_says():
    """Newcombe 1998, example (a): 56 of 70 and 48 of 80, by the intervals of Wilson."""
    wilson = [Estimate(56, 0.6915872 * 70, 0.8771872 * 70, 70, 0)]
    wilson.append(Estimate(48, 0.4904604 * 80, 0.7004112 * 80, 80, 0))
    found = difference_of(*wilson)
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=2e-4)


def test_difference_turns_with_its_sides():
    one, other = (
        estimate_changed([JudgedStratum(90, 9, 6)]),
        estimate_changed([JudgedStratum(40, 8, 2)]),
    )
    there, back = difference_of(one, other), difference_of(other, one)
    assert (there.value, there.low, there.high) == pytest.approx(
        (-back.value, -back.high, -back.low)
    )
