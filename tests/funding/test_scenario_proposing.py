"""Values proposed for a wish: none nearer, contradictions as small as can be, and what has to be
relaxed how far (F15).
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any

import pytest

from funding.scenarios.pricing import Kept
from funding.scenarios.proposing import Proposal, propose
from funding.scenarios.relaxing import NOT_ENOUGH, changed, way_of
from funding.scenarios.solving import INFEASIBLE, OPTIMAL, Problem, Rule, ask_solver, fits
from funding.scenarios.spreading import ALLOWED, farthest, shares_moved
from funding.scenarios.wanting import Wanted, problem_of
from tests.funding.random_wishes import (
    CELLS,
    FIRST,
    LAST,
    Values,
    all_that_keep,
    broken,
    distance,
    random_wanted,
    wanted_over,
)

SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(8, 80))]
A, B, SPECIAL_A, SPECIAL_B = CELLS


def values_in(proposal: Proposal) -> Values:
    return {
        ("AB".index(each.band), each.sector): int(each.annual_value * 100)
        for each in proposal.values
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_brute_force_finds_nothing_nearer(seed):
    """No value could move by a smaller share; of those that move no more, none moves less."""
    wanted = random_wanted(Random(seed))
    proposal, kept = propose(wanted), all_that_keep(wanted)
    if not kept:
        assert proposal.status == INFEASIBLE
        return
    values, problem = values_in(proposal), problem_of(wanted, 0)
    assert [*broken(wanted, values)] == []
    shares = shares_moved(problem)
    assert shares is not None
    largest = max(shares.values())
    assert all(moved_most(problem, each) >= largest - 1e-6 for each in kept)
    for steps in (*ALLOWED, 1_000):
        far = farthest(problem, shares, steps)
        near = [each for each in kept if not any(beyond(problem, each, far))]
        if near:
            break
    best = min(distance(wanted, each) for each in near)
    assert (proposal.status, distance(wanted, values)) == (OPTIMAL, best)


def moved_most(problem: Problem, values: Values) -> float:
    today = problem.today
    moved = (abs(values[cell] - today[cell]) / max(today[cell], problem.step) for cell in CELLS)
    return max(moved)


def beyond(problem: Problem, values: Values, far: dict[Any, Any]) -> Iterator[bool]:
    return (abs(values[cell] - problem.today[cell]) > far[cell] for cell in CELLS)


@pytest.mark.parametrize("seed", SEEDS)
def test_contradiction_is_among_the_smallest(seed):
    wanted = random_wanted(Random(seed))
    proposal = propose(wanted)
    if proposal.status != INFEASIBLE:
        return
    problem = problem_of(wanted, 0)
    named = [each.rule for each in proposal.because]
    assert not fits(problem, named)
    for others in combinations(named, len(named) - 1):
        assert fits(problem, others)
    for fewer in range(1, len(named)):
        for some in combinations(problem.rules, fewer):
            found = ask_solver(problem, some, cheapest=True, whole=False)
            assert found.status != INFEASIBLE


def relaxed_ones(proposal: Proposal) -> Iterator[tuple[Rule, Decimal | None, Decimal]]:
    for each in proposal.because:
        if each.words != NOT_ENOUGH:
            assert each.least_cost is not None
            yield each.rule, each.relax_to, each.least_cost


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_relaxed_fits_and_no_less_would_do(seed):
    wanted = random_wanted(Random(seed))
    for rule, to, cost in relaxed_ones(propose(wanted)):
        if rule.part == ("keep_order",):
            without = wanted.with_part(keep_order=False)
            assert propose(without).status != INFEASIBLE
            continue
        assert to is not None
        if rule.part == ("budget",):
            tighter = wanted.with_part(budget=to - Decimal("0.01"))
            relaxed = wanted.with_part(budget=to)
            assert cost == to
        else:
            way = way_of(wanted, rule.part)
            back = to + (way.unit if way.end < way.now else -way.unit)
            tighter = wanted.with_part(**changed(wanted, rule.part, back))
            relaxed = wanted.with_part(**changed(wanted, rule.part, to))
        found = propose(relaxed)
        assert found.cost is not None
        assert found.cost >= cost
        assert propose(tighter).status == INFEASIBLE
        least = relaxed.with_part(budget=cost, spend_at_least=None)
        assert propose(least).status != INFEASIBLE


def test_both_kinds_of_wishes_are_tried():
    found = {propose(random_wanted(Random(seed))).status for seed in range(8)}
    assert found >= {OPTIMAL, INFEASIBLE}


TODAY: dict[Any, int | None] = {A: 100_000, B: 200_000, SPECIAL_A: 300_000, SPECIAL_B: 400_000}
YEARS = {A: 3, B: 2, SPECIAL_A: 2, SPECIAL_B: 1}
"""£17,000 a year."""


def wanted(values: dict[Any, int | None] = TODAY, **wish: Any) -> Wanted:
    return wanted_over(values, YEARS, **wish)


def because(proposal: Proposal) -> list[str]:
    return [each.rule.words for each in proposal.because]


def test_a_least_spend_beside_a_budget_is_no_contradiction():
    proposal = propose(wanted(budget=17_500, spend_at_least=17_400))
    assert proposal.status == OPTIMAL
    assert proposal.cost is not None
    assert 17_400 <= proposal.cost <= 17_500


def test_protection_in_force_is_paid_out_of_the_budget():
    """The pupils of special schools keep 98% of what they had; the less they are worth, the more
    is paid beside. What is to be spent at least counts it as well.
    """
    kept = {
        pupil: [Kept("special", "floor", "0.98", FIRST, LAST, 300_000)] for pupil in range(5, 7)
    }
    proposal = propose(
        wanted_over(TODAY, YEARS, kept, budget=16_000, spend_at_least=15_950, minimum_step=700)
    )
    assert proposal.cost is not None
    assert 15_950 <= proposal.cost <= 16_000
    values = values_in(proposal)
    alone = sum(YEARS[cell] * value for cell, value in values.items()) / 100
    assert proposal.cost - Decimal(alone) == 2 * max(0, 2_940 - values[SPECIAL_A] // 100) > 0


def test_more_to_be_spent_than_there_is():
    proposal = propose(wanted(budget=17_000, spend_at_least=17_001))
    assert because(proposal) == [
        "The budget is £17,000.00.",
        "At least £17,001.00 is spent.",
    ]
    assert [each.relax_to for each in proposal.because] == [17_005, 17_000]
    assert [each.least_cost for each in proposal.because] == [17_005, 17_000]


def test_shares_above_the_whole_contradict_each_other():
    shares = [{"sector": "special", "least": 80}, {"sector": "mainstream", "least": 30}]
    proposal = propose(wanted(budget=17_000, shares=shares))
    assert because(proposal) == [
        "Special: at least 80% of what the values cost.",
        "Mainstream: at least 30% of what the values cost.",
    ]
    assert [each.relax_to for each in proposal.because] == [70, 20]


def test_a_ratio_whose_least_exceeds_its_most_fits_nothing():
    ratios = [{"sector": "special", "to_sector": "mainstream", "least": 3, "most": 2}]
    proposal = propose(wanted(budget=17_000, ratios=ratios))
    assert because(proposal) == [
        "Band A, Special: at least 3 times as much as in Mainstream.",
        "Band A, Special: at most 2 times as much as in Mainstream.",
    ] or because(proposal) == [
        "Band B, Special: at least 3 times as much as in Mainstream.",
        "Band B, Special: at most 2 times as much as in Mainstream.",
    ]
    assert [each.relax_to for each in proposal.because] == [2, 3]


def test_a_band_that_alone_breaks_the_budget_is_named_alone():
    proposal = propose(wanted(budget=3_000, largest_change=5))
    assert [each.rule.kind for each in proposal.because] == ["budget", "largest_change"]
    budget, change = proposal.because
    # All at 95%, and each to the next £5 above it.
    assert (budget.relax_to, budget.words) == (16_150, "A budget of £16,150.00 would be enough.")
    assert change.relax_to is not None
    assert 82 < change.relax_to < 83
    assert change.least_cost is not None
    assert change.least_cost <= 3_000


def test_a_band_without_a_value_pulls_no_other_down():
    """It counts as near the band below, so that each pound saved is a pound moved everywhere."""
    proposal = propose(wanted(TODAY | {SPECIAL_B: None}, budget=15_800))
    values = values_in(proposal)
    (said,) = proposal.without_value
    assert said.startswith("Band B, Special has no value today: it is kept near £3,000.00,")
    assert proposal.moved == 200
    assert values[SPECIAL_B] >= values[SPECIAL_A] >= 280_000


def test_no_band_falls_to_nothing_but_one_that_is_nothing_or_may_be():
    cheap = propose(wanted(budget=100))
    assert min(values_in(cheap).values()) >= 500
    limits = [{"band": "A", "sector": "mainstream", "most": 0}]
    assert values_in(propose(wanted(budget=17_000, limits=limits)))[A] == 0
    assert values_in(propose(wanted(TODAY | {A: 0}, budget=17_000)))[A] == 0


def test_budget_that_pays_for_no_values_at_all_contradicts_itself():
    proposal = propose(wanted(budget=20))
    assert because(proposal) == ["The budget is £20.00."]
    assert proposal.because[0].relax_to == 40


def test_todays_values_are_those_of_one_day():
    proposal = propose(wanted(budget=17_000))
    assert str(proposal.day) == "2026-09-01"


def test_a_cut_is_spread_over_all_values():
    """2% less in all: no band falls by much more, and all of the budget is spent but for steps."""
    proposal = propose(wanted(budget=16_660))
    values = values_in(proposal)
    for cell, now in TODAY.items():
        assert now is not None
        assert 0.97 < values[cell] / now < 0.99
    assert proposal.cost == 16_660
