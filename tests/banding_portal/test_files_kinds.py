"""Values are read as typed, never guessed (rules.md T5); dates by one reader everywhere."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.files.columns import Column
from banding_portal.files.dates import read_date
from banding_portal.files.kinds import (
    BadValueError,
    Choice,
    Date,
    Matching,
    OneOf,
    Pounds,
    Text,
    Whole,
    either,
)

BAND = OneOf((Choice("7", "7", ("Band 7",)), Choice("10", "10")))
DAY = dt.date(2027, 1, 31)
MOMENT = dt.datetime(2027, 1, 31, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zone


@pytest.mark.parametrize("value", [7, 7.0, "7", " 7 ", "band 7", "BAND\xa0 7"])
def test_ways_to_say_the_same_band(value):
    assert BAND.read(value) == "7"


@pytest.mark.parametrize("value", ["7.0", 7.5, -7, "-7", "07", "7,", True, "Band", "VII", 710])
def test_nothing_is_guessed_into_a_band(value):
    with pytest.raises(BadValueError) as bad:
        BAND.read(value)
    assert bad.value.allowed == "7 or 10"


@pytest.mark.parametrize("value", [1, "1", "01", "1.0", "Level 01", "level 1"])
def test_level_may_be_written_with_noughts(value):
    levels = OneOf((Choice("1", "1", ("Level 1",)), Choice("02", "02")), numbers=True)
    assert levels.read(value) == "1"
    with pytest.raises(BadValueError):
        levels.read("2")


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        "31/01/2027",
        " 31/1/2027 ",
        "2027-01-31",
        "31-01-2027",
        "31-1-2027",
        "31.1.2027",
        "31 1 2027",
        "31 January 2027",
        "31-Jan-2027",
        "31st jan, 2027",
        "2027/01/31",
        "2027-01-31T00:00:00",
        "31/01/2027 00:00",
        46418,
        46418.75,
    ],
)
def test_ways_to_say_the_same_date(value):
    assert Date().read(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "31/01/27",
        "31/01/2027 09:30",
        "31/01/0027",
        "1899-12-31",
        "2200-01-01",
        "31/01",
        "20270131",
        "31/01/2027/1",
        "٣١/٠١/٢٠٢٧",
        "31 Ja 2027",
        "46418",
        2027,
        31012027,
        dt.date(1899, 12, 31),
        dt.time(9),
        True,
    ],
)
def test_nothing_is_guessed_into_a_date(value):
    with pytest.raises(BadValueError, match="This is not a date"):
        Date().read(value)


@pytest.mark.parametrize("value", ["31/02/2027", "2027-02-29", "0/1/2027", "32/13/2027"])
def test_day_that_is_in_no_calendar_is_said_to_be_none(value):
    with pytest.raises(BadValueError, match="This must be a real date"):
        Date().read(value)


def test_date_with_a_time_is_that_day():
    assert Date().read(MOMENT) == DAY


def test_month_before_the_day_is_said_and_not_swapped():
    with pytest.raises(BadValueError, match="The month comes first"):
        Date().read("01/31/2027")


def test_register_has_older_dates():
    assert Date(first_year=1500).read("01-09-1842") == dt.date(1842, 9, 1)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_date_is_read_back(day):
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"):
        assert read_date(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("value", "amount"),
    [("2240", "2240.00"), (2240.5, "2240.50"), ("£2,240.50", "2240.50"), ("£ 7", "7.00")],
)
def test_amounts_as_people_write_them(value, amount):
    assert Pounds().read(value) == Decimal(amount)


@pytest.mark.parametrize("value", ["1.005", "much", "12,00", "1,2000", "£", "NaN", "1e5", DAY])
def test_nothing_is_guessed_into_an_amount(value):
    with pytest.raises(BadValueError, match="This is not"):
        Pounds().read(value)


@pytest.mark.parametrize("value", [-1, "-1", "−1"])
def test_negative_amount_is_said_to_be_one(value):
    with pytest.raises(BadValueError, match="An amount can’t be negative"):
        Pounds().read(value)


@pytest.mark.parametrize(("value", "number"), [(7, 7), ("07", 7), (7.0, 7), ("9999", 9999)])
def test_whole_numbers(value, number):
    assert Whole().read(value) == number


@pytest.mark.parametrize("value", ["-1", 7.5, "7.0", "x", "10000", "9" * 5000, True])
def test_nothing_is_guessed_into_a_whole_number(value):
    with pytest.raises(BadValueError, match="This is not"):
        Whole().read(value)


def test_text_too_long_or_hidden_is_refused():
    assert Text(5).read("12345 ") == "12345"
    assert Text(5).read(7.0) == "7"
    assert Text(9, lines=True).read("a\nb\tc") == "a\nb\tc"
    for kind, value in ((Text(5), "123456"), (Text(5), "a\nb"), (Text(9, lines=True), "a\0")):
        with pytest.raises(BadValueError):
            kind.read(value)


def test_sentence_of_a_check_is_the_problem():
    def refuse(text):
        raise ValueError("A UPN has 13 characters.")

    with pytest.raises(BadValueError, match="A UPN has 13 characters"):
        Matching(refuse).read("x")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates()))
def test_anything_is_read_or_refused(value):
    for kind in (BAND, Date(), Pounds(), Whole(), Text(5)):
        try:
            kind.read(value)
        except BadValueError:
            continue


def test_column_explains_itself():
    assert Column("band", "Band", BAND, help="The band.").explained == "The band. One of: 7 or 10."
    assert Column("date", "Date", Date()).explained == "A date such as 31/01/2027 or 2027-01-31."
    assert Column("text", "Text", help="Why.").explained == "Why."


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A or B"), ("ABC", "A, B or C")]
)
def test_words_joined_by_or(words, said):
    assert either(words) == said
