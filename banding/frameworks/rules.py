"""What a framework file must hold before it is loaded (B1, B2, interfaces: framework JSON). Pure.

The models say what each value must be; what depends on other values of the file is checked beside
them, so that everything is told at once.
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import ConfigDict, Field

from banding.choices import CombineKind, ValueBasis
from banding.evidence.rules import KINDS
from banding_portal.files.json_files import (
    AboveZero,
    Day,
    Hundredths,
    Part,
    Text,
    is_hundredths,
    issue_at,
    shown,
    validate,
)
from banding_portal.files.limits import MEGABYTE, Limits
from banding_portal.jobs.results import Issue
from schools.choices import PlanType

LIMITS = Limits(
    noun="framework", endings=(".json",), max_bytes=MEGABYTE, advice="Choose a framework file."
)
LARGEST_RANK = 9_999
SCORE = "Give the level’s score, a number from 0 to 9999.99."
START = "Give the points from which the band starts, a number."
Rank = Field(
    ge=0, le=LARGEST_RANK, description=f"The rank is a whole number from 0 to {LARGEST_RANK:,}."
)


class BandPart(Part):
    model_config = ConfigDict(title="A band is an object with code, name and rank.")

    code: Text(12, is_code=True)  # type: ignore[valid-type]
    name: Text(60)  # type: ignore[valid-type]
    rank: int = Rank
    summary: Text(300, may_be_empty=True) | None = None  # type: ignore[valid-type]


class LevelPart(Part):
    model_config = ConfigDict(title="A level is an object with code, rank and descriptor.")

    code: Text(12, is_code=True)  # type: ignore[valid-type]
    rank: int = Rank
    descriptor: Text()  # type: ignore[valid-type]
    score: Hundredths | None = Field(None, description=SCORE)
    band: str | None = Field(None, description="Name a band of this framework, or null.")


class AreaPart(Part):
    model_config = ConfigDict(title="An area is an object with code, name and levels.")

    code: Text(20, is_code=True)  # type: ignore[valid-type]
    name: Text(80)  # type: ignore[valid-type]
    weight: AboveZero | None = Field(
        None, description="The weight is a number above 0, up to 9999.99, or null."
    )
    cap: Hundredths | None = Field(
        None, description="The cap is a number from 0, up to 9999.99, or null."
    )
    levels: list[LevelPart] = Field(min_length=1, description="The area has no levels.")


class ThresholdPart(Part):
    model_config = ConfigDict(title="A threshold is an object with band and from.")

    start: Hundredths = Field(alias="from", description=START)
    band: str = Field(description="Name a band of this framework.")


class CombinePart(Part):
    kind: Literal[*CombineKind.values] = Field(  # type: ignore[valid-type]
        description=f"The kind must be one of {', '.join(CombineKind)}."
    )
    thresholds: list[ThresholdPart] | None = Field(
        None, description="The thresholds are a list of band and from."
    )


class ConditionsPart(Part):
    model_config = ConfigDict(title="The conditions are an object with lead and items.")

    lead: Text(500)  # type: ignore[valid-type]
    items: list[Text(1000)] = Field(  # type: ignore[valid-type]
        min_length=1, description="Give the conditions as a list of texts."
    )


class DefinitionPart(Part):
    model_config = ConfigDict(title="A definition is an object with term and meaning.")

    term: Text(120)  # type: ignore[valid-type]
    meaning: Text(2000)  # type: ignore[valid-type]


class ExampleLevelPart(Part):
    model_config = ConfigDict(title="A level of an example is an object with area and level.")

    area: Text(20)  # type: ignore[valid-type]
    level: Text(12)  # type: ignore[valid-type]


class ExamplePart(Part):
    model_config = ConfigDict(title="An example is an object with pupil, levels, band and why.")

    pupil: Text(1000)  # type: ignore[valid-type]
    levels: list[ExampleLevelPart] = Field(description="Give the levels as a list.")
    band: str = Field(description="Name a band of this framework.")
    why: Text(2000)  # type: ignore[valid-type]
    calibration: bool | None = Field(None, description="The calibration is true or false.")


class EarlierBandPart(Part):
    model_config = ConfigDict(title="An earlier band is an object with old and new.")

    old: Text(12)  # type: ignore[valid-type]
    new: str = Field(description="Name a band of this framework.")


class EarlierPart(Part):
    framework: Text(40, is_slug=True)  # type: ignore[valid-type]
    version: Text(20)  # type: ignore[valid-type]
    bands: list[EarlierBandPart] = Field(
        min_length=1, description="Give the earlier bands as a list of old and new."
    )


class EvidencePart(Part):
    model_config = ConfigDict(title="A field of evidence is an object with code, label and kind.")

    code: Text(20, is_slug=True)  # type: ignore[valid-type]
    label: Text(120)  # type: ignore[valid-type]
    kind: Literal[*KINDS] = Field(  # type: ignore[valid-type]
        description=f"The kind must be {' or '.join(KINDS)}."
    )
    hint: Text(300, may_be_empty=True) | None = None  # type: ignore[valid-type]


class FrameworkFile(Part):
    model_config = ConfigDict(
        title="A framework is an object with keys such as code, bands and areas."
    )

    code: Text(40, is_slug=True)  # type: ignore[valid-type]
    name: Text(120)  # type: ignore[valid-type]
    version: Text(20)  # type: ignore[valid-type]
    effective_from: Day = Field(description="Give the date it takes effect, such as 2024-09-01.")
    value_basis: Literal[*ValueBasis.values] = Field(  # type: ignore[valid-type]
        description=f"The value basis must be {' or '.join(ValueBasis)}."
    )
    plan_types: list[Literal[*PlanType.values]] = Field(  # type: ignore[valid-type]
        min_length=1, description=f"Name the plan types, {' or '.join(PlanType)} or both."
    )
    tie_rule: Text(may_be_empty=True) | None = Field(  # type: ignore[valid-type]
        description="Give the tie_rule: a text, or null where there is none."
    )
    combine: CombinePart = Field(description="The combine rule is an object with a kind.")
    bands: list[BandPart] = Field(min_length=1, description="The framework has no bands.")
    areas: list[AreaPart] = Field(min_length=1, description="The framework has no areas.")
    preamble: Text(4000, may_be_empty=True) | None = None  # type: ignore[valid-type]
    conditions: ConditionsPart | None = Field(
        None, description="The conditions are an object with lead and items, or null."
    )
    definitions: list[DefinitionPart] | None = Field(
        None, description="The definitions are a list of term and meaning."
    )
    evidence: list[EvidencePart] | None = Field(
        None, description="The evidence is a list of code, label and kind."
    )
    examples: list[ExamplePart] | None = Field(
        None, description="The examples are a list of pupil, levels, band and why."
    )
    earlier: EarlierPart | None = Field(
        None,
        description="The earlier framework is an object with framework, version and bands.",
    )


def read_framework(data: object) -> tuple[FrameworkFile | None, list[Issue]]:
    """The framework of a file's content, or None and every problem. Never raises."""
    framework, issues = validate(FrameworkFile, data)
    if isinstance(data, dict):
        issues += between_values(data)
    return (None, issues) if issues else (framework, [])


