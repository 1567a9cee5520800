"""How often the 95 % interval of the estimate holds the truth, by drawing many samples (M7)."""

import random
from decimal import Decimal

import pytest

from moderation.allocation import allot
from moderation.choices import Allocation
from moderation.estimate import JudgedStratum, estimate_changed

DRAWS = 2000
SIZES = [1 + (7 * place * place) % 29 for place in range(35)]
"""As uneven and small as the strata of the demonstration, one case in most of them."""
UNEVEN = 0.6
"""By how much the strata differ from the share of all, at most, up and down."""


def population(source, share):
    """How many decisions of each stratum change; parts of one fall either way."""
    lean = [share * (1 + UNEVEN * (place % 5 - 2) / 2) for place in range(len(SIZES))]
    return [
        min(size, int(own * size + source.random())) for own, size in zip(lean, SIZES, strict=True)
    ]


def share_held(share, rate, kind, draws, seed):
    """Of so many populations, each drawn from once; `rate` is of the sample."""
    source, held = random.Random(seed), 0
    given = allot(dict(enumerate(SIZES)), allocation=kind, rate=Decimal(rate))
    for _ in range(draws):
        changing = population(source, share)
        seen = [
            sum(source.sample([1] * change + [0] * (size - change), given[place]))
            for place, (size, change) in enumerate(zip(SIZES, changing, strict=True))
        ]
        found = estimate_changed(
            [JudgedStratum(size, given[k], seen[k]) for k, size in enumerate(SIZES)]
        )
        held += found.low - 1e-9 <= sum(changing) <= found.high + 1e-9
    return held / draws


@pytest.mark.parametrize("kind", ["share", "equal"])
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_interval_holds_the_truth_as_often_as_it_says(share, kind):
    assert 0.93 <= share_held(share, "0.15", kind, DRAWS, seed=11) <= 0.97


@pytest.mark.parametrize("rate", ["0.10", "0.24"])
def test_interval_of_a_rare_change_is_neither_bold_nor_too_wide(rate):
    """A change in one decision of thirty leaves no change in many samples."""
    assert 0.93 <= share_held(0.03, rate, "share", DRAWS, seed=11) <= 0.97


@pytest.mark.soak
@pytest.mark.parametrize("kind", Allocation.values)
@pytest.mark.parametrize("rate", ["0.10", "0.15", "0.24"])
@pytest.mark.parametrize("share", [0.03, 0.08, 0.15, 0.25, 0.35, 0.5])
def test_interval_holds_the_truth_at_every_rate(share, rate, kind):
    assert 0.93 <= share_held(share, rate, kind, DRAWS * 10, seed=5) <= 0.97
