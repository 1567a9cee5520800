"""F12: the plain-Python rules give every line of the four whole caseloads, to the penny."""

import csv
from datetime import date
from functools import cache

import pytest

from funding.calculation import (
    CalculatedLine,
    FundingRules,
    Period,
    SchoolCalendar,
    calculate_caseload,
    check_calendar,
)
from tests.funding.caseload_sample import LA_CODE, read_calendar, read_pupils, read_values
from tests.shared_data import SHARED_DATA, needs_shared_data

CALENDARS = {"daily": "calendar_2026-27.json", "whole": "calendar_2026-27_whole_period.json"}
SCHOOL_DAYS = SHARED_DATA / "school_days_2026-27.csv"

pytestmark = needs_shared_data


@cache
def pupils():
    return read_pupils()


def as_row(line: CalculatedLine) -> list[str]:
    urn, basis, framework, band, annual, _ = line.state.key
    values = [line.period.code, urn, line.pupil_id, basis, framework, band, annual, line.start]
    values += [line.end, line.days, line.period_days, line.kind, line.amount]
    return ["" if value is None else str(value) for value in values]


def period_of(calendar: str, code: str) -> tuple[str, Period]:
    method, periods = read_calendar(SHARED_DATA / CALENDARS[calendar])
    return method, next(period for period in periods if period.code == code)


def test_lines_by_school_days_equal_the_expected_file():
    CALENDARS["school_days"] = "calendar_2026-27_school_days.json"
    method, period = period_of("school_days", "2026-autumn")
    with SCHOOL_DAYS.open(encoding="utf-8", newline="") as file:
        days = [
            date.fromisoformat(day) for day, is_open in list(csv.reader(file))[1:] if int(is_open)
        ]
    rules = FundingRules(
        LA_CODE, method, read_values(), school_calendar=SchoolCalendar(frozenset(days))
    )
    path = SHARED_DATA / "topup_expected_2026-autumn_school_days.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))[1:]
    assert [as_row(line) for line in calculate_caseload(pupils(), period, rules)] == expected


@pytest.mark.parametrize("calendar", ["daily", "whole"])
@pytest.mark.parametrize("code", ["2026-autumn", "2027-spring"])
def test_lines_equal_the_expected_file(code, calendar):
    method, period = period_of(calendar, code)
    rules = FundingRules(la_code=LA_CODE, method=method, values=read_values())
    path = SHARED_DATA / f"topup_expected_{code}_{calendar}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))[1:]
    assert [as_row(line) for line in calculate_caseload(pupils(), period, rules)] == expected


@pytest.mark.parametrize("path", sorted(SHARED_DATA.glob("calendar_*.json")), ids=lambda p: p.name)
def test_sample_calendars_are_sound(path):
    assert check_calendar(read_calendar(path)[1]) == []
