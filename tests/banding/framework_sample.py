"""Reads a framework file as the rules that suggest a band."""

import json
from decimal import Decimal
from typing import Any

from banding.frameworks.suggestion import Area, Band, FrameworkRules, Level, Threshold
from tests.shared_data import SHARED_DATA


def read_framework(code: str) -> dict[str, Any]:
    path = SHARED_DATA / "frameworks" / f"{code}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def rules_of(data: dict[str, Any]) -> FrameworkRules:
    return FrameworkRules(
        kind=data["combine"]["kind"],
        bands=[Band(band["code"], band["rank"], band["name"]) for band in data["bands"]],
        areas=[_area(area) for area in data["areas"]],
        thresholds=[
            Threshold(threshold["band"], Decimal(str(threshold["from"])))
            for threshold in data["combine"].get("thresholds", [])
        ],
    )


def _area(area: dict[str, Any]) -> Area:
    levels = [
        Level(level["code"], level["rank"], level.get("band"), _number(level.get("score")))
        for level in area["levels"]
    ]
    weight, cap = _number(area.get("weight")), _number(area.get("cap"))
    return Area(area["code"], area["name"], levels, weight, cap)


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
