"""S13: dates that cannot be are errors, those that hardly can are warnings."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.choices import IMPOSSIBLE, Odd
from schools.oddities import (
    last_day_at_25,
    oddities_of_birth,
    oddities_of_period,
    oddities_of_place,
    oddities_of_year_group,
)
from schools.register_rules import year_group_name, year_group_of

TODAY = dt.date(2026, 11, 17)
BORN = dt.date(2016, 3, 4)
SEPTEMBER = dt.date(2026, 9, 1)


@dataclass
class Place:
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    low_age: int | None = None
    high_age: int | None = None


def kinds(found) -> list[tuple]:
    return [(each.kind, each.field) for each in found]


def test_errors_are_what_cannot_be_at_all():
    assert {Odd.BORN_IN_FUTURE, Odd.BEFORE_BIRTH, Odd.AFTER_25} == IMPOSSIBLE


@pytest.mark.parametrize(("days", "odd"), [(-1, False), (0, False), (1, True)])
def test_birth_in_the_future(days, odd):
    found = oddities_of_birth(TODAY + dt.timedelta(days), TODAY)
    assert kinds(found) == ([("born_in_future", "date_of_birth")] if odd else [])
    assert [each.is_error for each in found] == [True] * odd


@pytest.mark.parametrize(
    ("born", "odd"),
    [
        (dt.date(1950, 1, 1), True),
        (dt.date(2001, 8, 31), True),  # 25 in the year that ended in August
        (dt.date(2001, 9, 1), False),
    ],
)
def test_nobody_older_than_25_is_taken_unasked(born, odd):
    found = oddities_of_birth(born, TODAY)
    assert kinds(found) == ([("over_25", "date_of_birth")] if odd else [])
    assert not any(each.is_error for each in found)


@pytest.mark.parametrize(
    ("group", "odd"), [(None, False), (4, True), (5, False), (6, False), (7, False), (8, True)]
)
def test_year_group_more_than_a_year_from_the_date_of_birth(group, odd):
    assert year_group_of(BORN, 2026) == 6
    found = oddities_of_year_group(BORN, group, 2026)
    assert kinds(found) == ([("year_group", "year_group")] if odd else [])


def test_year_group_is_judged_in_its_own_year():
    """Meant for September and loaded in August: the same number is right in one of two years."""
    assert oddities_of_year_group(BORN, 8, 2027) == []
    [odd] = oddities_of_year_group(BORN, 8, 2026)
    assert not odd.is_error
    assert odd.sentence == (
        "The year group does not match the date of birth: somebody born on 4 March 2016 is "
        "usually in Year 6 in 2026-27, not in Year 8"
    )


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (dt.date(2001, 8, 31), dt.date(2026, 8, 31)),
        (dt.date(2001, 9, 1), dt.date(2027, 8, 31)),
        (dt.date(2000, 2, 29), dt.date(2025, 8, 31)),
    ],
)
def test_last_day_is_the_end_of_the_year_of_turning_25(born, last):
    assert last_day_at_25(born) == last


@pytest.mark.parametrize("what", ["placement", "plan"])
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (BORN, None, []),
        (BORN - dt.timedelta(1), None, [("before_birth", "start")]),
        (dt.date(2041, 8, 31), dt.date(2041, 8, 31), []),
        (dt.date(2041, 9, 1), None, [("after_25", "start")]),
        (SEPTEMBER, dt.date(2041, 8, 31), []),
        (SEPTEMBER, dt.date(2041, 9, 1), [("ends_after_25", "end")]),
    ],
)
def test_period_before_birth_or_after_25(what, start, end, expected):
    found = oddities_of_period(BORN, start, end, what)
    assert kinds(found) == expected
    assert all(f"The {what} " in each.sentence for each in found)


@pytest.mark.parametrize(
    ("start", "odd"), [(dt.date(2026, 8, 31), True), (SEPTEMBER, False), (TODAY, False)]
)
def test_placement_before_its_school_opened(start, odd):
    found = oddities_of_place(BORN, start, None, Place(opened_on=SEPTEMBER), TODAY)
    assert kinds(found) == ([("before_school_opened", "start")] if odd else [])
    assert not any(each.is_error for each in found)


CLOSED = dt.date(2026, 8, 31)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (dt.date(2025, 9, 1), CLOSED, None),
        (dt.date(2025, 9, 1), SEPTEMBER, "end"),
        (dt.date(2025, 9, 1), None, "end"),
        (CLOSED, CLOSED, None),
        (SEPTEMBER, None, "start"),
        (SEPTEMBER, SEPTEMBER, "start"),
    ],
)
def test_placement_after_its_school_closed(start, end, field):
    found = oddities_of_place(BORN, start, end, Place(closed_on=CLOSED), TODAY)
    assert kinds(found) == ([("after_school_closed", field)] if field else [])


def test_school_that_will_close_may_have_open_placements():
    school = Place(closed_on=dt.date(2027, 8, 31))
    assert oddities_of_place(BORN, SEPTEMBER, None, school, TODAY) == []


SECONDARY, PRIMARY = Place(low_age=11, high_age=16), Place(low_age=4, high_age=11)


@pytest.mark.parametrize(
    ("school", "born", "kind"),
    [
        (SECONDARY, dt.date(2023, 3, 4), "too_young"),
        (SECONDARY, dt.date(2016, 9, 1), "too_young"),
        (SECONDARY, dt.date(2016, 8, 31), None),
        (SECONDARY, dt.date(2009, 9, 1), None),
        (SECONDARY, dt.date(2009, 8, 31), "too_old"),
        (PRIMARY, dt.date(2016, 3, 4), None),
        (PRIMARY, dt.date(2012, 3, 4), "too_old"),
        (Place(low_age=11), dt.date(2023, 3, 4), None),
        (Place(high_age=11), dt.date(2001, 3, 4), None),
    ],
)
def test_pupil_of_another_age_than_the_schools(school, born, kind):
    found = oddities_of_place(born, SEPTEMBER, None, school, TODAY)
    assert kinds(found) == ([(kind, "school")] if kind else [])


def test_pupil_of_3_in_a_secondary_school_in_words():
    [odd] = oddities_of_place(dt.date(2023, 3, 4), SEPTEMBER, None, SECONDARY, TODAY)
    assert odd.sentence == (
        "The pupil is too young for the school: it has Year 7 to Year 11, not Nursery 2"
    )


@pytest.mark.parametrize(
    ("group", "name"),
    [
        (-3, "Before nursery"),
        (-2, "Nursery 1"),
        (-1, "Nursery 2"),
        (0, "Reception"),
        (1, "Year 1"),
        (21, "Year 21"),
    ],
)
def test_year_group_in_words(group, name):
    assert year_group_name(group) == name


DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2045, 1, 1))


@given(born=DAYS, start=DAYS, end=st.none() | DAYS)
def test_a_period_has_one_oddity_at_most(born, start, end):
    found = oddities_of_period(born, start, end, "plan")
    assert len(found) <= 1
    if born <= start and (end or start) <= last_day_at_25(born) and start <= last_day_at_25(born):
        assert found == []
