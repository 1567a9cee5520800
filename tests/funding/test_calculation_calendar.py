from dataclasses import replace
from datetime import date, timedelta

import pytest

from funding.calculation import Period, SchoolCalendar, check_calendar

AUTUMN = Period("autumn", date(2026, 9, 1), date(2026, 12, 31), 4, 12, date(2026, 10, 1))
SPRING = Period("spring", date(2027, 1, 1), date(2027, 3, 31), 3, 12, date(2027, 1, 15))
SUMMER = Period("summer", date(2027, 4, 1), date(2027, 8, 31), 5, 12, date(2027, 5, 14))


def test_sound_calendar_has_no_problem_in_any_order():
    assert check_calendar([SUMMER, AUTUMN, SPRING]) == []


def test_fractions_of_different_kinds_sum_exactly():
    periods = [
        replace(AUTUMN, numerator=1, denominator=3),
        replace(SPRING, numerator=1, denominator=3),
        replace(SUMMER, numerator=2, denominator=6),
    ]
    assert check_calendar(periods) == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"summer": {"numerator": 4}},
            "The fractions must add up to 1, but 4/12 + 3/12 + 4/12 is 11/12.",
        ),
        (
            {"spring": {"start": date(2027, 1, 2)}},
            (
                "There is a gap between autumn, which ends on 31 December 2026, "
                "and spring, which starts on 2 January 2027."
            ),
        ),
        ({"spring": {"start": date(2026, 12, 31)}}, "autumn and spring overlap."),
        (
            {"spring": {"count_date": date(2027, 4, 1)}},
            "The count date of spring is outside the period.",
        ),
        ({"summer": {"code": "spring"}}, "The code spring is used by more than one period."),
    ],
)
def test_each_fault_has_its_sentence(changed, problem):
    periods = [replace(p, **changed.get(p.code, {})) for p in (AUTUMN, SPRING, SUMMER)]
    assert check_calendar(periods) == [problem]


def test_period_that_ends_before_it_starts_is_a_problem():
    periods = [AUTUMN, replace(SPRING, end=date(2026, 12, 30)), SUMMER]
    assert "spring ends before it starts." in check_calendar(periods)


@pytest.mark.parametrize("fraction", [(0, 12), (-1, 12), (1, 0)])
def test_fraction_not_above_zero_is_a_problem(fraction):
    numerator, denominator = fraction
    problems = check_calendar([replace(AUTUMN, numerator=numerator, denominator=denominator)])
    sentence = f"The fraction of autumn, {numerator}/{denominator}, must be above zero."
    assert problems[0] == sentence


def test_calendar_without_periods_is_a_problem():
    assert check_calendar([]) == ["The calendar has no periods."]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 4, 1), date(2026, 8, 31), 2),
        (date(2027, 1, 1), date(2027, 3, 31), 2),
        (date(2027, 4, 1), date(2027, 8, 31), 1),
    ],
)
def test_school_days_of_the_financial_year(start, end, expected):
    days = {date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)}
    assert SchoolCalendar(frozenset(days)).days_in_financial_year(start, end) == expected


def test_school_days_of_a_period_over_two_financial_years_are_refused():
    calendar = SchoolCalendar(frozenset({date(2027, 3, 1)}))
    with pytest.raises(ValueError, match="one financial year"):
        calendar.days_in_financial_year(date(2027, 1, 1), date(2027, 4, 1))


def test_financial_year_without_school_days_is_refused():
    with pytest.raises(ValueError, match="no school days"):
        SchoolCalendar(frozenset()).days_in_financial_year(AUTUMN.start, AUTUMN.end)


def test_days_between_counts_both_ends():
    first = date(2026, 9, 1)
    calendar = SchoolCalendar(frozenset(first + timedelta(days=n) for n in range(5)))
    assert calendar.days_between(first, date(2026, 9, 3)) == 3
