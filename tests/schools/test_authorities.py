"""An authority is told by its name."""

import pytest

from schools.authorities import NAMES, authority_of
from schools.register_rules import year_group_cell


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("881", "Essex (881)"),
        ("926", "Norfolk (926)"),
        ("998", "Eastmere (998)"),
        ("123", "authority 123"),
    ],
)
def test_code_becomes_a_name(code, told):
    assert authority_of(code) == told


def test_every_code_has_three_digits_and_a_name_of_its_own():
    assert [code for code in NAMES if len(code) != 3 or not code.isdigit()] == []
    assert len(set(NAMES.values())) == len(NAMES) == 155


@pytest.mark.parametrize(
    ("group", "shown"), [(-2, "Nursery 1"), (-1, "Nursery 2"), (0, "Reception"), (1, "1")]
)
def test_years_below_one_have_names_in_lists(group, shown):
    assert year_group_cell(group) == shown
