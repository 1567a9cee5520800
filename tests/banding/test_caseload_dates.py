"""Dates of a caseload that cannot be are errors, those that hardly can are warnings (S13)."""

import datetime as dt

import pytest

from tests.banding.caseload_files import as_csv, caseload_row
from tests.banding.test_caseload_faults import run
from tests.factories import FrameworkFactory, SchoolFactory

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001", opened_on=dt.date(2010, 9, 1), closed_on=dt.date(2027, 8, 31))
    SchoolFactory(urn="900002", low_age=11, high_age=16)
    SchoolFactory(urn="900003", closed_on=dt.date(2026, 8, 31))
    FrameworkFactory()


def told(found) -> list[tuple]:
    return [(each.row, each.heading, each.message.partition(":")[0]) for each in found]


@pytest.mark.parametrize(
    ("values", "heading", "message"),
    [
        (
            {"date_of_birth": "2026-11-18"},
            "date_of_birth",
            "The date of birth is in the future.",
        ),
        (
            {"placement_start": "2018-03-03"},
            "placement_start",
            "The placement begins before the pupil was born",
        ),
        ({"plan_start": "2018-03-03"}, "plan_start", "The plan begins before the pupil was born"),
        (
            {"plan_start": "2043-09-01"},
            "plan_start",
            "The plan begins after the academic year in which the pupil turns 25",
        ),
    ],
)
def test_what_cannot_be_is_an_error_at_its_cell(values, heading, message):
    found = run(as_csv([caseload_row(1, **values)]))
    assert told(found.issues) == [(2, heading, message)]


@pytest.mark.parametrize(
    ("values", "heading", "message"),
    [
        (
            {"plan_end": "2099-12-31"},
            "plan_end",
            "The plan ends after the academic year in which the pupil turns 25",
        ),
        ({"ncy": "7"}, "ncy", "The year group does not match the date of birth"),
        (
            {"school_urn": "900002"},
            "school_urn",
            "The pupil is too young for the school",
        ),
        (
            {"school_urn": "900003"},
            "placement_end",
            "The placement goes on after the school closed",
        ),
        (
            {"placement_end": "2027-09-01"},
            "placement_end",
            "The placement goes on after the school closed",
        ),
    ],
)
def test_what_hardly_can_be_is_a_warning_at_its_cell(values, heading, message):
    found = run(as_csv([caseload_row(1, **values)]))
    assert found.issues == []
    assert told(found.warnings) == [(2, heading, message)]


def test_placement_before_its_school_opened_is_a_warning():
    row = caseload_row(1, date_of_birth="2005-03-04", placement_start="2010-08-31")
    found = run(as_csv([row | {"placement_end": "2016-08-31"}]))
    assert told(found.warnings) == [
        (2, "placement_start", "The placement begins before the school opened")
    ]


def test_year_group_is_held_against_the_year_the_file_is_for():
    """Year 5 is right in 2027-28, and two years ahead in 2025-26."""
    file = as_csv([caseload_row(1, ncy="5")])
    assert run(file, academic_year=2027).warnings == []
    [warning] = run(file, academic_year=2025).warnings
    assert "usually in Year 3 in 2025-26, not in Year 5" in warning.message


def test_nothing_is_odd_about_an_ordinary_row():
    assert run(as_csv([caseload_row(1, ncy="4")])).warnings == []


def test_row_without_a_date_of_birth_has_its_own_problem_alone():
    found = run(as_csv([caseload_row(1, date_of_birth="", plan_start="1999-01-01")]))
    assert [each.heading for each in found.issues] == ["date_of_birth"]