def between_values(data: dict[Any, Any]) -> Iterator[Issue]:
    """What is wrong between values that are each right; takes any content."""
    bands = objects(data, "bands")
    ranks = {band["code"]: rank_of(band) for _, band in bands if isinstance(band.get("code"), str)}
    combine = data["combine"] if isinstance(data.get("combine"), dict) else {}
    plan_types = data.get("plan_types")
    if isinstance(plan_types, list) and len({str(each) for each in plan_types}) < len(plan_types):
        yield issue_at("plan_types", "A plan type is named twice.")
    yield from of_thresholds(combine, ranks)
    yield from repeated(bands, "bands")
    areas = objects(data, "areas")
    for at, area in areas:
        levels = objects(area, "levels")
        for place, level in levels:
            path = f"areas[{at}].levels[{place}]"
            yield from of_level(level, path, str(combine.get("kind")), ranks)
        yield from repeated(levels, f"areas[{at}].levels")
    yield from repeated(areas, "areas")
    yield from repeated(objects(data, "definitions"), "definitions", ("term", str))
    yield from of_examples(data, areas, ranks)
    yield from of_earlier(data.get("earlier"), ranks)
    yield from repeated(objects(data, "evidence"), "evidence", ("code", str))


def objects(holder: dict[Any, Any], key: str) -> list[tuple[int, dict[Any, Any]]]:
    held = holder.get(key)
    found = enumerate(held if isinstance(held, list) else [])
    return [(at, each) for at, each in found if isinstance(each, dict)]


