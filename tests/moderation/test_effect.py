"""The annual effect in pounds (M7)."""

import random
from decimal import Decimal
from fractions import Fraction

from moderation.effect import Effect, estimate_effect


def cases(*pairs):
    return [(Fraction(weight), Decimal(difference)) for weight, difference in pairs]


def test_each_case_counts_as_many_decisions_as_it_stands_for():
    found = estimate_effect(cases((10, "1000"), (2, "-500"), (2, 0)), 14)
    assert found.value == 9000
    assert found.low <= 9000 <= found.high


def test_no_change_has_no_interval():
    assert estimate_effect(cases((10, 0), (2, 0)), 12) == Effect(0, None, None)


def test_no_case_is_not_defined():
    assert estimate_effect([], 10) is None


def test_whole_population_is_known_exactly():
    assert estimate_effect(cases((1, 100), (1, 0)), 2) == Effect(100, 100, 100)


def test_same_cases_give_the_same_interval():
    same = cases(*((5, each) for each in range(20)))
    assert estimate_effect(same, 100) == estimate_effect(same, 100)


def test_interval_holds_the_truth_about_as_often_as_it_says():
    source = random.Random(3)
    differences = [source.choice((0, 0, 0, 0, 1500, 2500, -1200)) for _ in range(400)]
    truth, held = sum(differences), 0
    for _ in range(150):
        drawn = source.sample(differences, 60)
        found = estimate_effect(cases(*((Fraction(400, 60), each) for each in drawn)), 400)
        held += found.low <= truth <= found.high
    assert 0.88 <= held / 150 <= 0.99
