from decimal import Decimal

import pytest

from funding.calculation import phased_amount, phased_protection, protection_floor

OLD, NEW = Decimal("1000.00"), Decimal("700.00")


@pytest.mark.parametrize(
    ("floor", "expected"), [("1", "300.00"), ("0.98", "280.00"), ("0.7", "0.00"), ("0.5", "0.00")]
)
def test_floor_never_takes_away(floor, expected):
    assert str(protection_floor(OLD, NEW, Decimal(floor))) == expected


def test_floor_is_rounded_half_up():
    assert protection_floor(Decimal("0.05"), Decimal(0), Decimal("0.9")) == Decimal("0.05")


@pytest.mark.parametrize(
    ("weight", "amount", "line"),
    [("0", "1000.00", "300.00"), ("0.25", "925.00", "225.00"), ("1", "700.00", "0.00")],
)
def test_phased_in_by_weight(weight, amount, line):
    assert str(phased_amount(OLD, NEW, Decimal(weight))) == amount
    assert str(phased_protection(OLD, NEW, Decimal(weight))) == line


def test_phasing_holds_back_a_gain():
    assert phased_protection(NEW, OLD, Decimal("0.5")) == Decimal("-150.00")


@pytest.mark.parametrize("weight", ["-0.01", "1.01"])
def test_weight_outside_nought_to_one_is_refused(weight):
    with pytest.raises(ValueError, match="between 0 and 1"):
        phased_amount(OLD, NEW, Decimal(weight))
