"""Protection against a fall in funding (F10). All amounts are pounds, rounded once."""

from decimal import Decimal
from fractions import Fraction

from funding.calculation.money import round_half_up


def protection_floor(old: Decimal, new: Decimal, floor: Decimal) -> Decimal:
    """Return the protection line max(0, floor × old − new); a floor of 0.98 keeps 98 %."""
    return max(Decimal("0.00"), round_half_up(Fraction(floor) * Fraction(old) - Fraction(new)))


def phased_amount(old: Decimal, new: Decimal, weight: Decimal) -> Decimal:
    """Return old + weight × (new − old): weight 0 pays the old amount, 1 the new one.

    Raises ValueError for a weight outside 0 to 1.
    """
    if not 0 <= weight <= 1:
        raise ValueError("The weight of a year must be between 0 and 1.")
    return round_half_up(Fraction(old) + Fraction(weight) * (Fraction(new) - Fraction(old)))


def phased_protection(old: Decimal, new: Decimal, weight: Decimal) -> Decimal:
    """Return the line that brings `new` to the phased amount; below zero it holds back a gain."""
    return phased_amount(old, new, weight) - new
