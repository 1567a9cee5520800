"""What may be published of a term, so that nobody works a small number out (rules.md F13)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.figures.rules import Term, published_term, rounded, unit_of


def term(by_band, by_sector=None, amount="1234567.89", values=("4000", "1000")):
    total = sum(by_band.values())
    return Term(
        name="Autumn term 2026",
        amount=Decimal(amount),
        by_sector=by_sector or {"Mainstream": total},
        by_band=by_band,
        values=[Decimal(value) for value in values],
    )


def test_nothing_small_leaves_everything_as_it_is():
    shown = published_term(term({"A": 12, "B": 5}))
    assert (shown.pupils, shown.amount, shown.unit) == (17, Decimal(1234568), 1)
    assert shown.by_band == [("A", 12), ("B", 5)]


def test_small_count_takes_another_with_it_and_rounds_the_amount():
    shown = published_term(term({"A": 40, "B": 12, "C": 3}))
    assert shown.pupils == 55
    assert shown.by_band == [("A", 40), ("B", None), ("C", None)]
    assert (shown.amount, shown.unit) == (Decimal(1250000), 50_000)


def test_small_count_in_one_table_rounds_the_amount_of_both():
    shown = published_term(term({"A": 30}, {"Mainstream": 20, "Special": 8, "Post-16": 2}))
    assert shown.by_sector == [("Mainstream", 20), ("Special", None), ("Post-16", None)]
    assert (shown.by_band, shown.unit) == ([("A", 30)], 50_000)


def test_term_of_under_five_pupils_shows_no_number_at_all():
    shown = published_term(term({"A": 3, "B": 1}))
    assert (shown.pupils, shown.amount) == (None, None)
    assert {count for _, count in [*shown.by_band, *shown.by_sector]} == {None}


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ((), 1_000),
        (("1000", "1000"), 1_000),
        (("1000", "1100"), 1_000),
        (("1000", "1100.01"), 2_000),
        (("1000", "1600"), 10_000),
        (("0", "20000"), 200_000),
    ],
)
def test_unit_is_ten_times_what_two_bands_differ_by(values, unit):
    assert unit_of([Decimal(value) for value in values]) == unit


def test_half_a_unit_goes_up():
    assert rounded(Decimal(1500), 1000) == 2000


COUNTS = st.lists(st.integers(min_value=0, max_value=30), min_size=1, max_size=7)


@given(COUNTS)
def test_hidden_count_is_never_worked_out_from_the_total(counts):
    """Of a table with its total, each hidden count may still be any from 0 to 5."""
    table = {str(place): count for place, count in enumerate(counts)}
    shown = published_term(term(table, table))
    told = [count for _, count in shown.by_band]
    assert all(count is None or count == right for count, right in zip(told, counts, strict=True))
    assert all(count is None or count >= 5 for count in [*told, shown.pupils])
    if shown.pupils is not None and None in told:
        hidden = shown.pupils - sum(filter(None, told))
        assert told.count(None) >= 2 or hidden == shown.pupils
        assert hidden >= 5
