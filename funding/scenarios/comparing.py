"""Scenarios side by side: up to four, each beside the first (rules.md F14)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from banding_portal.words import money, number, signed_money
from funding.models import Scenario
from funding.scenarios.showing import band_words
from schools.choices import Sector

MOST = 4
AMOUNTS = (
    ("cost_total", "Cost of the year"),
    ("cost_today", "At today’s values"),
    ("cost_of_bands", "Values"),
    ("cost_beside_bands", "Agreed beside bands"),
    ("protection_in_force", "Protection in force"),
    ("growth_total", "More or fewer pupils"),
    ("ceasing_total", "Plans that cease"),
    ("unbanded_total", "Pupils not banded yet"),
    ("moderation_total", "What moderation found"),
    ("protection_total", "Protection"),
    ("budget", "Budget"),
    ("headroom", "Headroom"),
    ("full_year", "A whole year with the pupils of the last day"),
)
Rows = list[tuple[str, list[str]]]


def compared(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Tables with a column a scenario; every one of them has been worked out."""
    results: list[dict[str, Any]] = [scenario.result or {} for scenario in scenarios]
    rows: Rows = [
        (words, [amount(result.get(key)) for result in results]) for key, words in AMOUNTS
    ]
    first = Decimal(results[0]["cost_total"]) if results else Decimal(0)
    against = [signed_money(Decimal(result["cost_total"]) - first) for result in results]
    rows.insert(1, ("Against the first of them", ["–", *against[1:]]))
    moves: Rows = [
        (f"{words}, {whom}", [number(result[f"by_{key}"][count]) for result in results])
        for key, whom in (("pupil", "pupils at a school"), ("school", "schools"))
        for count, words in (("winners", "Gain"), ("losers", "Lose"), ("same", "No change"))
    ]
    return [
        {"heading": "Cost", "rows": rows},
        {"heading": "Who gains and who loses", "rows": moves},
        {
            "heading": "Cost by sector",
            "rows": by_key(results, "cost_by_sector", dict(Sector.choices)),
        },
        {"heading": "Cost by band", "rows": by_key(results, "cost_by_band", band_words())},
        {"heading": "Average for a pupil’s year", "rows": averages(results)},
    ]


def amount(value: Any) -> str:
    return money(None if value is None else Decimal(str(value)))


def by_key(results: Sequence[dict[str, Any]], name: str, words: dict[str, str]) -> Rows:
    there = dict.fromkeys(key for result in results for key in result[name])
    keys = [
        *(key for key in words if key in there),
        *(key for key in sorted(there) if key not in words),
    ]
    return [
        (
            words.get(key, key.capitalize() if len(key) > 3 else key),
            [amount(result[name].get(key)) for result in results],
        )
        for key in keys
    ]


def averages(results: Sequence[dict[str, Any]]) -> Rows:
    return [
        (
            str(label),
            [amount(result["average_by_sector"].get(key, {}).get("then")) for result in results],
        )
        for key, label in Sector.choices
        if any(key in result["average_by_sector"] for result in results)
    ]
