"""Similar schools, suppression and outliers, by hand (rules.md, Comparing bands)."""

from fractions import Fraction
from uuid import uuid4

import pytest

from banding.similar.rules import Group, Tally, group_of, hidden_of, lying_of, shares_of

PRIMARY = ("mainstream", "Primary")


def school(counts, kind=PRIMARY):
    return Tally(uuid4(), kind, counts)


def five(counts, **more):
    return [school(counts, **more) for _ in range(5)]


def test_similar_are_of_one_sector_phase_and_size_and_not_oneself():
    own, alike = school({1: 10}), [*five({1: 5}), school({1: 20})]
    others = [school({1: 4}), school({1: 21}), *five({1: 10}, kind=("mainstream", "Secondary"))]
    group = group_of(own, [own, *alike, *others])
    assert (group.tallies, group.is_of_size, group.is_enough) == (alike, True, True)


def test_any_size_where_too_few_are_about_as_large():
    own = school({1: 100})
    group = group_of(own, [own, *five({1: 5})])
    assert (len(group.tallies), group.is_of_size, group.is_enough) == (5, False, True)


@pytest.mark.parametrize("tallies", [five({1: 10})[:4], five({1: 3})])
def test_fewer_than_five_schools_or_twenty_pupils_are_not_enough(tallies):
    assert not group_of(school({1: 4}), tallies).is_enough


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({1: 5, 2: 15, 3: 0}, set()),
        ({1: 4, 2: 1, 3: 15}, {1, 2}),  # together five
        ({1: 4, 2: 6, 3: 15}, {1, 2}),  # alone it would be what is left of all
        ({1: 1, 2: 2, 3: 6, 4: 15}, {1, 2, 3}),  # together three
    ],
)
def test_small_numbers_are_hidden_and_cannot_be_worked_out(counts, hidden):
    assert hidden_of(counts) == hidden
    shares = shares_of(counts, counts)
    assert {place for place, share in shares.items() if share is None} == hidden


def test_shares_are_of_all_pupils():
    assert shares_of({1: 5, 3: 15}, (1, 2, 3)) == {1: Fraction(1, 4), 2: 0, 3: Fraction(3, 4)}


@pytest.mark.parametrize(
    ("own", "apart"),
    [
        ({2: 8, 3: 8}, "higher"),  # 2.5 against 2, and 1/√16 is a quarter
        ({1: 8, 2: 8}, "lower"),
        ({2: 9, 3: 7}, ""),
        ({3: 9}, "higher"),
        ({3: 4}, None),
    ],
)
def test_outlier_is_two_standard_errors_from_its_group(own, apart):
    """The group's average is 2, its standard deviation 1."""
    lying = lying_of(school(own), Group(five({1: 4, 3: 4}), is_of_size=True))
    assert (lying and lying.apart) == apart


def test_group_on_one_band_makes_an_outlier_of_any_other():
    group = Group(five({2: 4}), is_of_size=True)
    assert lying_of(school({2: 5}), group).apart == ""
    assert lying_of(school({2: 4, 3: 1}), group).apart == "higher"
