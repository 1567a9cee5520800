from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.choices import Sector
from schools.register_rules import (
    academic_year_name,
    academic_year_of,
    is_last_year_group,
    sector_of_school,
    year_group_of,
    year_groups_of_school,
)


@pytest.mark.parametrize(
    ("type_codes", "sector"),
    [
        ((7, 8, 10, 12, 33, 36, 44), Sector.SPECIAL),
        ((14, 38, 42, 43), Sector.ALTERNATIVE_PROVISION),
        ((15,), Sector.EARLY_YEARS),
        ((32,), Sector.POST_16),
    ],
)
def test_sector_comes_from_the_type_first(type_codes, sector):
    for code in type_codes:
        for phase, group in ((2, 4), (6, 3), (0, 10), (None, None)):
            found = sector_of_school(type_code=code, phase_code=phase, group_code=group)
            assert (code, found) == (code, sector)


@pytest.mark.parametrize(
    ("phase", "sector"),
    [
        (1, Sector.EARLY_YEARS),
        (2, Sector.MAINSTREAM),
        (3, Sector.MAINSTREAM),
        (4, Sector.MAINSTREAM),
        (5, Sector.MAINSTREAM),
        (6, Sector.POST_16),
        (7, Sector.MAINSTREAM),
        (0, None),
        (None, None),
        ("", None),
    ],
)
def test_sector_of_other_types_comes_from_the_phase(phase, sector):
    assert sector_of_school(type_code=34, phase_code=phase, group_code=10) == sector


@pytest.mark.parametrize("phase", [0, 4, 6])
def test_sector_of_an_independent_school_comes_from_the_group(phase):
    found = sector_of_school(type_code=11, phase_code=phase, group_code=3)
    assert found == Sector.INDEPENDENT


def test_special_academy_outside_the_special_group_is_special():
    assert sector_of_school(type_code=33, phase_code=0, group_code=10) == Sector.SPECIAL


def test_codes_may_be_the_text_of_the_register():
    assert sector_of_school(type_code=" 07", phase_code="0", group_code="5") == Sector.SPECIAL
    assert sector_of_school(type_code="1", phase_code="2", group_code="4") == Sector.MAINSTREAM


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)],
)
def test_academic_year_starts_on_1_september(day, year):
    assert academic_year_of(day) == year


@pytest.mark.parametrize(("year", "name"), [(2026, "2026-27"), (1999, "1999-00")])
def test_academic_year_is_written_as_two_years(year, name):
    assert academic_year_name(year) == name


@pytest.mark.parametrize(
    ("birth_date", "group"),
    [
        (date(2022, 8, 31), 0),
        (date(2022, 9, 1), -1),
        (date(2021, 9, 1), 0),
        (date(2021, 8, 31), 1),
        (date(2015, 10, 3), 6),
        (date(2020, 2, 29), 2),
    ],
)
def test_year_group_is_the_age_on_31_august_less_4(birth_date, group):
    assert year_group_of(birth_date, 2026) == group


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(2005, 2040))
def test_year_group_rises_by_one_a_year(birth_date, year):
    assert year_group_of(birth_date, year + 1) == year_group_of(birth_date, year) + 1


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_children_of_one_academic_year_are_in_one_year_group(birth_date):
    september = date(academic_year_of(birth_date), 9, 1)
    assert year_group_of(birth_date, 2026) == year_group_of(september, 2026)
    assert year_group_of(september - timedelta(days=1), 2026) == year_group_of(september, 2026) + 1


@pytest.mark.parametrize(
    ("low", "high", "groups"),
    [
        (4, 11, [0, 1, 2, 3, 4, 5, 6]),
        (4, 7, [0, 1, 2]),
        (7, 11, [3, 4, 5, 6]),
        (11, 16, [7, 8, 9, 10, 11]),
        (2, 5, [-2, -1, 0]),
        (None, 11, []),
        (4, None, []),
    ],
)
def test_year_groups_of_a_school(low, high, groups):
    assert list(year_groups_of_school(low, high)) == groups


@pytest.mark.parametrize(
    ("group", "low", "high", "last"),
    [
        (6, 4, 11, True),
        (5, 4, 11, False),
        (2, 4, 7, True),
        (7, 4, 11, True),
        (6, None, None, False),
    ],
)
def test_last_year_group_of_a_school(group, low, high, last):
    assert is_last_year_group(group, low, high) is last
