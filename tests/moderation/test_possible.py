"""Between what a coefficient lies, by the counts that are published (M7)."""

import random

import pytest

from moderation.agreement import measure_agreement
from moderation.possible import measures, possible_range
from moderation.publication import published_matrix


def random_matrix(dice, size):
    likely = (dice.choice([12, 40]), dice.choice([4, 12]), dice.choice([1, 4]))
    return [
        [dice.randint(0, likely[min(abs(row - column), 2)]) for column in range(size)]
        for row in range(size)
    ]


@pytest.mark.parametrize("size", [2, 3, 4])
def test_the_coefficient_itself_lies_between(size):
    dice, told = random.Random(size), 0
    for _ in range(12):
        matrix = random_matrix(dice, size)
        agreement, found = measure_agreement(matrix), published_matrix(matrix)
        for name in measures(size):
            between = possible_range(found, agreement.n, name)
            if between and (own := getattr(agreement, name)):
                assert between[0] <= own.value <= between[1]
                told += 1
    assert told > 20


def test_with_every_count_shown_it_is_the_coefficient():
    matrix = [[30, 6], [7, 20]]
    agreement, found = measure_agreement(matrix), published_matrix(matrix)
    for name in measures(2):
        low, high = possible_range(found, agreement.n, name)
        assert low <= getattr(agreement, name).value <= high
        assert high - low <= 0.011


def test_a_few_hidden_counts_leave_it_narrow():
    """Two near cells a side are hidden: kappa is told to within a few hundredths."""
    matrix = [[60, 3, 0], [9, 50, 4], [1, 8, 40]]
    found = published_matrix(matrix)
    low, high = possible_range(found, 175, "kappa")
    assert 0 < high - low < 0.1


def test_nothing_is_told_where_the_matrix_is_hidden():
    assert possible_range(published_matrix([[1, 0], [0, 1]]), 2, "kappa") is None
