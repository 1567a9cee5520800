"""Taking money back over several terms by agreement (rules.md F25). Pure; pounds."""

from dataclasses import dataclass
from decimal import Decimal

from funding.calculation.money import in_pounds, part_of


@dataclass(frozen=True, slots=True)
class RecoveryPart:
    """A line of a recovery: instalment 0 holds back the whole, above zero; the others take a part
    back each, below zero. `before` is what earlier instalments took back.
    """

    number: int
    amount: Decimal
    total: Decimal
    before: Decimal

    @property
    def left(self) -> Decimal:
        return self.total - self.before + min(self.amount, Decimal("0.00"))


def held_back(total: Decimal) -> RecoveryPart:
    """What the adjustments of the run take back, given back in the same run."""
    return RecoveryPart(0, total, total, Decimal("0.00"))


def instalment(
    total: Decimal, number: int, count: int, before: Decimal, *, rest: bool = False
) -> RecoveryPart:
    """The one of a number from 1; the last, or the `rest` at once, takes all that is left."""
    last = rest or number >= count
    taken = total - before if last else part_of(total, number - 1, count)
    return RecoveryPart(number, -taken, total, before)


def recovery_sentence(part: RecoveryPart, count: int, agreed: str) -> str:
    """“Instalment 2 of 3 of £9,000.00, spread as agreed with the headteacher on 3 December 2026.
    £3,000.00 is left.”
    """
    whole = in_pounds(part.total)
    if part.number == 0:
        return (
            f"Adjustments of this run take {whole} back. It is held back here, to be taken in "
            f"{count} instalments as agreed with {agreed}."
        )
    is_rest = part.number < count and not part.left
    which = "The rest" if is_rest else f"Instalment {part.number} of {count}"
    left = f"{in_pounds(part.left)} is left." if part.left else "Nothing is left."
    return f"{which} of {whole}, spread as agreed with {agreed}. {left}"
