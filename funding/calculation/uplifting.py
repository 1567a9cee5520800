"""A band value raised or lowered by a percentage (rules.md F2). Pure."""

from decimal import Decimal
from fractions import Fraction

from funding.calculation.money import round_half_up


def uplifted(annual: Decimal, percent: Decimal, step: Decimal) -> Decimal:
    """Pounds, rounded once to the nearest `step` (a penny, a pound, £5); a half goes up."""
    exact = Fraction(annual) * (100 + Fraction(percent)) / 100
    steps = round_half_up(exact / Fraction(step), 0)
    return (steps * step).quantize(Decimal("0.01"))
