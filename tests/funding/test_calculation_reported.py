"""Days that a school has reported otherwise are exceptions and change no line (B12). Pure."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from banding.choices import PupilChange
from funding.calculation import (
    AgreedBand,
    BandValue,
    Former,
    FundingException,
    FundingRules,
    Period,
    Placement,
    Plan,
    PupilHistory,
    Report,
    calculate_pupil,
)
from funding.choices import ExceptionKind

START, END = dt.date(2026, 9, 1), dt.date(2026, 12, 31)
SINCE = dt.date(2026, 11, 18)
BEFORE = dt.date(2026, 1, 1)
PERIOD = Period("autumn", START, END, 4, 12, count_date=dt.date(2026, 10, 1))
VALUE = BandValue("old", "1", "mainstream", BEFORE, Decimal("3660.00"))
RULES = FundingRules("999", "calendar_days", [VALUE])
WHOLE = replace(RULES, method="whole_period")
HERE = Placement(100001, "mainstream", BEFORE)
THERE = Placement(100002, "mainstream", dt.date(2026, 12, 1))
PUPIL = PupilHistory("P1", "999", [HERE], [Plan("EHCP", BEFORE)], [AgreedBand("old", "1", BEFORE)])
OF_PAID_DAYS = ["left", "not_ours", "no_band"]


def told(kind: str, since=SINCE, urn=100001) -> Report:
    return Report(kind, urn, since)


def exceptions(*reports, rules=RULES, period=PERIOD, **changes) -> list[tuple]:
    pupil = replace(PUPIL, reports=reports, **changes)
    found = calculate_pupil(pupil, period, rules).exceptions
    return [(e.kind, e.urn, e.start, e.end) for e in found]


def test_kinds_are_named_as_schools_report_them():
    assert set(PupilChange.values) < set(ExceptionKind.values)


@pytest.mark.parametrize("kind", [*OF_PAID_DAYS, "staying_on"])
def test_report_is_an_exception_from_its_day_and_changes_no_line(kind):
    with_report = calculate_pupil(replace(PUPIL, reports=[told(kind)]), PERIOD, RULES)
    assert with_report.exceptions == (FundingException(kind, "P1", 100001, SINCE, END),)
    assert with_report.lines == calculate_pupil(PUPIL, PERIOD, RULES).lines
    assert [line.amount for line in with_report.lines] == [Decimal("1220.00")]


def test_report_of_days_before_the_period_is_about_the_whole_of_it():
    assert exceptions(told("left", BEFORE)) == [("left", 100001, START, END)]


def test_report_of_days_after_the_period_is_none_of_it():
    assert exceptions(told("left", END + dt.timedelta(days=1))) == []


@pytest.mark.parametrize("kind", OF_PAID_DAYS)
def test_days_that_are_not_paid_there_are_none(kind):
    assert exceptions(told(kind, urn=100009)) == []
    assert exceptions(told(kind), plans=[]) == []
    assert (
        exceptions(told(kind), placements=[replace(HERE, end=SINCE - dt.timedelta(days=1))]) == []
    )
    no_band = exceptions(told(kind), agreed_bands=[])
    assert [found[0] for found in no_band] == ["no_agreed_band"]


def test_another_school_that_is_paid_meanwhile_ends_it():
    ended = replace(HERE, end=THERE.start - dt.timedelta(days=1))
    assert exceptions(told("left"), placements=[ended, THERE]) == [
        ("left", 100001, SINCE, ended.end)
    ]


def test_two_reports_of_a_school_are_one_from_the_earlier_day():
    earlier = SINCE - dt.timedelta(days=7)
    assert exceptions(told("left"), told("left", earlier)) == [("left", 100001, earlier, END)]


def test_stretches_of_paid_days_are_one_exception_each():
    gone, back = dt.date(2026, 11, 25), dt.date(2026, 12, 2)
    visits = [replace(HERE, end=gone), Placement(100001, "mainstream", back)]
    day = dt.timedelta(days=1)
    assert exceptions(told("left"), placements=visits) == [
        ("left", 100001, SINCE, gone),
        ("left", 100001, back, END),
        (ExceptionKind.NO_SCHOOL, 100001, gone + day, back - day),
    ]


def test_who_stays_on_and_is_off_the_roll_is_one_all_the_same():
    assert exceptions(told("staying_on", START), placements=[]) == [
        ("staying_on", 100001, START, END)
    ]
    assert exceptions(told("staying_on", START), placements=[], plans=[]) == []


@pytest.mark.parametrize("kind", ["left", "staying_on"])
def test_another_authority_s_pupil_is_none(kind):
    assert exceptions(told(kind), responsible_la="998") == []
    until = SINCE + dt.timedelta(days=2)
    assert exceptions(told(kind), former_las=[Former("998", until)]) == [
        (kind, 100001, until + dt.timedelta(days=1), END)
    ]


@pytest.mark.parametrize(("since", "found"), [(PERIOD.count_date, 1), (SINCE, 0)])
@pytest.mark.parametrize("kind", [*OF_PAID_DAYS, "staying_on"])
def test_whole_period_looks_at_the_count_date_alone(kind, since, found):
    day = PERIOD.count_date
    assert exceptions(told(kind, since), rules=WHOLE) == [(kind, 100001, day, day)] * found
