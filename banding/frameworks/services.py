"""Loading frameworks from their files (rules.md B1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError

from banding.choices import FrameworkState
from banding.frameworks.rules import LIMITS, FrameworkFile, read_framework
from banding.frameworks.selectors import framework_as_data, is_frozen
from banding.models import Area, Band, Framework, Level
from banding_portal.files.json_files import read_json
from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.refusals import RefusalError
from banding_portal.words import counted, short_day

OUT_OF_THE_WAY = 32_768
"""Taken off ranks while they are given out anew, so that no two meet on the way."""
NEW_VERSION = "Give the change a new version and load it as that."
CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"


@dataclass(frozen=True)
class LoadedFramework:
    """What loading did: `change` is created, changed or unchanged."""

    framework: Framework
    change: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@lists_refusals
def import_framework(
    _: Progress, *, filename: str, content: bytes, publish: bool = False
) -> Result:
    """Make or change a framework from its JSON file; the same file again changes nothing.

    A new one is a draft until somebody publishes it, or `publish` says so.

    Call it inside a transaction and roll back when the result has issues.
    """
    loaded = load_framework(read_json(filename, content, LIMITS))
    if publish and loaded.framework.state == FrameworkState.DRAFT:
        loaded.framework.move(FrameworkState.PUBLISHED, by=None)
    return Result(preview=preview_of(loaded).as_dict())


@transaction.atomic
def load_framework(data: Any) -> LoadedFramework:
    """Make or change a framework from the content of its JSON file.

    The same content again is unchanged. Raises RefusalError with every problem, and for a
    change to a framework a submitted decision uses: that needs a new version (B1).
    """
    file, issues = read_framework(data)
    if file is None:
        raise RefusalError(*issues)
    wanted = content_of(file)
    check_earlier(wanted["earlier"])
    found = Framework.objects.select_for_update().filter(code=file.code, version=file.version)
    framework = found.first()
    if framework is None:
        return LoadedFramework(
            _fill(Framework(state=FrameworkState.DRAFT), wanted), CREATED, {}, wanted
        )
    before = framework_as_data(framework)
    if before == wanted:
        return LoadedFramework(framework, UNCHANGED, before, wanted)
    if is_frozen(framework):
        if all(before[name] == value for name, value in wanted.items() if name != "examples"):
            framework.examples = wanted["examples"]
            framework.save(update_fields=["examples"])
            return LoadedFramework(framework, CHANGED, before, wanted)
        raise RefusalError(f"{_named(framework)} is in use and cannot change. {NEW_VERSION}")
    try:
        return LoadedFramework(_fill(framework, wanted), CHANGED, before, wanted)
    except ProtectedError:
        used = "has drafts or values on a band or level that this file leaves out"
        raise RefusalError(f"{_named(framework)} {used}. {NEW_VERSION}") from None


def check_earlier(earlier: Mapping[str, Any]) -> None:
    """Raises RefusalError where the framework to compare with is not here, or lacks a band."""
    if not earlier:
        return
    code, version = earlier["framework"], earlier["version"]
    found = Framework.objects.filter(code=code, version=version).first()
    if found is None:
        raise RefusalError(f"There is no framework {code}, version {version}, to compare with.")
    known = set(found.bands.values_list("code", flat=True))
    unknown = [pair["old"] for pair in earlier["bands"] if pair["old"] not in known]
    if unknown:
        raise RefusalError(*(f"“{old}” is not a band of {_named(found)[:-1]}." for old in unknown))


def _named(framework: Framework) -> str:
    return f"“{framework.name}”, version {framework.version},"


def preview_of(loaded: LoadedFramework) -> Preview:
    """What is new, or changes from what to what, in the words of the file."""
    framework, wanted = loaded.framework, loaded.after
    levels = sum(len(area["levels"]) for area in wanted["areas"])
    said = (
        f"Version {framework.version}, from {short_day(wanted['effective_from'])}: "
        f"{counted(len(wanted['bands']), 'band')}, {counted(len(wanted['areas']), 'area')}, "
        f"{counted(levels, 'level')}"
    )
    old, new = dict(flat(loaded.before)), dict(flat(wanted))
    paths = [path for path in {**old, **new} if old.get(path) != new.get(path)]
    return Preview(
        figures=[
            Figure("bands", "Bands", len(wanted["bands"])),
            Figure("areas", "Areas", len(wanted["areas"])),
            Figure("levels", "Levels", levels),
        ],
        new=[New(framework.name, said)] if loaded.change == CREATED else [],
        changes=[
            Change(framework.name, path, in_words(old.get(path)), in_words(new.get(path)))
            for path in paths
        ]
        if loaded.change == CHANGED
        else [],
        more={
            "framework": framework.code,
            "version": framework.version,
            "change": loaded.change,
            "name": framework.name,
        },
    )


def in_words(value: Any) -> str:
    return "" if value is None else str(value)


def flat(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value with its path; items of a list are named by their code."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from flat(value, f"{path} {key}".strip())
    elif isinstance(data, list):
        for place, item in enumerate(data, start=1):
            name = item.get("code", place) if isinstance(item, Mapping) else place
            yield from flat(item, f"{path} {name}")
    else:
        yield path, data


def content_of(file: FrameworkFile) -> dict[str, Any]:
    """The file's content in the shape of `framework_as_data`."""
    data = file.model_dump(by_alias=True)
    combine = data.pop("combine")
    conditions = data.pop("conditions") or {"lead": "", "items": []}
    for item in data["bands"]:
        item["summary"] = item["summary"] or ""
    for area in data["areas"]:
        area["levels"].sort(key=itemgetter("rank"))
    return data | {
        "plan_types": sorted(data["plan_types"]),
        "tie_rule": data["tie_rule"] or "",
        "combine_kind": combine["kind"],
        "thresholds": [
            {"band": each["band"], "from": plain(each["from"])}
            for each in combine["thresholds"] or []
        ],
        "preamble": data["preamble"] or "",
        "conditions_lead": conditions["lead"],
        "conditions": conditions["items"],
        "definitions": data["definitions"] or [],
        "examples": [example_kept(each) for each in data["examples"] or []],
        "earlier": data["earlier"] or {},
        "evidence": [each | {"hint": each["hint"] or ""} for each in data["evidence"] or []],
        "bands": sorted(data["bands"], key=itemgetter("rank")),
    }


def example_kept(example: dict[str, Any]) -> dict[str, Any]:
    """Marked only where it is kept back for calibration, as files from before that are."""
    kept_back = example.pop("calibration")
    return example | {"calibration": True} if kept_back else example


def plain(number: Decimal) -> int | float:
    """A number as JSON keeps it."""
    return int(number) if number == int(number) else float(number)


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
