"""Found values keep every rule, brute force finds none nearer, contradictions are minimal (F15)."""

from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

from funding.scenarios.contradicting import contradicting
from funding.scenarios.solving import (
    INFEASIBLE,
    OPTIMAL,
    Problem,
    Rule,
    binding,
    fits,
    solve,
)

A, B, C = (0, "mainstream"), (1, "mainstream"), (0, "special")
STEP = 500


def rule(kind="limits", least=None, most=None, **weights) -> Rule:
    cells = {"a": A, "b": B, "c": C}
    ends = [None if end is None else Fraction(end) for end in (least, most)]
    return Rule(kind, kind, {cells[name]: Fraction(w) for name, w in weights.items()}, *ends)


def problem(*rules: Rule, cells=(A, B), today=None, weights=None, fixed=()) -> Problem:
    today = {A: 2_000, B: 4_000} if today is None else today
    return Problem(cells, STEP, today, weights or {}, frozenset(fixed), rules)


def test_nothing_moves_where_todays_values_fit():
    found = solve(problem(rule(a=1, b=1, most=6_000)))
    assert (found.status, found.values, found.distance) == (OPTIMAL, {A: 2_000, B: 4_000}, 0)


def test_the_value_with_fewer_pupils_moves():
    """£10 too much: the band of two pupils moves, not that of five."""
    weights = {A: Fraction(2), B: Fraction(5)}
    found = solve(problem(rule(a=1, b=1, most=5_000), weights=weights))
    assert (found.values, found.distance) == ({A: 1_000, B: 4_000}, 2_000)


def test_todays_value_that_is_no_multiple_is_rounded_to_the_nearer():
    found = solve(problem(today={A: 2_200, B: 4_300}))
    assert found.values == {A: 2_000, B: 4_500}


def test_fixed_value_is_kept_to_the_penny():
    found = solve(problem(rule("fixed", a=1, least=1_234, most=1_234), fixed=[A]))
    assert found.values == {A: 1_234, B: 4_000}


def test_band_without_a_value_gets_the_least_that_fits():
    found = solve(problem(rule(a=-1, b=1, least=750), today={A: 2_000}))
    assert found.values == {A: 2_000, B: 3_000}


def random_problem(random: Random) -> Problem:
    cells = (A, B, C)[: random.choice([2, 3])]
    names = "abc"[: len(cells)]
    today = {cell: random.randint(0, 5_000) for cell in cells}
    weights = {cell: Fraction(random.randint(0, 40), random.randint(1, 7)) for cell in cells}
    rules = [rule(name, most=5_000, **{name: 1}) for name in names]
    cost = {name: weights[cell] for name, cell in zip(names, cells, strict=True)}
    rules.append(rule("budget", most=random.randint(0, 60_000), **cost))
    for number in range(random.randint(1, 5)):
        one, other = random.sample(names, 2)
        end = random.choice(["least", "most"])
        pair = {one: 1, other: -random.choice([1, 1, Fraction(6, 5)])}
        rules.append(rule(f"pair {number}", **pair, **{end: random.randint(-3_000, 3_000)}))
    return problem(*rules, cells=cells, today=today, weights=weights)


def brute_force(found: Problem) -> Fraction | None:
    """The least distance of all values to £50 that keep every rule; None where none do."""
    choices = product(range(0, 5_001, STEP), repeat=len(found.cells))
    tried = (dict(zip(found.cells, map(Fraction, chosen), strict=True)) for chosen in choices)
    kept = (values for values in tried if all(each.is_kept(values) for each in found.rules))
    return min((found.distance(values) for values in kept), default=None)


@pytest.mark.parametrize("seed", range(60))
def test_brute_force_finds_nothing_nearer(seed):
    wanted = random_problem(Random(seed))
    found, best = solve(wanted), brute_force(wanted)
    if best is None:
        assert found.status == INFEASIBLE
        return
    assert all(each.is_kept(found.exact) for each in wanted.rules)
    assert all(value % STEP == 0 for value in found.values.values())
    assert (found.status, found.distance) == (OPTIMAL, best)


@pytest.mark.parametrize("seed", range(60))
def test_contradiction_is_one_and_each_rule_of_it_is_needed(seed):
    wanted = random_problem(Random(seed))
    if fits(wanted, wanted.rules):
        return
    rules = contradicting(wanted)
    assert not fits(wanted, rules)
    assert all(fits(wanted, others) for others in combinations(rules, len(rules) - 1))


def test_both_kinds_of_problem_are_tried():
    feasible = {fits(each, each.rules) for each in (random_problem(Random(n)) for n in range(60))}
    assert feasible == {True, False}


def test_what_binds_is_what_keeps_values_away_from_today():
    budget, order = rule("budget", a=1, b=1, most=5_000), rule("order", a=-1, b=1, least=0)
    wanted = problem(budget, order)
    assert binding(wanted, solve(wanted)) == [(budget, Fraction(1_000))]
