"""Random wishes for values over a few pupils: two bands, two sectors, values up to £3,500."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from funding.scenarios.pricing import (
    BandFacts,
    Caseload,
    Kept,
    PupilFacts,
    SchoolFacts,
    State,
    Term,
    price,
)
from funding.scenarios.wanting import Wanted
from funding.scenarios.wishes import Wish

SECTORS = ("mainstream", "special")
CELLS = [(band, sector) for sector in SECTORS for band in (0, 1)]
STEP, MOST = 500, 3_500
FIRST, LAST = dt.date(2026, 9, 1).toordinal(), dt.date(2027, 8, 31).toordinal()
Values = dict[tuple[int, str], int]
"""In pence."""


def wanted_over(
    values: dict[Any, int | None],
    years: dict[Any, int],
    kept: dict[int, list[Kept]] | None = None,
    **wish: Any,
) -> Wanted:
    """So many pupils on each band and sector for the year, at two schools in turn."""
    states, pupil = [], 0
    for (band, sector), count in years.items():
        for _ in range(count):
            states.append(State(pupil, pupil % 2, sector, "EHCP", band, True, 0, FIRST, LAST))
            pupil += 1
    caseload = Caseload(
        terms=[Term("year", "Year", FIRST, LAST, 1, 1)],
        states=states,
        pupils=[PupilFacts(f"P{number}", "ASD") for number in range(pupil)],
        schools=[SchoolFacts(f"10000{n}", f"School {n}", "Primary", "North") for n in range(2)],
        kept=kept or {},
        bands=[BandFacts("f", "A", "Band A", 1), BandFacts("f", "B", "Band B", 2)],
    )
    asked = Wish.model_validate({"year": "2026-27", "framework": "f", **wish})
    today = {cell: ((FIRST, value),) for cell, value in values.items()}
    named = {"A": 0, "B": 1}
    return Wanted(asked, caseload, today, (0, 1), named, SECTORS, day=FIRST)


def random_wanted(random: Random) -> Wanted:
    values: dict[Any, int | None] = {cell: random.randint(300, 3_200) * 100 for cell in CELLS}
    if random.random() < 0.3:
        values[random.choice(CELLS)] = None
    years = {cell: random.randint(0, 4) for cell in CELLS} | {CELLS[0]: 2}
    spent = sum((values[cell] or 0) * count for cell, count in years.items()) // 100
    budget = max(1, spent * random.choice([50, 90, 100, 120]) // 100)
    bands = [{"band": "AB"[band], "sector": sector} for band, sector in CELLS]
    wish: dict[str, Any] = {
        "budget": budget,
        "round_to": STEP,
        "limits": [{**band, "most": MOST} for band in bands],
    }
    chances: dict[str, Any] = {
        "spend_at_least": max(1, budget * random.choice([60, 90, 97, 105]) // 100),
        "minimum_step": random.choice([0, 500, 1_500]),
        "maximum_step": random.choice([500, 1_000, 2_500]),
        "largest_change": random.choice([10, 40, 80]),
        "school_floor": random.choice([50, 90, 98]),
        "ratios": [{"sector": "special", "to_sector": "mainstream", **between(random, 0.5, 1, 2)}],
        "shares": [{"sector": sector, **between(random, 20, 45, 70)} for sector in SECTORS],
    }
    wish |= {key: value for key, value in chances.items() if random.random() < 0.4}
    return wanted_over(values, years, **wish)


def between(random: Random, *numbers: float) -> dict[str, float]:
    """A least, a most or both, which may contradict each other."""
    ends = {"least": random.choice(numbers), "most": random.choice(numbers)}
    return {end: number for end, number in ends.items() if random.random() < 0.6}


def broken(wanted: Wanted, values: Values) -> Iterator[str]:
    """What a wish says and these values do not keep, told without the solver's rules."""
    wish, cost = wanted.wish, cost_of(wanted, values)
    if not pence(wish.spend_at_least) <= cost <= pence(wish.budget):
        yield "cost"
    yield from broken_steps(wanted, values)
    yield from broken_sectors(wanted, values)
    yield from broken_floors(wanted, values)
    for cell, value in values.items():
        now = today_of(wanted, cell)
        if value % (STEP * 100) or value > MOST * 100 or (value == 0 and now != 0):
            yield "limits"
        most = wish.largest_change
        if now is not None and most is not None and abs(value - now) * 100 > most * now:
            yield "largest_change"


def pence(pounds: Decimal | None) -> int:
    return int((pounds or 0) * 100)


def broken_steps(wanted: Wanted, values: Values) -> Iterator[str]:
    wish = wanted.wish
    for sector in SECTORS:
        step = values[1, sector] - values[0, sector]
        if step < pence(wish.minimum_step):
            yield "minimum_step"
        if wish.maximum_step is not None and step > pence(wish.maximum_step):
            yield "maximum_step"


def broken_sectors(wanted: Wanted, values: Values) -> Iterator[str]:
    spent = {
        sector: sum(count(wanted, cell) * values[cell] for cell in CELLS if cell[1] == sector)
        for sector in SECTORS
    }
    for ratio in wanted.wish.ratios:
        for band in (0, 1):
            if not between_ends(ratio, values[band, ratio.sector], values[band, ratio.to_sector]):
                yield "ratios"
    for share in wanted.wish.shares:
        if not between_ends(share, 100 * spent[share.sector], sum(spent.values())):
            yield "shares"


def between_ends(ends: Any, one: int, of: int) -> bool:
    low = ends.least is None or one >= ends.least * of
    return low and (ends.most is None or one <= ends.most * of)


def broken_floors(wanted: Wanted, values: Values) -> Iterator[str]:
    if wanted.wish.school_floor is None:
        return
    for school in range(2):
        states = [state for state in wanted.caseload.states if state.school == school]
        cells = [(state.band, state.sector) for state in states]
        now = sum(today_of(wanted, cell) or 0 for cell in cells)
        if sum(values[cell] for cell in cells) * 100 < wanted.wish.school_floor * now:
            yield "school_floor"


def today_of(wanted: Wanted, cell: Any) -> int | None:
    return wanted.today[cell][0][1]


def count(wanted: Wanted, cell: Any) -> int:
    return sum((each.band, each.sector) == cell for each in wanted.caseload.states)


def cost_of(wanted: Wanted, values: Values) -> int:
    return price(wanted.caseload, {cell: ((FIRST, value),) for cell, value in values.items()}).total


def near(wanted: Wanted) -> dict[Any, int]:
    """Today's values; in the place of one that is not known, the other one of its sector."""
    found = {}
    for band, sector in CELLS:
        now = today_of(wanted, (band, sector))
        other = today_of(wanted, (1 - band, sector))
        found[band, sector] = now if now is not None else other or 0
    return found


def distance(wanted: Wanted, values: Values) -> Fraction:
    """Pupils × pence moved, each band counted as one pupil at least."""
    today = near(wanted)
    moved = (max(1, count(wanted, cell)) * abs(values[cell] - today[cell]) for cell in CELLS)
    return Fraction(sum(moved))


def all_that_keep(wanted: Wanted) -> list[Values]:
    """All values to £500 that keep the wish."""
    steps = range(0, (MOST + STEP) * 100, STEP * 100)
    tried = (dict(zip(CELLS, chosen, strict=True)) for chosen in product(steps, repeat=4))
    return [values for values in tried if not any(broken(wanted, values))]
