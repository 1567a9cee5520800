"""A scenario's result in words and pictures (rules.md F14)."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from banding.models import Band, Framework
from banding_portal.words import counted, day, money, number, signed_money
from funding.choices import CountedDecisions, NotBanded
from funding.models import Period, Scenario
from funding.scenarios.reported import FEWEST, TOGETHER
from funding.scenarios.summing import GROWTH, MODERATION, PROTECTION, UNBANDED
from schools.choices import PrimaryNeed, Sector
from schools.register_rules import year_group_name

TABLES = (
    ("sector", "sector"),
    ("band", "band"),
    ("need", "primary need"),
    ("phase", "phase"),
    ("quadrant", "quadrant"),
    ("term", "term"),
    ("financial_year", "financial year"),
)
BY_THEMSELVES = {
    UNBANDED: "Pupils not banded yet",
    MODERATION: "What moderation found, carried over",
    GROWTH: "More or fewer pupils",
    TOGETHER: "More or fewer pupils, and those not banded yet",
    PROTECTION: "Protection",
}
NOT_RECORDED = "Not recorded"
OPEN = ("sector", "band")
"""The tables that are open from the start; the others open at a click."""
AMOUNT = re.compile(r"-?\d+\.\d\d", re.ASCII)


def shown(scenario: Scenario) -> dict[str, Any]:
    """What its page shows of the result; nothing before there is one."""
    if not scenario.result:
        return {"supposes": supposes(scenario)}
    result = with_amounts(scenario.result)
    words = words_of_keys()
    return {
        "supposes": supposes(scenario),
        "result": result,
        "over": bool(result["headroom"] is not None and result["headroom"] < 0),
        "headroom": abs(result["headroom"] or Decimal(0)),
        "steps": steps_of(result),
        "tables": [
            {
                "head": head,
                "is_open": name in OPEN,
                "rows": rows_of(result[f"cost_by_{name}"], words.get(name, {})),
            }
            for name, head in TABLES
        ],
        "averages": [
            {"sector": words["sector"].get(key, key), **found, "change": change_of(found)}
            for key in Sector.values
            if (found := result["average_by_sector"].get(key))
        ],
        "moves": [
            moves_of("pupil", "Pupils at a school", result["by_pupil"]),
            moves_of("school", "Schools", result["by_school"]),
        ],
        "years": list(enumerate(result["protection_by_year"], 1)),
        "between": result.get("cost_between"),
    }  # fmt: skip


def words_of_keys() -> dict[str, dict[str, str]]:
    """What the keys of the tables are called."""
    return {
        "sector": dict(Sector.choices),
        "band": band_words(),
        "need": dict(PrimaryNeed.choices),
        "term": dict(Period.objects.values_list("code", "name")),
    }


def band_words() -> dict[str, str]:
    """Names of bands by code, where all of a code have one name; in order of rank."""
    names: dict[str, set[str]] = {}
    for code, name in Band.objects.order_by("rank").values_list("code", "name"):
        names.setdefault(code, set()).add(name)
    return {code: found.pop() for code, found in names.items() if len(found) == 1}


def with_amounts(kept: Any) -> Any:
    """What was kept as JSON, with its amounts as pounds again."""
    if isinstance(kept, dict):
        return {key: with_amounts(value) for key, value in kept.items()}
    if isinstance(kept, list):
        return [with_amounts(value) for value in kept]
    return Decimal(kept) if isinstance(kept, str) and AMOUNT.fullmatch(kept) else kept


def moves_of(who: str, heading: str, found: Mapping[str, Any]) -> dict[str, Any]:
    lists = [found["most_gained"], found["most_lost"]]
    return {"who": who, "heading": heading, **found, "bars": bars_of(found, who), "lists": lists}


def change_of(found: Mapping[str, Any]) -> Decimal:
    return Decimal(found["then"]) - Decimal(found["today"])


def steps_of(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """From what is paid today to what the scenario costs, as a waterfall."""
    beside = Decimal(result["cost_of_bands"]) + Decimal(result["cost_beside_bands"])
    today, total = Decimal(result["cost_today"]), Decimal(result["cost_total"])
    kept = Decimal(result.get("protection_in_force", 0))
    kept_today = Decimal(result.get("protection_in_force_today", kept))
    changes = [
        ("Values", beside - (today - kept_today)),
        ("Protection in force", kept - kept_today),
        ("More or fewer pupils", Decimal(result["growth_total"])),
        ("Plans that cease", Decimal(result.get("ceasing_total", 0))),
        ("Pupils not banded yet", Decimal(result.get("unbanded_total", 0))),
        ("What moderation found", Decimal(result.get("moderation_total", 0))),
        ("Protection", Decimal(result["protection_total"])),
    ]
    return [
        {"label": "At today’s values", "value": today, "kind": "total", "text": money(today)},
        *(
            {"label": label, "value": value, "kind": "change", "text": signed_money(value)}
            for label, value in changes
            if value or label == "Values"
        ),
        {"label": "The scenario", "value": total, "kind": "total", "text": money(total)},
    ]


def rows_of(table: Mapping[str, str], words: Mapping[str, str]) -> list[dict[str, Any]]:
    """As bars have them, the usual order of the words first."""
    known = [key for key in words if key in table]
    others = [key for key in sorted(table) if key not in words and key not in BY_THEMSELVES]
    last = [key for key in BY_THEMSELVES if key in table]
    return [
        {
            "label": words.get(key) or BY_THEMSELVES.get(key) or key or NOT_RECORDED,
            "value": Decimal(table[key]),
            "text": money(Decimal(table[key])),
        }
        for key in [*known, *others, *last]
    ]


def bars_of(moves: Mapping[str, Any], noun: str) -> list[dict[str, Any]]:
    """How many change by how much."""
    return [
        {
            "label": edge_words(each["from"], each["to"]),
            "value": each["count"],
            "text": counted(each["count"], noun),
        }
        for each in moves["distribution"]
    ]


def edge_words(low: int | None, high: int | None) -> str:
    if low == high == 0:
        return "No change"
    if low is None:
        return f"Loses £{-(high or 0):,} or more"
    if high is None:
        return f"Gains over £{low:,}"
    if high <= 0:
        return f"Loses £{-high:,} to £{-low:,}" if high else f"Loses up to £{-low:,}"
    return f"Gains £{low:,} to £{high:,}" if low else f"Gains up to £{high:,}"


def supposes(scenario: Scenario, *, to_all: bool = False) -> list[tuple[str, str]]:
    """What it supposes, as names and sentences; small numbers hidden where it is for everybody."""
    terms = scenario.terms
    protection, listed = terms.get("protection"), terms.get("values")
    values = "Today’s values"
    if isinstance(listed, list):
        values = f"{counted(len(listed), 'value')} of its own"
        values += "".join(f"; {words}" for words in go_live_words(terms.get("go_live") or {}))
    elif terms.get("uplift"):
        values = f"Today’s values and {terms['uplift']:g}%"
    budget = terms.get("budget")
    return [
        ("Year", terms["year"]),
        ("Bands of", framework_words(terms.get("framework"))),
        ("Values", values),
        ("Bands that count", counted_words(scenario)),
        ("Pupils not banded yet", not_banded_words(scenario, to_all)),
        ("Protection", protection_words(protection)),
        ("More or fewer pupils", growth_words(terms.get("growth") or {})),
        ("Budget", money(Decimal(str(budget))) if budget else "None given"),
    ]


def framework_words(code: str | None) -> str:
    """Its name; of versions the newest one’s."""
    found = Framework.objects.filter(code=code).order_by("version").last() if code else None
    return found.name if found else "Every framework"


def go_live_words(begins: Mapping[str, str]) -> list[str]:
    return [
        f"{Sector(sector).label} from {day(dt.date.fromisoformat(begins[sector]))}"
        for sector in Sector.values
        if sector in begins
    ]


def counted_words(scenario: Scenario) -> str:
    """Whose decisions count; where moderation is carried over, how much of it there is."""
    chosen = CountedDecisions(scenario.terms["decisions"])
    result = scenario.result or {}
    if chosen != CountedDecisions.CORRECTED or "moderated" not in result:
        return str(chosen.label)
    if not result["moderated"]:
        return f"{chosen.label}: nothing has been judged yet, so there is nothing to carry over"
    judged, of = number(result["moderated"]), number(result["moderated_of"])
    return f"{chosen.label}: {judged} of {of} decisions were judged"


def growth_words(growth: Mapping[str, Any]) -> str:
    percent = growth.get("percent")
    said = [f"{percent:+g}% over the year".replace("-", "−")] if percent else []
    said += [coming_words(kind) for kind in growth.get("monthly") or []]
    said += [
        f"{each['percent']:g}% of plans cease after {year_group_name(each['after_year'])}"
        for each in growth.get("phase_ends") or []
    ]
    return "; ".join(said) or "As many as now"


def coming_words(kind: Mapping[str, Any]) -> str:
    """ "4 join and 1 leaves a month: Special, ASD, Secondary" """
    words = [Sector(kind["sector"]).label, kind.get("band"), kind.get("need"), kind.get("phase")]
    come, go = kind.get("joiners") or 0, kind.get("leavers") or 0
    joins, leaves = "joins" if come == 1 else "join", "leaves" if go == 1 else "leave"
    return f"{come} {joins} and {go} {leaves} a month: {', '.join(filter(None, words))}"


def not_banded_words(scenario: Scenario, to_all: bool) -> str:
    """What is done with them, and how many there are once that is known."""
    chosen = NotBanded(scenario.terms.get("unbanded", NotBanded.LEFT_OUT)).label
    count = (scenario.result or {}).get("not_banded")
    if count is None:
        return chosen
    few = to_all and count < FEWEST
    return f"{chosen}: {f'fewer than {FEWEST} pupils' if few else counted(count, 'pupil')}"


def protection_words(protection: Mapping[str, Any] | None) -> str:
    if not protection:
        return "None"
    whom = "each school" if protection["per"] == "school" else "each pupil at a school"
    if protection.get("weights"):
        felt = ", ".join(f"{weight:g}%" for weight in protection["weights"])
        return f"A fall is felt by {felt} in the years it lasts, for {whom}"
    years = counted(protection["years"], "year")
    return f"{protection['floor']:g}% of what is paid today, for {whom}, for {years}"