def rank_of(holder: dict[Any, Any]) -> int:
    rank = holder.get("rank")
    return rank if isinstance(rank, int) else 0


def of_thresholds(combine: dict[Any, Any], ranks: dict[str, int]) -> Iterator[Issue]:
    """They rise, and name bands that rise; only a weighted sum has them, and needs them."""
    path, given = "combine.thresholds", combine.get("thresholds")
    if combine.get("kind") != CombineKind.WEIGHTED_SUM:
        if given:
            yield issue_at(path, "Only a weighted sum has thresholds.")
        return
    if not given:
        yield issue_at(path, "A weighted sum needs thresholds: a list of band and from.")
    last_start: Any = None
    last_rank: int | None = None
    for at, threshold in objects(combine, "thresholds"):
        start, band = threshold.get("from"), threshold.get("band")
        if is_hundredths(start):
            if last_start is not None and start <= last_start:
                said = f"Thresholds must rise: {start} follows {last_start}."
                yield issue_at(f"{path}[{at}].from", said)
            last_start = start
        yield from of_band(band, f"{path}[{at}].band", ranks)
        if isinstance(band, str) and band in ranks:
            if last_rank is not None and ranks[band] <= last_rank:
                said = f"“{shown(band)}” must rank above the band before it."
                yield issue_at(f"{path}[{at}].band", said)
            last_rank = ranks[band]


def of_level(level: dict[Any, Any], path: str, kind: str, ranks: dict[str, int]) -> Iterator[Issue]:
    """A score where scores are added up, else a band; null is “no band”."""
    if kind == CombineKind.WEIGHTED_SUM and level.get("score") is None:
        yield issue_at(f"{path}.score", SCORE)
    if kind != CombineKind.WEIGHTED_SUM and kind in CombineKind.values and "band" not in level:
        yield issue_at(f"{path}.band", "Give the band the level points to, or null for no band.")
    yield from of_band(level.get("band"), f"{path}.band", ranks)


def of_examples(
    data: dict[Any, Any], areas: list[tuple[int, dict[Any, Any]]], ranks: dict[str, int]
) -> Iterator[Issue]:
    """Their bands, areas and levels are the framework's; each area is named at most once."""
    known = {
        str(area.get("code")): {str(level.get("code")) for _, level in objects(area, "levels")}
        for _, area in areas
    }
    for at, example in objects(data, "examples"):
        path = f"examples[{at}]"
        yield from of_band(example.get("band"), f"{path}.band", ranks)
        levels = objects(example, "levels")
        for place, each in levels:
            area, level = str(each.get("area")), str(each.get("level"))
            if area not in known:
                said = f"“{shown(area)}” is not an area of this framework."
                yield issue_at(f"{path}.levels[{place}].area", said, area)
            elif level not in known[area]:
                said = f"“{shown(level)}” is not a level of this area."
                yield issue_at(f"{path}.levels[{place}].level", said, level)
        yield from repeated(levels, f"{path}.levels", ("area", str))


def of_earlier(earlier: object, ranks: dict[str, int]) -> Iterator[Issue]:
    """Each earlier band once, beside a band of this framework."""
    bands = objects(earlier, "bands") if isinstance(earlier, dict) else []
    for at, pair in bands:
        yield from of_band(pair.get("new"), f"earlier.bands[{at}].new", ranks)
    yield from repeated(bands, "earlier.bands", ("old", str))


def of_band(band: object, path: str, ranks: dict[str, int]) -> Iterator[Issue]:
    if isinstance(band, str) and band not in ranks:
        yield issue_at(path, f"“{shown(band)}” is not a band of this framework.", band)


def repeated(
    items: list[tuple[int, dict[Any, Any]]], path: str, *keys: tuple[str, type]
) -> Iterator[Issue]:
    """Codes, and ranks, differ within a list; each repetition is named once."""
    for key, kind in keys or (("code", str), ("rank", int)):
        seen: dict[Any, int] = {}
        for at, item in items:
            value = item.get(key)
            if isinstance(value, kind) and seen.setdefault(value, at) != at:
                said = f"{path}[{seen[value]}] has the {key} {shown(value)} already."
                yield issue_at(f"{path}[{at}].{key}", said, value)
