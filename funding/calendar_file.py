"""The payment calendar file (interfaces.md): JSON in, periods or every problem out."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from funding.calculation import Period, check_calendar
from funding.choices import Proration

YEAR = re.compile(r"^\d{4}-\d{2}$")
CODE = re.compile(r"^[-\w]{1,40}$", re.ASCII)
LARGEST = 32767
DATES = ("start", "end", "count_date")
NUMBERS = ("numerator", "denominator")
FIELDS = ("code", "name", *DATES, *NUMBERS)
NO_SCHOOL_DAYS = (
    "Payment by school days needs a calendar of school days, which the portal does not keep yet. "
    "Use calendar_days or whole_period."
)


@dataclass(frozen=True, slots=True)
class NamedPeriod(Period):
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    year: str
    proration: str
    periods: tuple[NamedPeriod, ...]


def read_calendar_file(content: bytes) -> tuple[CalendarFile | None, list[str]]:
    """Return the calendar, or None and a sentence for each problem (F1)."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        return None, ["The file is not JSON in UTF-8."]
    if not isinstance(data, dict) or not isinstance(data.get("periods"), list):
        return None, ["The file must be an object with year, proration and a list of periods."]
    problems = [*_problems_with_year(data), *check_proration(data.get("proration"))]
    periods = []
    for place, entry in enumerate(data["periods"], start=1):
        period, found = _read_period(entry, place)
        problems += found
        if period:
            periods.append(period)
    if len(periods) == len(data["periods"]):
        problems += check_calendar(periods)
    if problems:
        return None, problems
    return CalendarFile(data["year"], data["proration"], tuple(periods)), []


def check_proration(proration: Any) -> list[str]:
    """Why runs can't be paid by this method; empty when they can."""
    if proration == Proration.SCHOOL_DAYS:
        return [NO_SCHOOL_DAYS]
    if proration not in Proration.values:
        allowed = ", ".join(Proration.values)
        return [f"The proration is “{_shown(proration)}”. It must be one of {allowed}."]
    return []


def _problems_with_year(data: dict[str, Any]) -> list[str]:
    year = data.get("year")
    if isinstance(year, str) and YEAR.match(year):
        return []
    return [f"The year is “{_shown(year)}”. Write it like 2026-27."]


def _read_period(entry: Any, place: int) -> tuple[NamedPeriod | None, list[str]]:
    if not isinstance(entry, dict):
        return None, [f"Period {place} is not an object."]
    missing = [field for field in FIELDS if field not in entry]
    if missing:
        return None, [f"Period {place} has no {', '.join(missing)}."]
    problems = []
    code, name = entry["code"], entry["name"]
    if not isinstance(code, str) or not CODE.match(code):
        problems.append(f"The code of period {place}, “{_shown(code)}”, is not like 2026-autumn.")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= 80:
        problems.append(f"The name of period {place} must have 1 to 80 letters.")
    days: dict[str, Any] = {field: _read_date(entry[field]) for field in DATES}
    problems += [
        f"The {field} of period {place}, “{_shown(entry[field])}”, is not a date like 2026-09-01."
        for field, day in days.items()
        if day is None
    ]
    numbers: dict[str, Any] = {field: entry[field] for field in NUMBERS}
    problems += [
        f"The {field} of period {place}, “{_shown(number)}”, is not a whole number above zero."
        for field, number in numbers.items()
        if type(number) is not int or not 0 < number <= LARGEST
    ]
    if problems:
        return None, problems
    return NamedPeriod(code=code, name=name.strip(), **days, **numbers), []


def _read_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:80]
