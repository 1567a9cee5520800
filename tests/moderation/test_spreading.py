"""Spreading cases evenly."""

from collections import Counter
from uuid import UUID

from moderation.spreading import Wanted, spread_evenly


def pk(number):
    return UUID(int=number)


ANN, BEN, CAT = pk(1), pk(2), pk(3)


def test_spread_evenly_differs_by_one_at_most():
    given = spread_evenly([Wanted(pk(10 + n), frozenset({ANN, BEN, CAT})) for n in range(8)], {})
    assert sorted(Counter(given.values()).values()) == [2, 3, 3]


def test_spread_evenly_counts_what_each_has_already():
    given = spread_evenly([Wanted(pk(10 + n), frozenset({ANN, BEN})) for n in range(3)], {ANN: 3})
    assert Counter(given.values()) == {BEN: 3}


def test_spread_evenly_serves_cases_with_few_judges_first():
    wanted = [Wanted(pk(10), frozenset({ANN, BEN})), Wanted(pk(11), frozenset({ANN}))]
    assert spread_evenly(wanted, {}) == {pk(10): BEN, pk(11): ANN}


def test_spread_evenly_leaves_out_a_case_nobody_may_judge():
    assert spread_evenly([Wanted(pk(10), frozenset())], {ANN: 0}) == {}
