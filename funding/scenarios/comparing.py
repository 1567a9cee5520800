"""Scenarios side by side: up to four, each beside the first (rules.md F14)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from banding_portal.words import money, number, signed_money
from funding.models import Scenario
from funding.scenarios.showing import BY_THEMSELVES, band_words
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


class Side(NamedTuple):
    """One thing of each scenario, as figures and in words."""

    what: str
    figures: list[Decimal | int | None]
    words: list[str]


Rows = list[Side]


def compared(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Tables with a column a scenario; every one of them has been worked out."""
    results: list[dict[str, Any]] = [scenario.result or {} for scenario in scenarios]
    rows = [pounds(words, [result.get(key) for result in results]) for key, words in AMOUNTS]
    first = Decimal(results[0]["cost_total"]) if results else Decimal(0)
    against = [Decimal(result["cost_total"]) - first for result in results[1:]]
    shown = ["–", *(signed_money(each) for each in against)]
    rows.insert(1, Side(f"Against “{scenarios[0].name}”", [None, *against], shown))
    moves = [
        counts(f"{words}, {whom}", [result[f"by_{key}"][count] for result in results])
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
        {
            "heading": "Cost by band",
            "rows": by_key(results, "cost_by_band", {**band_words(), **BY_THEMSELVES}),
        },
        {"heading": "Average for a pupil’s year", "rows": averages(results)},
    ]


def pounds(what: str, values: Sequence[Any]) -> Side:
    figures = [None if value is None else Decimal(str(value)) for value in values]
    return Side(what, [*figures], [money(figure) for figure in figures])


def counts(what: str, values: Sequence[int]) -> Side:
    return Side(what, [*values], [number(value) for value in values])


def by_key(results: Sequence[dict[str, Any]], name: str, words: dict[str, str]) -> Rows:
    there = dict.fromkeys(key for result in results for key in result[name])
    keys = [
        *(key for key in words if key in there),
        *(key for key in sorted(there) if key not in words),
    ]
    return [
        pounds(
            words.get(key, key.capitalize() if len(key) > 3 else key),
            [result[name].get(key) for result in results],
        )
        for key in keys
    ]


def averages(results: Sequence[dict[str, Any]]) -> Rows:
    return [
        pounds(
            str(label),
            [result["average_by_sector"].get(key, {}).get("then") for result in results],
        )
        for key, label in Sector.choices
        if any(key in result["average_by_sector"] for result in results)
    ]
