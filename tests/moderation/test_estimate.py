import math
import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.estimate import Estimate, JudgedStratum, estimate_changed, stratum_variance


@st.composite
def judged_strata(draw):
    population = draw(st.integers(0, 200))
    judged = draw(st.integers(0, population))
    return JudgedStratum(population, judged, draw(st.integers(0, judged)))


def test_estimate_by_hand():
    """100 × 2/10 + 60 × 3/6 = 50, variance 100² × 0.9 × 0.16/9 + 60² × 0.9 × 0.25/5."""
    found = estimate_changed([JudgedStratum(100, 10, 2), JudgedStratum(60, 6, 3)])
    margin = 1.959964 * math.sqrt(160 + 162)
    assert found.value == pytest.approx(50)
    assert found.low == pytest.approx(50 - margin, abs=1e-4)
    assert found.high == pytest.approx(50 + margin, abs=1e-4)
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


def test_single_case_takes_the_spread_of_all():
    """20² × (1 − 1/20) × pooled 2/6 × 4/6; the other stratum 10² × 0.5 × 0.24/4."""
    found = estimate_changed([JudgedStratum(20, 1, 0), JudgedStratum(10, 5, 2)])
    margin = 1.959964 * math.sqrt(400 * 0.95 * 2 / 9 + 100 * 0.5 * 0.24 / 4)
    assert found.value == 4
    assert found.high == pytest.approx(4 + margin, abs=1e-4)
    assert found.low == 2


def test_no_change_seen_does_not_claim_certainty():
    """Wilson for 0 of 10, as 10 × 99/90 = 11 cases: 100 × z² ÷ (11 + z²)."""
    found = estimate_changed([JudgedStratum(100, 10, 0)])
    z2 = 1.959964**2
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(100 * z2 / (11 + z2), abs=1e-4)


def test_all_changed_mirrors_none_changed():
    none = estimate_changed([JudgedStratum(100, 10, 0)])
    every = estimate_changed([JudgedStratum(100, 10, 10)])
    assert (every.value, every.high) == (100, 100)
    assert every.low == pytest.approx(100 - none.high)


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


def test_variance_is_unbiased_over_every_possible_sample():
    """All samples of 3 of 6 with 2 changed: the mean square error equals the mean variance."""
    population = [1, 1, 0, 0, 0, 0]
    errors, variances = [], []
    for sample in combinations(population, 3):
        share = sum(sample) / 3
        errors.append((6 * share - 2) ** 2)
        variances.append(stratum_variance(JudgedStratum(6, 3, sum(sample)), pooled=0))
    assert sum(errors) == pytest.approx(sum(variances))


def test_interval_covers_the_truth_about_as_often_as_it_says():
    """500 samples of 60 of 300 and 20 of 40; 95 % ± 4 points of the intervals hold the truth."""
    big, small = [1] * 90 + [0] * 210, [1] * 20 + [0] * 20
    source = random.Random(7)
    held = 0
    for _ in range(500):
        seen = sum(source.sample(big, 60)), sum(source.sample(small, 20))
        strata = [JudgedStratum(300, 60, seen[0]), JudgedStratum(40, 20, seen[1])]
        found = estimate_changed(strata)
        held += found.low <= 110 <= found.high
    assert 455 <= held <= 495
