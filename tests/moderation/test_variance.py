"""Variance components against the analysis of variance and against known truths (M7)."""

import random
from statistics import fmean, variance

import pytest

from moderation.selectors.spread import whole_percents
from moderation.variance import REST, components_of


def one_way(groups, size, spread, dice):
    """Values of equal groups around a mean of their own."""
    values, labels = [], []
    for group in range(groups):
        mean = dice.gauss(0, spread)
        values += [mean + dice.gauss(0, 1) for _ in range(size)]
        labels += [group] * size
    return values, labels


def test_equal_groups_give_the_estimate_of_the_analysis_of_variance():
    """σ² of groups = (MS between − MS within) ÷ size; what is left is MS within."""
    dice = random.Random(1)
    values, labels = one_way(8, 5, 2, dice)
    parts = [values[at : at + 5] for at in range(0, 40, 5)]
    within = fmean(variance(part) for part in parts)
    between = 5 * variance([fmean(part) for part in parts])
    found = components_of(values, {"school": labels})
    assert [one.name for one in found] == ["school", REST]
    assert found[0].variance == pytest.approx((between - within) / 5)
    assert found[1].variance == pytest.approx(within)
    assert (found[0].groups, sum(one.share for one in found)) == (8, pytest.approx(1))


def test_a_crossed_table_gives_the_estimate_of_the_two_way_analysis():
    """One value a cell: σ² of rows = (MS rows − MS rest) ÷ columns, and the other way round."""
    dice = random.Random(4)
    rows, columns = 7, 4
    by_row = [dice.gauss(0, 3) for _ in range(rows)]
    by_column = [dice.gauss(0, 3) for _ in range(columns)]
    table = [[r + c + dice.gauss(0, 1) for c in by_column] for r in by_row]
    mean = fmean(value for row in table for value in row)
    row_means = [fmean(row) for row in table]
    column_means = [fmean(column) for column in zip(*table, strict=True)]
    rest = sum(
        (table[r][c] - row_means[r] - column_means[c] + mean) ** 2
        for r in range(rows)
        for c in range(columns)
    ) / ((rows - 1) * (columns - 1))
    cells = [(r, c) for r in range(rows) for c in range(columns)]
    found = components_of(
        [table[r][c] for r, c in cells],
        {"school": [r for r, _ in cells], "moderator": [c for _, c in cells]},
    )
    assert [one.variance for one in found] == pytest.approx(
        [
            (columns * variance(row_means) - rest) / columns,
            (rows * variance(column_means) - rest) / rows,
            rest,
        ]
    )


def test_unequal_groups_come_out_right_on_average():
    """Truth 1, 1 and 1: the mean of 300 draws of crossed groups of unlike sizes."""
    dice = random.Random(3)
    found = []
    for _ in range(300):
        schools = [dice.gauss(0, 1) for _ in range(20)]
        people = [dice.gauss(0, 1) for _ in range(12)]
        labels = [(min(dice.randrange(30), 19), dice.randrange(12)) for _ in range(150)]
        values = [schools[s] + people[p] + dice.gauss(0, 1) for s, p in labels]
        groupings = {"school": [s for s, _ in labels], "moderator": [p for _, p in labels]}
        found.append([one.variance for one in components_of(values, groupings)])
    means = [fmean(each) for each in zip(*found, strict=True)]
    assert means == pytest.approx([1, 1, 1], abs=0.1)


def test_a_component_below_nought_is_none():
    found = components_of([0, 1, 0, 1], {"school": ["a", "a", "b", "b"]})
    assert [(one.name, one.variance) for one in found] == [("school", 0), (REST, 0.5)]


@pytest.mark.parametrize(
    ("values", "groupings"),
    [
        ([], {}),
        ([1, 1, 1, 1], {"school": ["a", "a", "b", "b"]}),
        # Each school has a moderator of its own: which of the two it is cannot be told.
        ([1, 2, 3, 5], {"school": ["a", "a", "b", "b"], "moderator": ["x", "x", "y", "y"]}),
        # Each value a group of its own.
        ([1, 2, 3], {"school": ["a", "b", "c"]}),
    ],
)
def test_where_nothing_can_be_told_there_are_none(values, groupings):
    assert components_of(values, groupings) is None


def test_a_grouping_with_one_group_is_left_out():
    found = components_of([1, 2, 3, 5], {"area": ["x"] * 4, "school": ["a", "a", "b", "b"]})
    assert [one.name for one in found] == ["school", REST]


def test_parts_in_whole_percents_come_to_a_hundred():
    assert whole_percents([0.013, 0.024, 0.0, 0.963]) == [1, 3, 0, 96]
    assert sum(whole_percents([0.005, 0.015, 0.0, 0.98])) == 100
    assert whole_percents([]) == []
