"""What may be published of a term (rules.md F13). Pure.

Of one term two tables share one total: pupils by sector, and pupils by band. Each hides its own
small counts as a table of a total does. The amount is rounded where something is hidden, for with
the values of the bands it would tell how many pupils are on which.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from banding_portal.disclosure import Counts, is_safe, published_count, suppressed

STEPS = (1, 2, 5)
LEAST_UNIT = 1_000
"""Pounds: an amount beside hidden counts is never told more exactly."""
MOVED = 10
"""So many pupils could be on the dearest band instead of the cheapest within one rounding."""


@dataclass(frozen=True)
class Term:
    """A term as it was paid, each pupil counted once: with the sector and band of the last day."""

    name: str
    amount: Decimal
    """Pounds, of all runs published."""
    by_sector: Mapping[str, int]
    by_band: Mapping[str, int]
    values: Sequence[Decimal] = ()
    """What the bands are worth for the term, in pounds."""

    @property
    def pupils(self) -> int:
        return sum(self.by_sector.values())


@dataclass(frozen=True)
class PublishedTerm:
    """The same as everybody may read it; None is hidden."""

    name: str
    pupils: int | None
    amount: Decimal | None
    unit: int
    """Pounds the amount is rounded to."""
    by_sector: list[tuple[str, int | None]]
    by_band: list[tuple[str, int | None]]


def published_term(term: Term) -> PublishedTerm:
    """Hide what is small, and what would give it away."""
    sectors, bands = hidden_in(term.by_sector), hidden_in(term.by_band)
    pupils = published_count(term.pupils)
    is_hidden = None in [*sectors, *bands]
    unit = unit_of(term.values) if is_hidden else 1
    shown = pupils is not None
    return PublishedTerm(
        name=term.name,
        pupils=pupils,
        amount=rounded(term.amount, unit) if shown else None,
        unit=unit,
        by_sector=list(zip(term.by_sector, sectors, strict=True)),
        by_band=list(zip(term.by_band, bands, strict=True)),
    )


def hidden_in(table: Mapping[str, int]) -> Counts:
    """The counts of a table whose total is published; all hidden where that is not enough."""
    counts = list(table.values())
    shown = suppressed(counts)
    return shown if is_safe(counts, shown) else [None] * len(counts)


def unit_of(values: Sequence[Decimal]) -> int:
    """Pounds to round to: 1, 2 or 5 with noughts, at least MOVED times what two bands differ by."""
    spread = max(values, default=Decimal(0)) - min(values, default=Decimal(0))
    wanted = max(Decimal(LEAST_UNIT), MOVED * spread)
    return next(unit for unit in units() if unit >= wanted)


def units() -> Iterable[int]:
    power = LEAST_UNIT
    while True:
        yield from (step * power for step in STEPS)
        power *= 10


def rounded(amount: Decimal, unit: int) -> Decimal:
    return (amount / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
