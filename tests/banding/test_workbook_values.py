"""Values are read as typed, never guessed (rules.md T5)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding.templates_io.workbooks.columns import Choice, Column, Kind
from banding.templates_io.workbooks.values import BadValueError, read_value
from banding_portal.workbooks.cells import ErrorValue, Formula

BAND = Column(
    "band", "Band", 9, kind=Kind.CHOICE, choices=(Choice("7", "7", ("Band 7",)), Choice("10", "10"))
)
DATE = Column("date", "Date", 9, kind=Kind.DATE)
TEXT = Column("text", "Text", 9, max_length=5)
MOMENT = dt.datetime(2027, 1, 31, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zone


@pytest.mark.parametrize("value", [7, 7.0, "7", " 7 ", "band 7", "BAND\xa0 7"])
def test_ways_to_say_the_same_band(value):
    assert read_value(BAND, value, "A2") == "7"


@pytest.mark.parametrize("value", ["7.0", 7.5, -7, "-7", "07", "7,", True, "Band", "VII", 710])
def test_nothing_is_guessed_into_a_band(value):
    with pytest.raises(BadValueError) as bad:
        read_value(BAND, value, "A2")
    assert bad.value.allowed == "7 or 10"


@pytest.mark.parametrize("value", [None, "", "  ", "\t\n"])
@pytest.mark.parametrize("column", [BAND, DATE, TEXT])
def test_blank_is_nothing(column, value):
    assert read_value(column, value, "A2") is None


@pytest.mark.parametrize("value", [dt.date(2027, 1, 31), "31/01/2027", " 31/1/2027 "])
def test_ways_to_say_the_same_date(value):
    assert read_value(DATE, value, "A2") == dt.date(2027, 1, 31)


@pytest.mark.parametrize(
    "value",
    [
        "01/31/2027",
        "31/01/27",
        "2027-01-31",
        "31/01/2027 09:30",
        "31/01/0027",
        46053,
        MOMENT,
        dt.time(9),
    ],
)
def test_nothing_is_guessed_into_a_date(value):
    with pytest.raises(BadValueError):
        read_value(DATE, value, "A2")


@pytest.mark.parametrize("column", [BAND, DATE, TEXT])
def test_formulas_and_errors_are_refused_by_address(column):
    for value in (Formula("=A1"), ErrorValue("#REF!")):
        with pytest.raises(BadValueError, match="Cell AB7 holds"):
            read_value(column, value, "AB7")


def test_text_too_long_is_refused():
    assert read_value(TEXT, "12345 ", "A2") == "12345"
    with pytest.raises(BadValueError, match="too long"):
        read_value(TEXT, "123456", "A2")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_every_date_is_read_back(day):
    assert read_value(DATE, f"{day:%d/%m/%Y}", "A2") == day


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans()))
def test_anything_is_read_or_refused(value):
    for column in (BAND, DATE, TEXT):
        try:
            read_value(column, value, "A2")
        except BadValueError:
            continue
