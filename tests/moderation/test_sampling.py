import hashlib
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.allocation import allot
from moderation.choices import Allocation
from moderation.precision import half_width
from moderation.sampling import (
    Decision,
    Stratum,
    draw,
    sample_hash,
    sample_size,
)

NORTH = Stratum("North", "mainstream", "A")
SOUTH = Stratum("South", "special", "B")


def share(rate):
    return partial(allot, allocation=Allocation.SHARE, rate=Decimal(rate))


def population(count, stratum=NORTH, first=1):
    return [Decision(UUID(int=number), stratum) for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("count", "rate", "minimum", "expected"),
    [
        (100, "0.10", 1, 10),
        (25, "0.10", 1, 3),
        (24, "0.10", 1, 2),
        (5, "0.10", 1, 1),
        (1, "0.10", 1, 1),
        (0, "0.10", 1, 0),
        (3, "0.10", 5, 3),
        (40, "0.10", 5, 5),
        (10, "1", 1, 10),
        (10, "0", 0, 0),
        (2, "0.25", 0, 1),
        (1000000, "0.0000005", 0, 1),
        (3, "0.16666666666666666666666666666666666", 0, 0),
    ],
)
def test_sample_size(count, rate, minimum, expected):
    assert sample_size(count, Decimal(rate), minimum) == expected


@pytest.mark.parametrize("rate", ["-0.1", "1.1", "NaN", "Infinity"])
def test_sample_size_refuses_a_rate_that_is_no_share(rate):
    with pytest.raises(ValueError, match="between 0 and 1"):
        sample_size(10, Decimal(rate))


@pytest.mark.parametrize(("count", "minimum"), [(-1, 1), (10, -1)])
def test_sample_size_refuses_counts_below_nought(count, minimum):
    with pytest.raises(ValueError, match="below 0"):
        sample_size(count, Decimal("0.1"), minimum)


def test_sample_size_refuses_a_float():
    with pytest.raises(TypeError, match="Decimal"):
        sample_size(10, 0.25)


@given(st.integers(0, 10**6), st.decimals(0, 1, places=4), st.integers(0, 20))
def test_sample_size_equals_the_formula(count, rate, minimum):
    rounded = int((rate * count).quantize(Decimal(1), ROUND_HALF_UP))
    assert sample_size(count, rate, minimum) == min(count, max(minimum, rounded))


def test_sample_hash_can_be_repeated_elsewhere():
    decision = UUID("0D1C7E6A-2B7B-4C8F-9E55-2F1B8D0A9C11")
    text = b"autumn-2026:0d1c7e6a-2b7b-4c8f-9e55-2f1b8d0a9c11"
    assert sample_hash("autumn-2026", decision) == hashlib.sha256(text).hexdigest()


def test_sample_hash_has_not_changed():
    """The figure is from `printf 'seed:0000…0001' | sha256sum`."""
    expected = "1130a648f456b6eb7406dd95ef4c44f8b600e30bc31e0ba28fbeebde82b76a96"
    assert sample_hash("seed", UUID(int=1)) == expected


def test_draw_takes_the_first_hashes_of_each_stratum():
    people = population(25) + population(4, SOUTH, first=100)
    drawn = draw(people, seed="s", allot=share("0.10"))
    for stratum, size, sample in ((NORTH, 25, 3), (SOUTH, 4, 1)):
        members = [row for row in drawn if row.stratum == stratum]
        hashes = sorted(sample_hash("s", p.uuid) for p in people if p.stratum == stratum)
        assert [row.hash for row in members] == hashes
        assert [row.selected for row in members] == [True] * sample + [False] * (size - sample)
        assert {(row.stratum_size, row.stratum_sample) for row in members} == {(size, sample)}


def test_draw_depends_on_the_seed():
    chosen = [
        {row.uuid for row in draw(population(60), seed=seed, allot=share("0.1")) if row.selected}
        for seed in ("a", "b")
    ]
    assert chosen[0] != chosen[1]


def test_draw_of_nobody_is_empty():
    assert draw([], seed="s", allot=share("0.1")) == []


@given(st.lists(st.uuids(), unique=True, max_size=40), st.randoms(use_true_random=False))
def test_draw_does_not_depend_on_the_order_given(uuids, random):
    people = [Decision(uuid, SOUTH if uuid.int % 3 else NORTH) for uuid in uuids]
    first = draw(people, seed="s", allot=share("0.3"))
    random.shuffle(people)
    assert draw(people, seed="s", allot=share("0.3")) == first


@pytest.mark.parametrize(
    ("strata", "expected"),
    [
        # 1.959964 × √(0.25 ÷ 100 × 900 ÷ 999)
        ([(1000, 100)], 0.093016),
        # Two equal halves: the same total sample, correction by (500 − 50) ÷ 499 each.
        ([(500, 50), (500, 50)], 0.093062),
        ([(10, 10), (5, 5)], 0.0),
        ([(1, 1)], 0.0),
        ([(1000, 100), (0, 0)], 0.093016),
    ],
)
def test_half_width_of_the_interval(strata, expected):
    assert half_width(strata) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("strata", [[], [(0, 0)], [(10, 2), (10, 0)]])
def test_half_width_is_not_defined(strata):
    assert half_width(strata) is None


@given(st.integers(2, 500), st.data())
def test_half_width_shrinks_as_the_sample_grows(size, data):
    sample = data.draw(st.integers(1, size - 1))
    assert half_width([(size, sample + 1)]) < half_width([(size, sample)])
