"""Dates as people write them, on screen and in files: day first, nothing guessed. Pure."""

import datetime as dt
import re

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2199
CENTURY_TURNS_AT = 70
MIDNIGHT = re.compile(r"(T|\s+)0?0:00(:00(\.0+)?)?$", re.IGNORECASE)
SEPARATOR = re.compile(r"\s*[/.,-]\s*|\s+")
NUMBER = re.compile(r"\d{1,4}", re.ASCII)
DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?", re.ASCII)


class NoSuchDayError(ValueError):
    """Raised for a date that is written right and not in any calendar."""


class MonthFirstError(NoSuchDayError):
    """Raised for a date that would be one with day and month the other way round."""


class FarYearError(ValueError):
    """Raised for a date in a year that nobody here can mean."""


def read_date(text: str, first_year: int = FIRST_YEAR) -> dt.date:
    """The date in a text such as 31/01/2027, 2027-01-31, 31.1.2027 or 31 January 2027.

    A time of midnight may follow, as spreadsheets write it. Raises ValueError for anything else;
    a year has four digits.
    """
    parts = parts_of(MIDNIGHT.sub("", text))
    if len(parts) != 3 or len(parts[2]) != 4:
        raise ValueError("A date has a day, a month and a year of four digits")
    day, month, year = parts
    return date_of(day, month, year, first_year)


def parts_of(text: str) -> list[str]:
    """A date written whole as day, month and year, as far as they are there."""
    parts = SEPARATOR.split(text.strip())
    if len(parts) == 3 and len(parts[0]) == 4 and parts[0].isdigit():
        parts.reverse()
    return parts


def date_of(day: str, month: str, year: str, first_year: int = FIRST_YEAR) -> dt.date:
    """The date these parts name: 31 or 31st, 1 or Jan or January, 2027 or (on screen) 27.

    Raises ValueError where there is none, or nobody here can mean the year.
    """
    number = number_of(year)
    if len(year) == 2:
        number += 1900 if number >= CENTURY_TURNS_AT else 2000
    found = DAY.fullmatch(day.casefold())
    if found is None:
        raise ValueError("There is no such day")
    if not first_year <= number <= LAST_YEAR:
        raise FarYearError("The year cannot be right")
    month_number = month_of(month.casefold())
    try:
        return dt.date(number, month_number, int(found[1]))
    except ValueError:
        is_swapped = month_number > 12 and int(found[1]) <= 12
        raise (MonthFirstError if is_swapped else NoSuchDayError) from None


def month_of(text: str) -> int:
    """1 to 12; a name may be cut to three letters or more."""
    named = [at for at, name in enumerate(MONTHS, start=1) if name.startswith(text)]
    return named[0] if len(text) >= 3 and named else number_of(text)


def number_of(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise ValueError("This is not a number")
    return int(text)
