"""Kinds of value in a file: how a cell is read, and what may stand in it, in words (T5). Pure.

A value is read as typed and never guessed. What can't be read raises BadValueError, whose message
ends where the words of what is allowed go on: “This is not a date. Enter” “a date such as …”.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from banding_portal.files.cells import Value, shown
from banding_portal.files.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    MonthFirstError,
    NoSuchDayError,
    read_date,
)
from banding_portal.files.reader import FIRST_SERIAL, LAST_SERIAL
from banding_portal.folding import fold, without_noughts

DIGITS = re.compile(r"\d+", re.ASCII)
POUNDS = re.compile(r"£? ?(\d{1,8}|\d{1,3}(,\d{3}){1,2})(\.\d{1,2})?", re.ASCII)
PENNY = Decimal("0.01")
DAY_ZERO = dt.date(1899, 12, 30)
"""What Excel counts days from, from March 1900 on."""
WORDS_AFTER = ":"
NOT_ONE_OF = "Enter"
MONTH_FIRST = "The month comes first, so days and months of all dates may be swapped. Enter"


class BadValueError(ValueError):
    """Raised for a value that can't be taken; the message never repeats it."""

    def __init__(self, message: str, allowed: str = "") -> None:
        super().__init__(message)
        self.allowed = allowed


class Kind:
    """A kind of value. Its `read` is never given an empty cell, a formula or an error of Excel."""

    is_date = False

    @property
    def allowed(self) -> str:
        """What may stand in a cell, as a phrase: “A, B or C”."""
        raise NotImplementedError

    def read(self, value: Value) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Kind):
    """Text of one line or, with `lines`, of several. Numbers are taken as they are shown."""

    limit: int = 4_000
    lines: bool = False

    @property
    def allowed(self) -> str:
        return f"text of at most {self.limit:,} characters"

    def read(self, value: Value) -> str:
        text = (value if isinstance(value, str) else shown(value)).strip()
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > self.limit:
            raise BadValueError("This is too long. Enter", self.allowed)
        if text.isprintable() or (self.lines and "\0" not in text):
            return text
        raise BadValueError("It has invisible characters or a line break.")


@dataclass(frozen=True)
class Date(Kind):
    """A date cell, also one shown as a number of days, or a date as people write it, day first."""

    is_date = True
    first_year: int = FIRST_YEAR
    like: dt.date = dt.date(2027, 1, 31)

    @property
    def allowed(self) -> str:
        return f"a date such as {self.like:%d/%m/%Y} or {self.like:%Y-%m-%d}"

    @property
    def on_screen(self) -> str:
        """The same where day, month and year have a box each."""
        return f"{self.like.day} {self.like.month} {self.like.year}"

    def read(self, value: Value) -> dt.date:
        if isinstance(value, str):
            try:
                return read_date(value, self.first_year)
            except MonthFirstError:
                raise BadValueError(MONTH_FIRST, self.allowed) from None
            except NoSuchDayError:
                raise BadValueError("This must be a real date. Enter", self.allowed) from None
            except ValueError:
                raise BadValueError("This is not a date. Enter", self.allowed) from None
        if type(value) in (int, float) and FIRST_SERIAL <= value <= LAST_SERIAL:  # type: ignore[operator]
            value = DAY_ZERO + dt.timedelta(days=int(value))  # type: ignore[arg-type]
        if isinstance(value, dt.datetime):
            value = value.date()
        if type(value) is dt.date and self.first_year <= value.year <= LAST_YEAR:
            return value
        raise BadValueError("This is not a date. Enter", self.allowed)


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number; without `also` words."""

    lowest: int = 0
    highest: int = 9_999

    @property
    def allowed(self) -> str:
        return f"a whole number from {self.lowest} to {self.highest:,}"

    def read(self, value: Value) -> int:
        text = shown(value).strip()
        if DIGITS.fullmatch(text) and self.lowest <= int(text[:20]) <= self.highest:
            return int(text)
        raise BadValueError("This is not", self.allowed)


@dataclass(frozen=True)
class Pounds(Kind):
    """An amount of money as people write it: 2240, 2,240.50 or £2,240.50."""

    @property
    def allowed(self) -> str:
        return "an amount in pounds such as 2240.00 or £2,240.00"

    def read(self, value: Value) -> Decimal:
        text = shown(value).strip()
        if POUNDS.fullmatch(text):
            return Decimal(text.lstrip("£ ").replace(",", "")).quantize(PENNY)
        if text.startswith(("-", "−")):
            raise BadValueError("An amount can’t be negative. Enter", self.allowed)
        raise BadValueError("This is not", self.allowed)


@dataclass(frozen=True)
class Matching(Kind):
    """Text checked and tidied by a function, which raises ValueError with a sentence."""

    tidy: Callable[[str], Any]
    allowed: str = ""

    def read(self, value: Value) -> Any:
        try:
            return self.tidy(shown(value).strip())
        except ValueError as problem:
            raise BadValueError(str(problem)) from None


@dataclass(frozen=True)
class Choice:
    """A value that may be chosen: what is stored, what is shown, what else is understood."""

    value: Any
    shown: str
    also: tuple[str, ...] = ()
    words: str = ""
    """What it means, shown beside it in a list to choose from."""

    @property
    def listed(self) -> str:
        """As a list to choose from in a workbook shows it; the words may differ when it is read."""
        return f"{self.shown}{WORDS_AFTER} {self.words}" if self.words else self.shown


@dataclass(frozen=True)
class OneOf(Kind):
    """A choice in any of its spellings, in any case; the numbers 7 and 7.0 and "7" are the same.

    Codes are taken as typed. With `numbers`, for levels, the texts "07" and "7.0" are 7 too.
    """

    choices: Sequence[Choice]
    numbers: bool = False

    @cached_property
    def lookup(self) -> dict[str, Any]:
        return {
            fold(text): choice.value
            for choice in reversed(self.choices)
            for text in (*choice.also, *known(choice.value), choice.shown)
        }

    @property
    def allowed(self) -> str:
        return either([choice.shown for choice in self.choices])

    def read(self, value: Value) -> Any:
        text = shown(value)
        if any(choice.words for choice in self.choices) and fold(text) not in self.lookup:
            text = text.partition(WORDS_AFTER)[0]
        said = fold(text)
        if self.numbers and said not in self.lookup:
            said = without_noughts(said)
        try:
            return self.lookup[said]
        except KeyError:
            raise BadValueError(NOT_ONE_OF, self.allowed) from None


def known(value: Any) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def either(words: Iterable[str]) -> str:
    """A, B or C"""
    *firsts, last = [*words] or [""]
    return f"{', '.join(firsts)} or {last}" if firsts else last
