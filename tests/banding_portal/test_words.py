"""How dates, money and numbers are written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from banding_portal import words

TODAY = date(2026, 11, 22)


def test_day_and_short_day():
    assert words.day(date(2026, 11, 5)) == "5 November 2026"
    assert words.short_day(date(2026, 11, 5)) == "5 Nov 2026"
    assert words.short_day(None) == "–"


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(14, "5 Jul 2026, 3:02pm"), (23, "6 Jul 2026, 12:02am"), (11, "5 Jul 2026, 12:02pm")],
)
def test_day_time_is_local(hour, expected):
    assert words.day_time(datetime(2026, 7, 5, hour, 2, tzinfo=UTC)) == expected


def test_day_of_a_time_near_midnight_is_local():
    assert words.day(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == "6 July 2026"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 30), "in 8 days"),
        (date(2026, 11, 23), "tomorrow"),
        (TODAY, "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 19), "3 days ago"),
    ],
)
def test_due_words(value, expected):
    assert words.due_words(value, TODAY) == expected


def test_who_goes_today_has_left_and_who_goes_tomorrow_is_leaving():
    assert words.left_words(TODAY, TODAY).startswith("Left ")
    assert words.left_words(TODAY + timedelta(days=1), TODAY).startswith("Leaving ")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        (Decimal(-5), "−£5.00"),
        (Decimal(0), "£0.00"),
        (Decimal("0.005"), "£0.01"),
        (Decimal("-0.001"), "£0.00"),
        (None, "–"),
    ],
)
def test_money(value, expected):
    assert words.money(value) == expected


def test_money_not_known():
    assert words.money(None, "not known yet") == "not known yet"


def test_signed_money():
    assert words.signed_money(Decimal(92110)) == "+\u2060£92,110.00"
    assert words.signed_money(Decimal(-1)) == "−£1.00"
    assert words.signed_money(Decimal(0)) == "£0.00"


def test_round_money_has_no_pence():
    amounts = (Decimal(1_235_000), Decimal(-5000), Decimal(0), None)
    assert [words.round_money(each) for each in amounts] == ["£1,235,000", "−£5,000", "£0", "–"]


def test_signed_percent():
    shares = (Decimal("0.034"), Decimal("-0.034"), Decimal(0), None)
    assert [words.signed_percent(share) for share in shares] == ["+3.4%", "−3.4%", "0.0%", "–"]


def test_number_and_percent():
    assert words.number(2261) == "2,261"
    assert words.number(0) == "0"
    assert words.percent(Decimal("0.034")) == "3.4%"
    assert words.percent(0.125, 0) == "12%"
    assert words.percent(Fraction(1, 3), 0) == "33%"
    shares = [Fraction(1, 8), Decimal("0.100"), 1, 0, Decimal("-0.05")]
    assert [words.percent(share, None) for share in shares] == ["12.5%", "10%", "100%", "0%", "−5%"]


def test_in_a_row_ends_with_and():
    names = ["Ada Lovelace", "Amira Khan", "Finn Lowe"]
    told = [words.in_a_row(names[:count]) for count in (1, 2, 3)]
    assert told == [
        "Ada Lovelace",
        "Ada Lovelace and Amira Khan",
        "Ada Lovelace, Amira Khan and Finn Lowe",
    ]


def test_lower_first_keeps_abbreviations():
    assert words.lower_first("Date left") == "date left"
    assert words.lower_first("UPN") == "UPN"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("year_group", "Year group"),
        ("upn", "UPN"),
        ("la_code", "LA code"),
        ("responsible la", "Responsible LA"),
        ("ended on", "Ended on"),
    ],
)
def test_field_words_keep_abbreviations(name, shown):
    assert words.field_words(name) == shown
