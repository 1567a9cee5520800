import json
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.disclosure import published_count
from moderation.agreement import (
    Agreement,
    confusion_matrix,
    measure_agreement,
)
from tests.shared_data import SHARED_DATA, needs_shared_data

KAPPAS = ("kappa", "linear_weighted_kappa", "quadratic_weighted_kappa")

matrices = st.integers(1, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 30), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


@needs_shared_data
def test_statistics_equal_the_vectors():
    vectors = json.loads((SHARED_DATA / "vectors" / "agreement.json").read_text())["cases"]
    assert len(vectors) == 2
    for vector in vectors:
        found = measure_agreement(vector["matrix"])
        for name in ("n", "exact_agreement", "within_one", "moderator_higher", "moderator_lower"):
            assert (name, getattr(found, name)) == (name, vector[name])
        for name in KAPPAS:
            kappa = getattr(found, name)
            assert (name, kappa and round(kappa.value, 4)) == (name, vector[name])


def test_kappa_and_its_interval_by_hand():
    """po = 0.7, pe = 0.5. With one more case by chance 40.3, 20.3, 10.2 and 30.2 of 101: each
    cell's term is its share × (agreement − (1 − κ) × the chances of its column's and row's
    band)², less (κ − 0.5 × (1 − κ))², over 101 × 0.5².
    """
    found = measure_agreement([[40, 20], [10, 30]])
    middle = 2 * 70.5 / 101 - 1
    rest = 1 - middle
    terms = 40.3 * (1 - rest * 1.1) ** 2 + 30.2 * (1 - rest * 0.9) ** 2
    terms += 20.3 * (rest * 0.9) ** 2 + 10.2 * (rest * 1.1) ** 2
    error = ((terms / 101 - (middle - 0.5 * rest) ** 2) / 25.25) ** 0.5
    assert found.kappa.value == pytest.approx(0.4)
    assert found.kappa.low == pytest.approx(middle - 1.959964 * error, abs=1e-6)
    assert found.kappa.high == pytest.approx(middle + 1.959964 * error, abs=1e-6)


def test_weighted_kappas_of_two_bands_equal_the_plain_one():
    found = measure_agreement([[40, 20], [10, 30]])
    assert found.linear_weighted_kappa == found.kappa == found.quadratic_weighted_kappa


def test_interval_covers_the_truth_about_as_often_as_it_says():
    """1,000 samples of 200 from known shares; 95 % ± 3 points of the intervals hold the kappa."""
    shares = (25, 5, 1, 8, 25, 5, 1, 5, 25)
    truth = measure_agreement(square(dict(enumerate(shares))))
    drawing = random.Random(2026)
    draws = [Counter(drawing.choices(range(9), shares, k=200)) for _ in range(1000)]
    for name in KAPPAS:
        value = getattr(truth, name).value
        kappas = [getattr(measure_agreement(square(draw)), name) for draw in draws]
        held = sum(kappa.low <= value <= kappa.high for kappa in kappas)
        assert (name, 920 <= held <= 980) == (name, True)


def square(counts):
    return [[counts.get(3 * row + column, 0) for column in range(3)] for row in range(3)]


@pytest.mark.parametrize("matrix", [[], [[0]], [[0, 0], [0, 0]]])
def test_nothing_judged_is_not_defined(matrix):
    shape = tuple(tuple(row) for row in matrix)
    assert measure_agreement(matrix) == Agreement(shape, 0, *[None] * 7, 0, 0)


def test_kappa_of_one_band_is_not_defined():
    found = measure_agreement([[7]])
    assert (found.exact_agreement, found.within_one) == (1, 1)
    assert [getattr(found, name) for name in KAPPAS] == [None] * 3


def test_perfect_agreement_has_kappa_one():
    found = measure_agreement([[3, 0], [0, 4]])
    assert (found.kappa.value, found.kappa.low, found.kappa.high) == (1, -1, 1)


def test_a_dozen_cases_that_agree_do_not_claim_certainty():
    found = measure_agreement([[6, 0], [0, 6]]).kappa
    assert (found.value, found.high) == (1, 1)
    assert 0.4 < found.low < 0.8


