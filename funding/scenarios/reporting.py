"""The report of a scenario for the Schools Forum: to print, and to be read by anybody (F14)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from banding_portal.pages import Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import FUNDING_READERS
from banding_portal.words import counted
from funding.models import Scenario
from funding.scenarios.adopting import value_table
from funding.scenarios.reported import (
    FEWEST,
    averages_of,
    has_counts,
    moves_of,
    table_of,
    tells_of_hidden,
    to_unit,
)
from funding.scenarios.selectors import is_outdated
from funding.scenarios.showing import (
    BY_THEMSELVES,
    NOT_RECORDED,
    TABLES,
    edge_words,
    supposes,
    with_amounts,
    words_of_keys,
)
from funding.scenarios.views import AboutScenario
from schools.choices import Sector

NOT_YET = (
    "The pupils of this scenario have not been counted yet. Where it is being worked out, wait "
    "until that is done; else read the pupils again first."
)


class ScenarioReport(AboutScenario, Page[Scenario]):
    """No school and no pupil named, small numbers hidden, each figure with its date."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/scenario_report.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_counts(self.found.result or {}):
            return self.refused(RefusalError(NOT_YET))
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        return super().context() | reported(self.found)


def reported(scenario: Scenario) -> dict[str, Any]:
    """What the report shows, amounts rounded and small numbers hidden."""
    result = with_amounts(scenario.result)
    words = words_of_keys()
    found = {each.sector: each for each in averages_of(result)}
    named = (
        "cost_total", "cost_today", "budget", "headroom", "growth_total", "protection_total",
    )  # fmt: skip
    amounts: dict[str, Any] = {
        key: None if result[key] is None else to_unit(Decimal(result[key])) for key in named
    }
    headroom = amounts["headroom"] or Decimal(0)
    amounts |= {"is_short": headroom < 0, "beside": abs(headroom)}
    if any(tells_of_hidden(result, name, valued(scenario, name)) for name in ("sector", "band")):
        amounts["cost_today"] = None
        result = result | {"cost_today": None}
    return {
        "supposes": supposes(scenario, to_all=True),
        "values": value_table(scenario),
        "is_outdated": is_outdated(scenario),
        "unvalued": few_words(result["unvalued"]) if result["unvalued"] else "",
        "figures": figures_of(result),
        "amounts": amounts,
        "pupils": result["pupils"],
        "between": [to_unit(amount) for amount in result.get("cost_between") or ()],
        "tables": [
            {"head": head, "rows": rows_of(result, name, words.get(name, {}))}
            for name, head in TABLES
            if f"pupils_by_{name}" in result
        ],
        "averages": [
            found[sector]._replace(sector=name)
            for sector, name in Sector.choices
            if sector in found
        ],
        "moves": [
            {"head": head, "rows": [(edge_words(row.low, row.high), row.parties) for row in rows]}
            for head, rows in (
                ("Pupils at a school", moves_of(result["by_pupil"])),
                ("Schools", moves_of(result["by_school"])),
            )
        ],
        "years": list(enumerate(map(to_unit, result["protection_by_year"]), 1)),
        "printed_on": timezone.localdate(),
    }  # fmt: skip


def valued(scenario: Scenario, name: str) -> set[str]:
    """Sectors or bands with values of its own; none, where all are raised alike."""
    listed = scenario.terms.get("values")
    return {each[name] for each in listed} if isinstance(listed, list) else set()


def few_words(count: int) -> str:
    return "fewer than 5 pupils" if count < FEWEST else counted(count, "pupil")


def figures_of(result: Mapping[str, Any]) -> list[tuple[str, Decimal, str]]:
    """Each figure with its working. What may be about a few pupils alone, what is agreed beside
    bands, plans that cease and a few who are not banded, is told together with others.
    """
    total = {key: Decimal(value) for key, value in result.items() if key.endswith("_total")}
    beside = ("cost_of_bands", "cost_beside_bands")
    bands = sum((Decimal(result.get(key, 0)) for key in beside), Decimal(0))
    coming = total["growth_total"] + total.get("ceasing_total", Decimal(0))
    unbanded = total.get("unbanded_total", Decimal(0))
    few = result["not_banded"] < FEWEST
    words = "More or fewer pupils"
    if few and unbanded:
        words, coming, unbanded = (
            f"{words}, and those not banded yet",
            coming + unbanded,
            Decimal(0),
        )
    found = [
        ("At today’s values", result["cost_today"],
         "Each pupil’s days, line by line, at the values in force on each day."),
        ("At the scenario’s values", bands,
         "The same days: annual value × share of the year × days; with what is agreed beside."),
        ("Protection in force", result.get("protection_in_force") or None,
         "What rules of protection set already pay at the scenario’s values."),
        (words, coming or None,
         "Growth by the middle of each term; who joins, leaves or has a plan that ceases, by day."),
        ("Pupils not banded yet", unbanded or None,
         "At what pupils of the same sector, need and phase cost on average."),
        ("What moderation found", total.get("moderation_total") or None,
         "What the judged cases changed by × the decisions that each stands for."),
        ("Protection", total["protection_total"] or None,
         "What is paid now less what would be paid, as far as it is protected."),
        ("The scenario", total["cost_total"], "All of these but the first, added up."),
        ("Budget", result["budget"], "Given by whoever made the scenario."),
        ("Headroom", result["headroom"], "The budget less the cost of the scenario."),
    ]  # fmt: skip
    return [
        (name, to_unit(Decimal(amount)), working)
        for name, amount, working in found
        if amount is not None
    ]


def rows_of(result: Mapping[str, Any], name: str, words: Mapping[str, str]) -> list[Any]:
    """In the usual order of their words; what nobody recorded and what stands by itself last."""
    order = [*words]
    rows = table_of(result, name)
    rows.sort(
        key=lambda row: (
            row.key in BY_THEMSELVES,
            not row.key,
            order.index(row.key) if row.key in words else len(order),
        )
    )
    return [
        row._replace(
            key=words.get(row.key) or BY_THEMSELVES.get(row.key) or row.key or NOT_RECORDED
        )
        for row in rows
    ]
