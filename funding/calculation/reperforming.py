"""Working stored adjustments out again from what they and the runs before them keep (F7, F8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from funding.calculation.money import round_half_up
from funding.calculation.pieces import ROUNDING

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class StoredPiece:
    """An adjustment as it was stored: annual pounds due on its days and published for them, and
    how much of an annual value its days are paid. What no day explains has neither.
    """

    start: date
    due: Decimal | None
    published: Decimal | None
    share: Fraction

    @property
    def has_days(self) -> bool:
        return self.due is not None or self.published is not None

    @property
    def unrounded(self) -> Fraction:
        return (Fraction(self.due or 0) - Fraction(self.published or 0)) * self.share


def amounts_of(
    pieces: Sequence[StoredPiece], *, difference: Decimal, lines_before: int
) -> list[Decimal]:
    """What each piece of a pupil, school and period comes to, in pounds; together the difference.

    Each is rounded once. What that leaves goes to the piece that no day explains, and without one
    to the largest, as far as rounding may leave it: the lines published before and those due are
    not more than three times what is known of them. More than that is given to none.
    """
    amounts = [round_half_up(piece.unrounded) if piece.has_days else ZERO for piece in pieces]
    left = difference - sum(amounts, ZERO)
    unexplained = [place for place, piece in enumerate(pieces) if not piece.has_days]
    if unexplained:
        amounts[unexplained[0]] = left
    elif abs(left) <= ROUNDING * 3 * (len(pieces) + lines_before):
        largest = min(
            range(len(pieces)), key=lambda place: (-abs(amounts[place]), pieces[place].start)
        )
        amounts[largest] += left
    return amounts
