"""The days that an adjustment is about: where what is due differs from what was published (F8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from funding.calculation.money import round_half_up

DAY = timedelta(days=1)
ROUNDING = Fraction(2, 100)
"""What rounding may leave of a line or a piece: its own, and that of what protection compares."""
ShareOf = Callable[[date, date], Fraction]
"""How much of an annual value the days from one to another are paid, both included."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Annual pounds due, or published, for a pupil at a school on the days of a line.

    Of a published adjustment it is what the line added to a year, below zero where it took away;
    None where the line does not say. An exceptional amount has no band.
    """

    start: date
    end: date
    annual: Decimal | None
    band: str = ""

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an adjustment: its days, annual pounds as due and as published, and pounds to pay.

    `due` and `published` are both None for what no day explains. `band` is the one due, else the
    one that was published.
    """

    start: date
    end: date
    due: Decimal | None
    published: Decimal | None
    band: str
    band_before: str
    amount: Decimal


def pieces_of(
    due: Sequence[Rate],
    published: Sequence[Rate],
    *,
    difference: Decimal,
    days: tuple[date, date],
    share_of: ShareOf,
) -> list[Piece]:
    """Split the difference of a pupil, school and period over the days that differ.

    `published` stands in the order of publishing and `difference` is what is due less what was
    published, in pounds, rounded line by line. The pennies that rounding leaves go to the largest
    piece; what is more than rounding is a piece of its own over all `days`. The pieces add up to
    the difference exactly, and none is of £0.00.
    """
    if difference == 0:
        return []
    stretches = _differing(due, published)
    pieces = [
        Piece(*stretch, amount=round_half_up(Fraction(_change(stretch)) * share_of(*stretch[:2])))
        for stretch in stretches
    ]
    left = difference - sum((piece.amount for piece in pieces), Decimal("0.00"))
    if pieces and abs(left) <= ROUNDING * (len(due) + len(published) + len(pieces)):
        pieces.sort(key=lambda piece: (-abs(piece.amount), piece.start))
        first = pieces[0]
        pieces[0] = Piece(*_facts(first), amount=first.amount + left)
    elif left:
        pieces.append(Piece(*days, None, None, "", "", left))
    kept = [piece for piece in pieces if piece.amount]
    return sorted(kept, key=lambda piece: (piece.start, piece.amount))


Stretch = tuple[date, date, Decimal | None, Decimal | None, str, str]


def _change(stretch: Stretch) -> Decimal:
    zero = Decimal("0.00")
    return (stretch[2] or zero) - (stretch[3] or zero)


def _facts(piece: Piece) -> Stretch:
    bands = piece.band, piece.band_before
    return piece.start, piece.end, piece.due, piece.published, *bands


def _differing(due: Sequence[Rate], published: Sequence[Rate]) -> list[Stretch]:
    """Longest stretches of days on which the sums differ and nothing else changes."""
    if not (due or published):
        return []
    day = min(rate.start for rate in (*due, *published))
    last = max(rate.end for rate in (*due, *published))
    found: list[Stretch] = []
    while day <= last:
        now, band = _on(day, due)
        before, band_before = _on(day, published)
        band = band or band_before
        stretch = (day, day, now, before, band, band_before)
        if found and found[-1][1] == day - DAY and found[-1][2:] == stretch[2:]:
            found[-1] = (found[-1][0], day, *stretch[2:])
        elif _change(stretch):
            found.append(stretch)
        day += DAY
    return found


def _on(day: date, rates: Sequence[Rate]) -> tuple[Decimal | None, str]:
    """The sum of a day, None for nothing, and the last band said."""
    there = [rate for rate in rates if rate.covers(day)]
    bands = [rate.band for rate in there if rate.band]
    known = [rate.annual for rate in there if rate.annual is not None]
    total = sum(known, Decimal("0.00"))
    return (total or None), (bands[-1] if bands else "")
