"""Exact rounding of money (F3: rounded once, half up, on the line)."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

PENNY = Decimal("0.01")
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


def part_of(amount: Decimal, place: int, count: int) -> Decimal:
    """The part at a place, from 0, of an amount in so many; the last has the pennies left."""
    share = (amount / count).quantize(PENNY, ROUND_DOWN)
    return share if place < count - 1 else amount - share * (count - 1)
