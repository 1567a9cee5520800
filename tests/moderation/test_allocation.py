"""Allotting cases to strata: the same share, equal precision, Neyman (M2)."""

import itertools
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.allocation import allot, expected_shares, width_of_own
from moderation.choices import Allocation
from moderation.precision import half_width
from moderation.sampling import sample_size

SIZES = {"large": 100, "middle": 40, "small": 3}


def given_to(kind, rate="0.1", minimum=1, sizes=None, differing=None):
    return allot(
        sizes or SIZES,
        allocation=kind,
        rate=Decimal(rate),
        minimum=minimum,
        differing=differing,
    )


def test_share_is_the_rate_of_each_stratum():
    assert given_to("share") == {"large": 10, "middle": 4, "small": 1}


def test_equal_precision_gives_small_strata_more():
    """Of 15 cases in all; the stratum of three is seen whole before the others are as precise."""
    found = given_to("equal")
    assert sum(found.values()) == 15
    assert found["small"] == 3
    assert abs(found["large"] - found["middle"]) <= 1


def test_neyman_gives_more_where_bands_differed():
    found = given_to("neyman", differing={"large": 0.02, "middle": 0.5, "small": 0.5})
    assert sum(found.values()) == 15
    assert found["middle"] > found["large"]


def all_ways(sizes, total, minimum):
    ranges = [range(min(size, minimum), size + 1) for size in sizes]
    return [ways for ways in itertools.product(*ranges) if sum(ways) == total]


@pytest.mark.parametrize("minimum", [1, 2])
@pytest.mark.parametrize("shares", [(0.5, 0.5, 0.5), (0.1, 0.4, 0.3), (0.05, 0.02, 0.6)])
def test_neyman_is_the_most_precise_of_all_ways(shares, minimum):
    sizes = [12, 7, 4]
    named = dict(enumerate(sizes))
    found = given_to("neyman", "0.4", minimum, sizes=named, differing=dict(enumerate(shares)))
    best = min(
        half_width(list(zip(sizes, ways, strict=True)), shares)
        for ways in all_ways(sizes, sum(found.values()), minimum)
    )
    pairs = [(size, found[place]) for place, size in named.items()]
    assert half_width(pairs, shares) == pytest.approx(best)


def test_equal_precision_has_the_narrowest_widest_stratum_of_all_ways():
    sizes = [12, 7, 4]
    named = dict(enumerate(sizes))
    found = given_to("equal", "0.4", sizes=named)

    def widest(ways):
        return max(
            width_of_own(size, n, 0.5) if size > 1 else 0
            for size, n in zip(sizes, ways, strict=True)
        )

    best = min(widest(ways) for ways in all_ways(sizes, sum(found.values()), 1))
    assert widest(found.values()) == pytest.approx(best)


@given(
    st.dictionaries(st.integers(0, 20), st.integers(0, 60), max_size=12),
    st.decimals(0, 1, places=2),
    st.integers(0, 4),
    st.sampled_from(Allocation.values),
)
def test_every_way_keeps_to_the_stratum_the_minimum_and_the_cost(sizes, rate, minimum, kind):
    found = allot(sizes, allocation=kind, rate=rate, minimum=minimum)
    assert list(found) == list(sizes)
    for key, size in sizes.items():
        assert min(size, minimum) <= found[key] <= size
    by_share = sum(sample_size(size, rate, minimum) for size in sizes.values())
    assert sum(found.values()) == by_share


def test_expected_shares_lean_on_the_whole_where_little_was_judged():
    """(9 + 1) ÷ (38 + 2) of all; (0 + 2 × 0.25) ÷ (2 + 2) of two that agreed."""
    shares, whole = expected_shares({"a": (36, 9), "b": (2, 0), "c": (0, 0)})
    assert whole == 0.25
    assert shares == {"a": 9.5 / 38, "b": 0.125, "c": 0.25}


def test_half_width_of_expected_shares_by_hand():
    """1.96 × √(0.2 × 0.8 ÷ 10 × 90 ÷ 99)"""
    expected = 1.959964 * math.sqrt(0.16 / 10 * 90 / 99)
    assert half_width([(100, 10)], [0.2]) == pytest.approx(expected, abs=1e-6)
