"""What became of a school, by the links alone (rules.md S1)."""

import datetime as dt
from dataclasses import dataclass

import pytest

from schools.succession import Ends, ends_of, fitting, on_the_way

OPEN, CLOSED = False, True
BORN_2018 = dt.date(2018, 3, 4)


@pytest.mark.parametrize(
    ("links", "states", "expected"),
    [
        ({}, {}, Ends()),
        ({"1": {"2"}}, {"2": OPEN}, Ends(("2",))),
        ({"1": {"2"}, "2": {"3"}}, {"2": CLOSED, "3": OPEN}, Ends(("3",))),
        ({"1": {"2", "3"}}, {"2": OPEN, "3": OPEN}, Ends(("2", "3"))),
        # Split, and both parts merged again.
        (
            {"1": {"2", "3"}, "2": {"4"}, "3": {"4"}},
            {"2": CLOSED, "3": CLOSED, "4": OPEN},
            Ends(("4",)),
        ),
        ({"1": {"2", "3"}}, {"2": OPEN}, Ends(("2",), ("3",))),
        ({"1": {"2"}}, {"2": CLOSED}, Ends()),
        ({"1": {"2"}, "2": {"1"}}, {"1": CLOSED, "2": CLOSED}, Ends()),
        # What has not closed goes on, whatever its own links say.
        ({"1": {"2"}, "2": {"3"}}, {"2": OPEN, "3": OPEN}, Ends(("2",))),
    ],
)
def test_chains_end_at_schools_that_go_on(links, states, expected):
    assert ends_of("1", links, states.get) == expected


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"1": {"9"}}, ()),
        ({"1": {"2"}, "2": {"3"}, "3": {"9"}}, ("2", "3")),
        ({"1": {"2"}, "2": {"8", "9"}}, ("2",)),
        ({"1": {"2", "3"}, "2": {"9"}, "3": {"9"}}, ()),
        ({"1": {"2"}, "2": {"1"}}, ()),
        ({}, ()),
    ],
)
def test_schools_on_the_way_are_those_that_all_went_through(links, expected):
    assert on_the_way("1", "9", links) == expected


@dataclass
class Ages:
    low_age: int | None
    high_age: int | None


INFANT, JUNIOR, UNKNOWN = Ages(4, 7), Ages(7, 11), Ages(None, None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2024, 11, 2), [INFANT]),  # Year 2
        (dt.date(2026, 11, 2), [JUNIOR]),  # Year 4
        (dt.date(2031, 11, 2), []),  # Year 9
    ],
)
def test_school_with_the_year_group_fits(day, expected):
    assert fitting(BORN_2018, day, [INFANT, JUNIOR, UNKNOWN]) == expected
