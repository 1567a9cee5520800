"""Loading frameworks from their files (rules.md B1)."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError

from banding.frameworks.rules import check_framework
from banding.frameworks.selectors import framework_as_data, is_frozen
from banding.models import Area, Band, Framework, Level
from banding_portal.uploads.results import Issue

OUT_OF_THE_WAY = 32_768
"""Taken off ranks while they are given out anew, so that no two meet on the way."""
NEW_VERSION = "Give the change a new version and load it as that."


class FrameworkError(ValueError):
    """Raised when a framework cannot be loaded; `problems` are Issues or sentences, all of them."""

    def __init__(self, problems: Iterable[Any]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(getattr(p, "message", str(p)) for p in self.problems))


@dataclass(frozen=True)
class LoadedFramework:
    """What loading did: `change` is created, changed or unchanged."""

    framework: Framework
    change: str


def read_framework_file(content: bytes) -> Any:
    """The JSON in a framework file; raises FrameworkError where it is none."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FrameworkError(["The file is not JSON in UTF-8."]) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}"
        raise FrameworkError([f"The file is not JSON: something is wrong at {where}."]) from None


@transaction.atomic
def load_framework(data: Any) -> LoadedFramework:
    """Make or change a framework from the content of its JSON file.

    The same content again is unchanged. Raises FrameworkError with every problem, and for a
    change to a framework a submitted decision uses: that needs a new version (B1).
    """
    problems = check_framework(data)
    if problems:
        raise FrameworkError([Issue(p.sentence, heading=p.path) for p in problems])
    wanted = cleaned(data)
    found = Framework.objects.select_for_update().filter(
        code=wanted["code"], version=wanted["version"]
    )
    framework = found.first()
    if framework is None:
        return LoadedFramework(_fill(Framework(), wanted), "created")
    if framework_as_data(framework) == wanted:
        return LoadedFramework(framework, "unchanged")
    if is_frozen(framework):
        raise FrameworkError([f"{_named(framework)} is in use and cannot change. {NEW_VERSION}"])
    try:
        return LoadedFramework(_fill(framework, wanted), "changed")
    except ProtectedError:
        used = "has drafts or values on a band or level this file leaves out"
        raise FrameworkError([f"{_named(framework)} {used}. {NEW_VERSION}"]) from None


def _named(framework: Framework) -> str:
    return f"“{framework.name}”, version {framework.version},"


def cleaned(data: Mapping[str, Any]) -> dict[str, Any]:
    """The file's content in the shape of `framework_as_data`. It has been checked before."""
    combine = data["combine"]
    return {
        "code": str(data["code"]),
        "version": str(data["version"]),
        "name": data["name"],
        "effective_from": dt.date.fromisoformat(data["effective_from"]),
        "value_basis": data["value_basis"],
        "plan_types": sorted(data["plan_types"]),
        "tie_rule": data.get("tie_rule") or "",
        "combine_kind": combine["kind"],
        "thresholds": [
            {"band": str(t["band"]), "from": t["from"]} for t in combine.get("thresholds") or []
        ],
        "bands": sorted((_cleaned_band(b) for b in data["bands"]), key=lambda b: b["rank"]),
        "areas": [_cleaned_area(area) for area in data["areas"]],
    }


def _cleaned_band(band: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": str(band["code"]),
        "name": band.get("name") or str(band["code"]),
        "rank": band["rank"],
        "summary": band.get("summary") or "",
    }


def _cleaned_area(area: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": str(area["code"]),
        "name": area["name"],
        "weight": _decimal(area.get("weight")),
        "cap": _decimal(area.get("cap")),
        "levels": sorted((_cleaned_level(lv) for lv in area["levels"]), key=lambda v: v["rank"]),
    }


def _cleaned_level(level: Mapping[str, Any]) -> dict[str, Any]:
    band = level.get("band")
    return {
        "code": str(level["code"]),
        "rank": level["rank"],
        "descriptor": level["descriptor"],
        "band": None if band is None else str(band),
        "score": _decimal(level.get("score")),
    }


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _fill(framework: Framework, wanted: Mapping[str, Any]) -> Framework:
    """Write the content into a new or an unused framework, keeping rows by their codes."""
    for name, value in wanted.items():
        if name not in ("bands", "areas"):
            setattr(framework, name, value)
    framework.save()
    bands = _fill_bands(framework, wanted["bands"])
    framework.areas.exclude(code__in=[a["code"] for a in wanted["areas"]]).delete()
    for position, area in enumerate(wanted["areas"]):
        own = {"name": area["name"], "weight": area["weight"], "cap": area["cap"]}
        row, _ = Area.objects.update_or_create(
            framework=framework, code=area["code"], defaults={**own, "position": position}
        )
        _fill_levels(row, area["levels"], bands)
    framework.bands.exclude(code__in=bands).delete()
    return framework


def _fill_bands(framework: Framework, wanted: list[dict[str, Any]]) -> dict[str, Band]:
    framework.bands.update(rank=F("rank") - OUT_OF_THE_WAY)
    return {
        band["code"]: Band.objects.update_or_create(
            framework=framework, code=band["code"], defaults=band
        )[0]
        for band in wanted
    }


def _fill_levels(area: Area, wanted: list[dict[str, Any]], bands: Mapping[str, Band]) -> None:
    area.levels.exclude(code__in=[level["code"] for level in wanted]).delete()
    area.levels.update(rank=F("rank") - OUT_OF_THE_WAY)
    for level in wanted:
        own = {**level, "band": bands.get(level["band"]) if level["band"] is not None else None}
        Level.objects.update_or_create(area=area, code=level["code"], defaults=own)
