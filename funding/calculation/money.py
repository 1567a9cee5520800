"""Exact rounding of money (F3: rounded once, half up, on the line)."""

from decimal import Decimal
from fractions import Fraction

Exact = Decimal | Fraction | int


def round_half_up(value: Exact, places: int = 2) -> Decimal:
    """Return `value` rounded to `places` decimals; a half goes away from zero.

    The arithmetic is on whole numbers, so no precision of a decimal context can interfere.
    Raises TypeError for a float, which can't hold pounds and pence exactly.
    """
    if isinstance(value, float):
        raise TypeError("Money is never a float.")
    exact = Fraction(value) * 10**places
    whole, rest = divmod(abs(exact.numerator), exact.denominator)
    if 2 * rest >= exact.denominator:
        whole += 1
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((int(exact < 0 and whole > 0), digits, -places))


def in_pounds(amount: Decimal) -> str:
    """Return `amount` as people read it: £1,348.00, −£12.50."""
    sign = "−" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.2f}"
