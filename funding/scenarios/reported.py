"""What a report to the public may say of a scenario (rules.md F13, F14). Pure."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from banding_portal.disclosure import Counts, is_safe, suppressed
from funding.calculation import round_half_up
from funding.scenarios.summing import GROWTH, MODERATION, OF_PEOPLE, PROTECTION, UNBANDED

TOGETHER = "growth_and_unbanded"
"""The row of growth and of few pupils who are not banded yet, whose cost is not told by itself."""
FEWEST = 5
"""Fewer pupils than so many are not told."""
UNIT, AVERAGE_UNIT = 1_000, 10
"""Pounds to which amounts and averages are rounded."""


class Reported(NamedTuple):
    """A row of a table: pupils and pounds, None where they are hidden."""

    key: str
    pupils: int | None
    cost: Decimal | None


class Average(NamedTuple):
    sector: str
    today: Decimal | None
    then: Decimal | None


class Moved(NamedTuple):
    """How many change by pounds between two edges (see results.py); None is hidden."""

    low: int | None
    high: int | None
    parties: int | None


def to_unit(pounds: Decimal, unit: int = UNIT) -> Decimal:
    """Rounded half up to so many pounds."""
    return round_half_up(pounds / unit, 0) * unit


def hidden(counts: Sequence[int]) -> Counts:
    """All of them where hiding some would not be enough."""
    shown = suppressed(counts)
    return shown if is_safe(counts, shown) else [None] * len(counts)


def table_of(result: Mapping[str, Any], name: str) -> list[Reported]:
    """Pupils and cost by one of OF_PEOPLE. Raises KeyError for a result without counts."""
    costs, pupils = result[f"cost_by_{name}"], result[f"pupils_by_{name}"]
    keys = sorted(pupils)
    shown = dict(zip(keys, hidden([pupils[key] for key in keys]), strict=True))
    rows = [
        Reported(
            key, shown[key], None if shown[key] is None else to_unit(costs.get(key, Decimal(0)))
        )
        for key in keys
    ]
    beside = {key: costs[key] for key in (UNBANDED, MODERATION, GROWTH, PROTECTION) if key in costs}
    if UNBANDED in beside and result["not_banded"] < FEWEST:
        few = beside.pop(UNBANDED)
        if GROWTH in beside:
            beside[TOGETHER] = beside.pop(GROWTH) + few
        else:
            rows.append(Reported(UNBANDED, None, None))
    return rows + [Reported(key, None, to_unit(cost)) for key, cost in beside.items()]


def tells_of_hidden(result: Mapping[str, Any], name: str, valued: Collection[str]) -> bool:
    """Whether the difference from today would give the cost of some of the sectors or bands away
    that are hidden: where values change in some of these and in others of them not.
    """
    counted, rows = result[f"pupils_by_{name}"], table_of(result, name)
    missing = {row.key for row in rows if row.pupils is None and row.key in counted}
    return bool(missing & set(valued)) and not missing <= set(valued)


def averages_of(result: Mapping[str, Any]) -> list[Average]:
    """What a pupil who is there all year costs; hidden where their sector’s count is."""
    shown = {row.key: row.pupils for row in table_of(result, "sector")}
    return [
        Average(sector, None, None)
        if shown.get(sector) is None
        else Average(
            sector, to_unit(found["today"], AVERAGE_UNIT), to_unit(found["then"], AVERAGE_UNIT)
        )
        for sector, found in result["average_by_sector"].items()
    ]


def moves_of(moves: Mapping[str, Any]) -> list[Moved]:
    """How many change by how much, bands of change that nobody is in left out."""
    found = [each for each in moves["distribution"] if each["count"]]
    counts = hidden([each["count"] for each in found])
    return [
        Moved(each["from"], each["to"], count) for each, count in zip(found, counts, strict=True)
    ]


def has_counts(result: Mapping[str, Any]) -> bool:
    """Whether it was worked out since pupils are counted by each of OF_PEOPLE."""
    return all(f"pupils_by_{name}" in result for name in OF_PEOPLE)