def test_gwet_by_hand():
    """po = 0.7; π = 0.55 and 0.45, so that chance is 2 × 0.55 × 0.45 = 0.495."""
    found = measure_agreement([[40, 20], [10, 30]])
    assert found.ac1.value == pytest.approx((0.7 - 0.495) / 0.505)
    assert found.ac2.value == pytest.approx(found.ac1.value)


def test_gwet_stays_telling_where_one_band_dominates():
    """96 % agree: kappa calls that chance, AC1 does not."""
    found = measure_agreement([[96, 2], [2, 0]])
    assert found.kappa.value == pytest.approx(-0.0204, abs=1e-4)
    assert found.ac1.value == pytest.approx((0.96 - 0.0392) / (1 - 0.0392))


def test_gwet_with_linear_weights_by_hand():
    """Weights 1, ½, 0: po = (6 + ½ × 2) / 8; T = 5, π = 6, 6 and 4 sixteenths."""
    found = measure_agreement([[2, 1, 0], [1, 2, 0], [0, 0, 2]])
    shares = (6 / 16, 6 / 16, 4 / 16)
    chance = 5 / 6 * sum(one * (1 - one) for one in shares)
    assert found.ac2.value == pytest.approx((7 / 8 - chance) / (1 - chance))


@given(matrices)
def test_gwet_of_neighbours_is_no_lower_than_of_full_agreement_observed(matrix):
    found = measure_agreement(matrix)
    assert (found.ac1 is None) == (found.n == 0 or len(matrix) < 2)
    assert found.ac1 is None or found.ac1.value <= 1 + 1e-9


def test_within_one_counts_neighbours_only():
    found = measure_agreement([[1, 1, 1], [1, 1, 1], [1, 1, 1]])
    assert found.within_one == pytest.approx(7 / 9)


def test_matrix_that_is_not_square_is_refused():
    with pytest.raises(ValueError, match="as many rows as columns"):
        measure_agreement([[1, 2]])


def test_confusion_matrix_has_the_moderator_in_rows_and_all_bands():
    judged = [("B", "A"), ("B", "A"), ("A", "A"), ("A", "B")]
    assert confusion_matrix(["A", "B", "C"], judged) == ((1, 1, 0), (2, 0, 0), (0, 0, 0))


def test_direction_counts_the_moderator_against_the_school():
    found = measure_agreement(confusion_matrix(["A", "B"], [("B", "A"), ("B", "A"), ("A", "B")]))
    assert (found.moderator_higher, found.moderator_lower) == (2, 1)


def test_confusion_matrix_refuses_an_unknown_band():
    with pytest.raises(ValueError, match="not a band"):
        confusion_matrix(["A", "B"], [("A", "C")])


@given(matrices)
def test_swapping_the_judges_swaps_the_direction_only(matrix):
    swapped = [list(column) for column in zip(*matrix, strict=True)]
    one, other = measure_agreement(matrix), measure_agreement(swapped)
    assert (one.moderator_higher, one.moderator_lower) == (
        other.moderator_lower,
        other.moderator_higher,
    )
    for name in KAPPAS:
        first, second = getattr(one, name), getattr(other, name)
        assert (first is None) == (second is None)
        assert first is None or first.value == pytest.approx(second.value)


@given(matrices)
def test_shares_and_kappas_stay_in_their_range(matrix):
    found = measure_agreement(matrix)
    if found.n:
        assert 0 <= found.exact_agreement <= found.within_one <= 1
    for name in KAPPAS:
        kappa = getattr(found, name)
        assert kappa is None or -1 <= kappa.low <= kappa.value <= kappa.high <= 1


@pytest.mark.parametrize(("count", "published"), [(0, None), (4, None), (5, 5), (60, 60)])
def test_counts_under_five_are_suppressed(count, published):
    assert published_count(count) == published


def test_gwet_has_an_interval_like_kappa_s():
    """Few cases that all agree prove little, and below ten nothing."""
    many, few = measure_agreement([[60, 5], [5, 30]]), measure_agreement([[6, 0], [0, 6]])
    assert many.ac1.low < many.ac1.value < many.ac1.high < 1
    assert (few.ac1.value, few.ac1.high) == (1, 1)
    assert 0.4 < few.ac1.low < 0.9
    least = measure_agreement([[3, 0], [0, 3]])
    assert (least.ac1.low, least.ac2.high) == (-1, 1)
