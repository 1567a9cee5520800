"""What a framework file must hold before it is loaded (B1, B2, interfaces: framework JSON)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from banding.frameworks.suggestion import COMBINE_KINDS, WEIGHTED_SUM

VALUE_BASES = ("top_up",)
PLAN_TYPES = ("EHCP", "SEN_SUPPORT")
LARGEST_RANK = 9_999
LARGEST_NUMBER = 9_999.99


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the file: where, such as areas[0].levels[2].band, and a sentence."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


def check_framework(data: object) -> list[Problem]:
    """Return every problem of a framework file's content, in its order; empty when it is sound.

    Never raises, whatever the JSON holds.
    """
    if not isinstance(data, dict):
        return [Problem("", "A framework is an object with keys such as code, bands and areas.")]
    kind = data["combine"].get("kind") if isinstance(data.get("combine"), dict) else None
    ranks = _ranks_of_bands(data.get("bands"))
    return [
        *_check_heading(data),
        *_check_combine(data, ranks),
        *_check_bands(data),
        *_check_areas(data, kind if isinstance(kind, str) else None, ranks),
    ]


def _check_heading(data: dict[str, Any]) -> Iterator[Problem]:
    yield from _check_text(data, "", "code", 40)
    code = data.get("code")
    if isinstance(code, str) and code and not _is_slug(code):
        yield Problem("code", "The code is made of letters a to z, digits, - and _ only.")
    yield from _check_text(data, "", "name", 120)
    yield from _check_text(data, "", "version", 20)
    yield from _check_date(data)
    if data.get("value_basis") not in VALUE_BASES:
        yield Problem("value_basis", "The value basis must be top_up.")
    yield from _check_plan_types(data)
    if "tie_rule" not in data:
        yield Problem("tie_rule", "The key tie_rule is missing; give a text or null.")
    yield from _check_text(data, "", "tie_rule", None, optional=True)


def _is_slug(text: str) -> bool:
    return text.isascii() and text.replace("-", "a").replace("_", "a").isalnum()


def _check_date(data: dict[str, Any]) -> Iterator[Problem]:
    text = data.get("effective_from")
    try:
        right = isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        yield Problem("effective_from", "Give the date it takes effect, such as 2024-09-01.")


def _check_plan_types(data: dict[str, Any]) -> Iterator[Problem]:
    given = data.get("plan_types")
    known = isinstance(given, list) and all(plan_type in PLAN_TYPES for plan_type in given)
    if not isinstance(given, list) or not given or not known:
        yield Problem("plan_types", "Name the plan types, EHCP or SEN_SUPPORT or both.")
    elif len(set(given)) < len(given):
        yield Problem("plan_types", "A plan type is named twice.")


def _check_combine(data: dict[str, Any], ranks: dict[str, int]) -> Iterator[Problem]:
    combine = data.get("combine")
    if not isinstance(combine, dict) or combine.get("kind") not in COMBINE_KINDS:
        yield Problem("combine.kind", f"The kind must be one of {', '.join(COMBINE_KINDS)}.")
    elif combine["kind"] == WEIGHTED_SUM:
        yield from _check_thresholds(combine.get("thresholds"), ranks)
    elif combine.get("thresholds") is not None and combine["thresholds"] != []:
        yield Problem("combine.thresholds", "Only a weighted sum has thresholds.")


def _check_thresholds(thresholds: object, ranks: dict[str, int]) -> Iterator[Problem]:
    path = "combine.thresholds"
    if not isinstance(thresholds, list) or not thresholds:
        yield Problem(path, "A weighted sum needs thresholds: a list of band and from.")
        return
    last_start: float | None = None
    last_rank: int | None = None
    for place, threshold in enumerate(thresholds):
        here = f"{path}[{place}]"
        if not isinstance(threshold, dict):
            yield Problem(here, "A threshold is an object with band and from.")
            continue
        start, band = threshold.get("from"), threshold.get("band")
        if not _is_number(start):
            yield Problem(f"{here}.from", "Give the points from which the band starts, a number.")
        elif last_start is not None and start <= last_start:
            yield Problem(f"{here}.from", f"Thresholds must rise: {start} follows {last_start}.")
        else:
            last_start = start
        if not isinstance(band, str) or band not in ranks:
            yield Problem(f"{here}.band", f"{_shown(band)} is not a band of this framework.")
        elif last_rank is not None and ranks[band] <= last_rank:
            yield Problem(f"{here}.band", f"{_shown(band)} must rank above the band before it.")
        else:
            last_rank = ranks[band]


def _ranks_of_bands(bands: object) -> dict[str, int]:
    """The rank of each band that has a code; 0 where the rank is wrong itself."""
    ranks: dict[str, int] = {}
    for band in bands if isinstance(bands, list) else []:
        if isinstance(band, dict) and isinstance(band.get("code"), str):
            rank = band.get("rank")
            ranks[band["code"]] = rank if _is_rank(rank) else 0
    return ranks


def _check_bands(data: dict[str, Any]) -> Iterator[Problem]:
    bands = data.get("bands")
    if not isinstance(bands, list) or not bands:
        yield Problem("bands", "The framework has no bands.")
        return
    for place, band in enumerate(bands):
        here = f"bands[{place}]"
        if not isinstance(band, dict):
            yield Problem(here, "A band is an object with code, name and rank.")
            continue
        yield from _check_text(band, here, "code", 12)
        yield from _check_text(band, here, "name", 60)
        yield from _check_rank(band, here)
        yield from _check_text(band, here, "summary", 300, optional=True)
    yield from _check_unique(bands, "bands", "code")
    yield from _check_unique(bands, "bands", "rank")


def _check_areas(
    data: dict[str, Any], kind: str | None, ranks: dict[str, int]
) -> Iterator[Problem]:
    areas = data.get("areas")
    if not isinstance(areas, list) or not areas:
        yield Problem("areas", "The framework has no areas.")
        return
    for place, area in enumerate(areas):
        here = f"areas[{place}]"
        if not isinstance(area, dict):
            yield Problem(here, "An area is an object with code, name and levels.")
            continue
        yield from _check_text(area, here, "code", 20)
        yield from _check_text(area, here, "name", 80)
        yield from _check_optional_number(area, here, "weight", above=0)
        yield from _check_optional_number(area, here, "cap", above=None)
        yield from _check_levels(area, here, kind, ranks)
    yield from _check_unique(areas, "areas", "code")


def _check_levels(
    area: dict[str, Any], path: str, kind: str | None, ranks: dict[str, int]
) -> Iterator[Problem]:
    levels = area.get("levels")
    path = f"{path}.levels"
    if not isinstance(levels, list) or not levels:
        yield Problem(path, "The area has no levels.")
        return
    for place, level in enumerate(levels):
        here = f"{path}[{place}]"
        if not isinstance(level, dict):
            yield Problem(here, "A level is an object with code, rank and descriptor.")
            continue
        yield from _check_text(level, here, "code", 12)
        yield from _check_rank(level, here)
        yield from _check_text(level, here, "descriptor", None)
        yield from _check_level_points_somewhere(level, here, kind, ranks)
    yield from _check_unique(levels, path, "code")
    yield from _check_unique(levels, path, "rank")


def _check_level_points_somewhere(
    level: dict[str, Any], path: str, kind: str | None, ranks: dict[str, int]
) -> Iterator[Problem]:
    """A score where scores are added up, else a band; null is "no band"."""
    score = level.get("score")
    if not _is_number(score) and (kind == WEIGHTED_SUM or score is not None):
        yield Problem(f"{path}.score", "Give the level's score, a number from 0 to 9999.99.")
    if kind != WEIGHTED_SUM and kind in COMBINE_KINDS and "band" not in level:
        yield Problem(f"{path}.band", "Give the band the level points to, or null for no band.")
    band = level.get("band")
    if band is not None and (not isinstance(band, str) or band not in ranks):
        yield Problem(f"{path}.band", f"{_shown(band)} is not a band of this framework.")


def _check_text(
    holder: dict[str, Any], path: str, key: str, longest: int | None, *, optional: bool = False
) -> Iterator[Problem]:
    text, here = holder.get(key), _join(path, key)
    if text is None and optional:
        return
    if key not in holder:
        yield Problem(here, f"The key {key} is missing.")
    elif not isinstance(text, str):
        yield Problem(here, f"The {key} must be text in quotation marks.")
    elif not text.strip() and not optional:
        yield Problem(here, f"The {key} is empty.")
    elif key == "code" and text != text.strip():
        yield Problem(here, f"The {key} starts or ends with a space.")
    elif longest is not None and len(text) > longest:
        yield Problem(here, f"The {key} has {len(text)} characters; the most is {longest}.")
    elif "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        yield Problem(here, f"The {key} holds a character that can't be stored.")


def _check_rank(holder: dict[str, Any], path: str) -> Iterator[Problem]:
    if not _is_rank(holder.get("rank")):
        yield Problem(f"{path}.rank", f"The rank is a whole number from 0 to {LARGEST_RANK:,}.")


def _check_optional_number(
    holder: dict[str, Any], path: str, key: str, *, above: float | None
) -> Iterator[Problem]:
    number = holder.get(key)
    if number is None:
        return
    if not _is_number(number) or (above is not None and number <= above):
        least = "above 0" if above == 0 else "from 0"
        yield Problem(f"{path}.{key}", f"The {key} is a number {least}, up to 9999.99, or null.")


def _check_unique(holders: list[Any], path: str, key: str) -> Iterator[Problem]:
    """Codes, and ranks, differ within a list; each repetition is named once."""
    seen: dict[Any, int] = {}
    for place, holder in enumerate(holders):
        value = holder.get(key) if isinstance(holder, dict) else None
        if not (isinstance(value, str) if key == "code" else _is_rank(value)):
            continue
        if value in seen:
            first = f"{path}[{seen[value]}]"
            shown = _printable(str(value))
            yield Problem(f"{path}[{place}].{key}", f"{first} has the {key} {shown} already.")
        else:
            seen[value] = place


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _is_rank(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_RANK


def _is_number(value: object) -> TypeGuard[int | float]:
    """A number from 0 with at most two decimals that the database can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return 0 <= value <= LARGEST_NUMBER and round(value, 2) == value


def _shown(value: object) -> str:
    """A value as it may stand in a sentence: short, printable, and never an exception."""
    if not isinstance(value, str):
        return "Nothing" if value is None else "What is given"
    return f"“{_printable(value)}”" if value else "An empty text"


def _printable(text: str) -> str:
    return text[:40].encode("utf-8", "replace").decode()
