"""Later changes to a published period (F8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PaidAmount:
    """An amount in pounds for a pupil at a school in a period; None is an unvalued line."""

    period: str
    urn: int
    pupil_id: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The difference to pay (or, below zero, take back), in pounds, with both totals."""

    period: str
    urn: int
    pupil_id: str
    recalculated: Decimal
    published: Decimal

    @property
    def amount(self) -> Decimal:
        return self.recalculated - self.published


def work_out_adjustments(
    recalculated: Iterable[PaidAmount], published: Iterable[PaidAmount]
) -> list[Adjustment]:
    """Return recalculated less published per pupil, school and period, without the zeros.

    `published` must hold every published amount of the periods, earlier adjustments included.
    A pupil who is no longer funded anywhere is recalculated at nothing. Raises ValueError for a
    recalculated amount that is not known: it would pass for a repayment.
    """
    new_totals = _totals(recalculated)
    old_totals = _totals(published)
    zero = Decimal("0.00")
    adjustments = [
        Adjustment(
            *key, recalculated=new_totals.get(key, zero), published=old_totals.get(key, zero)
        )
        for key in sorted(new_totals.keys() | old_totals.keys())
    ]
    return [adjustment for adjustment in adjustments if adjustment.amount != 0]


def _totals(amounts: Iterable[PaidAmount]) -> dict[tuple[str, int, str], Decimal]:
    totals: dict[tuple[str, int, str], Decimal] = {}
    for paid in amounts:
        if paid.amount is None:
            raise ValueError("An unvalued line can’t be adjusted: give its band a value first.")
        key = (paid.period, paid.urn, paid.pupil_id)
        totals[key] = totals.get(key, Decimal("0.00")) + paid.amount
    return totals
