"""Values that look like a slip of the keyboard (F2). Pure; they are asked about, not refused."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

FACTOR = 2
"""So many times the value before, or a part of it, is asked about."""
FEW_YEARS = 5


def oddity_of(annual: Decimal | None, before: Decimal | None, others: Iterable[Decimal]) -> str:
    """Why a new annual value in pounds is asked about, as an end of a sentence; empty if it is not.

    `before` is the value that it takes the place of; without one it is compared with `others`,
    those of the framework's other bands in the sector.
    """
    if not annual:
        return ""
    if before:
        if annual > before * FACTOR:
            return f"more than twice the £{before:,.2f} before it"
        return f"less than half of the £{before:,.2f} before it" if annual * FACTOR < before else ""
    highest = max(others, default=None)
    if highest and annual > highest * FACTOR:
        return f"more than twice the highest other band, £{highest:,.2f}"
    return ""


def oddity_of_day(day: date, today: date) -> str:
    """A sentence where a day lies more than five years away, as a slip of the keyboard does."""
    if abs(day.year - today.year) <= FEW_YEARS:
        return ""
    way = "back" if day < today else "ahead"
    return f"{day.day} {day:%B} {day.year} lies more than {FEW_YEARS} years {way}."
