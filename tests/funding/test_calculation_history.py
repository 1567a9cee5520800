"""What was so on a day, from what it is now and what it was until when (S11)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from funding.calculation import (
    AgreedBand,
    BandValue,
    Former,
    FundingRules,
    Period,
    Placement,
    Plan,
    PupilHistory,
    calculate_pupil,
)
from funding.calculation.history import value_on
from funding.choices import LineKind

START, END = date(2026, 9, 1), date(2026, 12, 31)
OCTOBER_ENDS, NOVEMBER = date(2026, 10, 31), date(2026, 11, 1)
PERIOD = Period("2026-autumn", START, END, 4, 12, date(2026, 10, 1))
VALUES = [
    BandValue("f", "3", "mainstream", date(2020, 1, 1), Decimal("3660.00")),
    BandValue("f", "3", "special", date(2020, 1, 1), Decimal("7320.00")),
]
RULES = FundingRules("881", "calendar_days", VALUES)
WHOLE = replace(RULES, method="whole_period")
HERE = Placement(100001, "mainstream", START)
PUPIL = PupilHistory(
    "P1", "881", [HERE], [Plan("EHCP", START)], [AgreedBand("f", "3", date(2020, 1, 1))]
)
MOVED_HERE = replace(PUPIL, former_las=[Former("919", OCTOBER_ENDS)])
MADE_SPECIAL = replace(HERE, sector="special", former_sectors=[Former("mainstream", OCTOBER_ENDS)])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1990, 1, 1), "first"),
        (date(2026, 9, 30), "first"),
        (date(2026, 10, 1), "second"),
        (OCTOBER_ENDS, "second"),
        (NOVEMBER, "now"),
        (date(2099, 1, 1), "now"),
    ],
)
def test_value_on_a_day_whatever_the_order(day, expected):
    former = [Former("second", OCTOBER_ENDS), Former("first", date(2026, 9, 30))]
    assert value_on(day, "now", former) == value_on(day, "now", former[::-1]) == expected


def test_without_a_past_it_is_what_it_is_now():
    assert value_on(START, "now", ()) == "now"


def amounts(pupil, rules=RULES) -> list[tuple]:
    return [
        (line.kind, line.start, line.end, line.amount)
        for line in calculate_pupil(pupil, PERIOD, rules).lines
    ]


def test_own_from_a_day_is_paid_from_that_day():
    assert amounts(MOVED_HERE) == [
        (LineKind.OTHER_LA, START, OCTOBER_ENDS, Decimal("0.00")),
        (LineKind.ALLOCATION, NOVEMBER, END, Decimal("610.00")),
    ]


def test_two_other_authorities_are_two_lines_for_information():
    pupil = replace(PUPIL, responsible_la="920", former_las=[Former("919", OCTOBER_ENDS)])
    found = calculate_pupil(pupil, PERIOD, RULES).lines
    assert [line.state.responsible_la for line in found] == ["919", "920"]
    assert {line.kind for line in found} == {LineKind.OTHER_LA}


def test_sector_from_a_day_is_paid_from_that_day():
    assert amounts(replace(PUPIL, placements=[MADE_SPECIAL])) == [
        (LineKind.ALLOCATION, START, OCTOBER_ENDS, Decimal("610.00")),
        (LineKind.ALLOCATION, NOVEMBER, END, Decimal("1220.00")),
    ]


@pytest.mark.parametrize(
    ("count_date", "kind", "amount"),
    [
        (OCTOBER_ENDS, LineKind.OTHER_LA, "0.00"),
        (NOVEMBER, LineKind.ALLOCATION, "1220.00"),
    ],
)
def test_whole_period_looks_at_the_count_date_alone(count_date, kind, amount):
    period = replace(PERIOD, count_date=count_date)
    [line] = calculate_pupil(MOVED_HERE, period, WHOLE).lines
    assert (line.kind, line.amount) == (kind, Decimal(amount))


def test_days_of_another_authority_are_no_exception():
    pupil = replace(MOVED_HERE, agreed_bands=())
    [missing] = calculate_pupil(pupil, PERIOD, RULES).exceptions
    assert (missing.start, missing.end) == (NOVEMBER, END)
