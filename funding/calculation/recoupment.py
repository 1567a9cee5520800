"""Claims between authorities for each other’s pupils (F16). All amounts are pounds."""

from dataclasses import replace
from decimal import Decimal

from funding.calculation.lines import CalculatedLine, amount_of
from funding.choices import LineKind


def claim_of(line: CalculatedLine) -> Decimal | None:
    """What another authority owes for its pupil at a school in this one’s area: what the line
    would come to if the pupil were this authority’s own, rounded once.

    None for any other line, and while the band has no value.
    """
    if line.kind != LineKind.OTHER_LA or not line.state.placement.is_here:
        return None
    return amount_of(replace(line, kind=LineKind.ALLOCATION))
