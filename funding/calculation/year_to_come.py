"""What a term still to come would pay if nothing changed (rules.md F23). Pure."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from funding.calculation.money import round_half_up

ZERO = Decimal("0.00")


def expected(annuals: Iterable[Decimal], share: Fraction) -> Decimal:
    """Pounds: each annual amount times the term’s share of the year, rounded once each, as lines
    of whole terms are.
    """
    return sum((round_half_up(Fraction(each) * share) for each in annuals), ZERO)
