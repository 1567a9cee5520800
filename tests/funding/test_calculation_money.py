from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.calculation import line_amount, round_half_up
from funding.calculation.money import in_pounds
from tests.funding.caseload_sample import read_rows
from tests.shared_data import needs_shared_data


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Decimal("0.005"), "0.01"),
        (Decimal("0.0049999"), "0.00"),
        (Decimal("-0.005"), "-0.01"),
        (Decimal("-0.004"), "0.00"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Decimal("173.875"), "173.88"),
        (7, "7.00"),
        (Decimal("123456789012345678901234567890.125"), "123456789012345678901234567890.13"),
    ],
)
def test_round_half_up_on_the_edges(value, rounded):
    assert str(round_half_up(value)) == rounded


def test_round_half_up_refuses_a_float():
    with pytest.raises(TypeError, match="never a float"):
        round_half_up(0.125)


def test_round_half_up_is_untouched_by_a_narrow_decimal_context():
    with localcontext() as context:
        context.prec = 3
        assert str(round_half_up(Decimal("12345.675"))) == "12345.68"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=5))
def test_round_half_up_equals_decimal_on_decimals(value):
    assert round_half_up(value) == value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@needs_shared_data
def test_line_amount_equals_the_money_vectors():
    rows = read_rows("vectors/money.csv")
    assert len(rows) == 9
    for row in rows:
        amount = line_amount(
            Decimal(row["annual"]),
            int(row["numerator"]),
            int(row["denominator"]),
            int(row["days"]),
            int(row["period_days"]),
        )
        assert (row, str(amount)) == (row, row["amount"])


def test_line_amount_is_rounded_once():
    # Rounding £4,044 × 4/12 × 1/122 day by day would give 62 × £11.05 = £685.10.
    assert line_amount(Decimal("4044.00"), 4, 12, 62, 122) == Decimal("685.05")


@pytest.mark.parametrize(
    ("amount", "written"), [("1348", "£1,348.00"), ("-12.5", "−£12.50"), ("0", "£0.00")]
)
def test_in_pounds(amount, written):
    assert in_pounds(Decimal(amount)) == written
