"""The prices a scenario supposes, made of today's and its own (rules.md F14). Pure."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from funding.calculation import round_half_up
from funding.scenarios.pricing import Prices, Steps, ordinal
from funding.scenarios.terms import Scenario

Wanted = Mapping[tuple[int, str], int]
"""Pence a year by the band's place and sector."""


def supposed_prices(
    today: Prices,
    terms: Scenario,
    wanted: Wanted,
    begins: Mapping[str, dt.date],
    bands: Collection[int],
) -> Prices:
    """Today's values; those of these bands uplifted; or from the day a sector goes live those of
    the list.
    """
    if terms.values is None:
        own = {key: steps for key, steps in today.items() if key[0] in bands}
        return today if not terms.uplift else {**today, **uplifted(own, terms.uplift)}
    found = dict(today)
    for (band, sector), value in wanted.items():
        found[band, sector] = from_day(
            today.get((band, sector), ()), ordinal(begins[sector]), value
        )
    return found


def from_day(steps: Steps, day: int, value: int) -> Steps:
    """The value from a day on, whatever would have come later; before it what was."""
    return (*(step for step in steps if step[0] < day), (day, value))


def uplifted(today: Prices, percent: Decimal) -> Prices:
    """Each known value more by a percentage, rounded half up to the penny."""
    share = 1 + Fraction(percent) / 100
    return {
        key: tuple(
            (day, None if value is None else int(round_half_up(value * share, 0)))
            for day, value in steps
        )
        for key, steps in today.items()
    }
