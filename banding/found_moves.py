"""What moderation found out about a framework's bands, in words both apps know. Pure."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple


class FoundMove(NamedTuple):
    """A judged case: the decisions it stands for, its sector, its band before and after."""

    weight: Fraction
    sector: str
    before: str
    after: str
    is_settled: bool
    """Whether the band after is the agreed one already."""


class FoundMoves(NamedTuple):
    """The random cases of one sample, those that stayed as they were among them."""

    collection: str
    drawn_on: dt.date
    population: int
    moves: Sequence[FoundMove]
