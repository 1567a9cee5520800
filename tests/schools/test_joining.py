"""Placements or plans of two records of one child, joined (rules.md S8)."""

import datetime as dt

import pytest

from schools.joining import Joined, Period, joined

SEP, OCT, NOV, DEC = (dt.date(2026, month, 1) for month in (9, 10, 11, 12))
EVE = dt.timedelta(days=1)


def own(start, end=None, what="A", key="own"):
    return Period(key, what, start, end, is_own=True)


def theirs(start, end=None, what="A", key="theirs"):
    return Period(key, what, start, end, is_own=False)


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], []),
        ([own(SEP)], []),
        ([own(SEP), theirs(SEP)], [Joined("own", ("theirs",), SEP, None)]),
        ([own(OCT), theirs(SEP)], [Joined("own", ("theirs",), SEP, None)]),
        ([own(SEP, OCT), theirs(OCT, NOV)], [Joined("own", ("theirs",), SEP, NOV)]),
        ([own(SEP, DEC), theirs(OCT, NOV)], [Joined("own", ("theirs",), SEP, DEC)]),
        ([theirs(SEP), own(OCT, NOV)], [Joined("own", ("theirs",), SEP, None)]),
    ],
)
def test_periods_of_one_school_that_overlap_are_one(periods, expected):
    assert joined(periods) == expected


def test_day_upon_day_is_one():
    assert joined([own(SEP, OCT - EVE), theirs(OCT)]) == [Joined("own", ("theirs",), SEP, None)]


def test_a_day_between_keeps_two():
    assert joined([own(SEP, OCT - EVE - EVE), theirs(OCT)]) == []


def test_another_school_is_another_placement():
    assert joined([own(SEP), theirs(SEP, what="B")]) == []


def test_what_only_one_record_has_stays_as_it_is():
    assert joined([own(SEP, OCT), own(OCT, NOV, key="second")]) == []
    assert joined([theirs(SEP, OCT), theirs(OCT, NOV, key="second")]) == []


def test_the_earliest_of_the_standing_record_stays():
    periods = [own(OCT, NOV, key="later"), own(SEP, OCT, key="early"), theirs(OCT, DEC)]
    assert joined(periods) == [Joined("early", ("later", "theirs"), SEP, DEC)]


def test_one_in_the_other_does_not_end_it():
    periods = [own(SEP, DEC), theirs(SEP, OCT), theirs(NOV, key="third")]
    assert joined(periods) == [Joined("own", ("theirs", "third"), SEP, None)]
