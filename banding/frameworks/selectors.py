"""Frameworks as the rules, the pages and the files want them (rules.md B1, B2)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from banding.choices import DecisionState
from banding.frameworks import suggestion
from banding.frameworks.versions import shown_examples
from banding.models import Area, Band, BandDecision, Collection, Framework, Level
from schools.models import User


def areas_with_levels(framework: Framework) -> list[Area]:
    """The framework's areas in order, each with its levels (and their bands) read already."""
    levels = Level.objects.select_related("band")
    return list(framework.areas.prefetch_related(Prefetch("levels", queryset=levels)))


def suggest(framework: Framework, levels: Mapping[str, str]) -> suggestion.Suggestion:
    """The suggested band for level codes by area code, and why (B2). Never a decision (B3)."""
    return suggestion.suggest_band(rules_of(framework), levels)


def rules_of(framework: Framework, areas: list[Area] | None = None) -> suggestion.FrameworkRules:
    """The framework as the pure rules want it; `areas` where they have been read already."""
    if areas is None:
        areas = areas_with_levels(framework)
    return suggestion.FrameworkRules(
        kind=framework.combine_kind,
        bands=[suggestion.Band(b.code, b.rank, b.name, b.summary) for b in framework.bands.all()],
        areas=[_area_rules(area) for area in areas],
        thresholds=[
            suggestion.Threshold(t["band"], Decimal(str(t["from"]))) for t in framework.thresholds
        ],
    )


def _area_rules(area: Area) -> suggestion.Area:
    levels = [
        suggestion.Level(lv.code, lv.rank, lv.band.code if lv.band else None, lv.score)
        for lv in area.levels.all()
    ]
    return suggestion.Area(area.code, area.name, levels, area.weight, area.cap)


def is_frozen(framework: Framework) -> bool:
    """Whether a decision that was ever submitted uses it; then it never changes (B1)."""
    return used_decisions().filter(framework=framework).exists()


def used_decisions() -> QuerySet[BandDecision]:
    return BandDecision.objects.exclude(state=DecisionState.DRAFT)


def frameworks_for_list(user: User) -> QuerySet[Framework]:
    """The frameworks a person sees with their bands, and whether each is `frozen`."""
    used = used_decisions().filter(framework=OuterRef("pk"))
    seen = Framework.objects.visible_to(user)
    return seen.annotate(frozen=Exists(used)).prefetch_related("bands")


def collections_open_on(framework: Framework) -> list[Collection]:
    return list(framework.collections.filter(closed_at=None))


def frameworks_in_force(day: dt.date, plan_type: str) -> list[Framework]:
    """The newest published version of each framework for this type of plan on a day."""
    covering = Framework.objects.published().filter(
        effective_from__lte=day, plan_types__contains=[plan_type]
    )
    return list(covering.order_by("code", "-effective_from", "-version").distinct("code"))


def framework_as_data(framework: Framework) -> dict[str, Any]:
    """The framework in the shape of its JSON file, numbers as Decimal, for comparing."""
    return {
        "code": framework.code,
        "version": framework.version,
        "name": framework.name,
        "effective_from": framework.effective_from,
        "value_basis": framework.value_basis,
        "plan_types": sorted(framework.plan_types),
        "tie_rule": framework.tie_rule,
        "combine_kind": framework.combine_kind,
        "thresholds": framework.thresholds,
        "preamble": framework.preamble,
        "conditions_lead": framework.conditions_lead,
        "conditions": framework.conditions,
        "definitions": framework.definitions,
        "examples": framework.examples,
        "earlier": framework.earlier,
        "evidence": framework.evidence,
        "bands": [
            {"code": b.code, "name": b.name, "rank": b.rank, "summary": b.summary}
            for b in framework.bands.all()
        ],
        "areas": [_area_as_data(area) for area in areas_with_levels(framework)],
    }


def _area_as_data(area: Area) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "weight": area.weight,
        "cap": area.cap,
        "levels": [
            {
                "code": level.code,
                "rank": level.rank,
                "descriptor": level.descriptor,
                "band": level.band.code if level.band else None,
                "score": level.score,
            }
            for level in area.levels.all()
        ],
    }


def find_framework(code: str, day: dt.date) -> Framework | None:
    """The framework named `code:version`, or by its code alone the newest in force on a day.

    Where none of that code is in force yet, the first one that will be.
    """
    code, _, version = code.partition(":")
    found = Framework.objects.filter(code=code)
    if version:
        return found.filter(version=version).first()
    in_force = found.filter(effective_from__lte=day).order_by("-effective_from", "-version")
    return in_force.first() or found.order_by("effective_from", "version").first()


@dataclass(frozen=True)
class Example:
    """An invented pupil of the framework, with the agreed band, the levels in words, and why."""

    pupil: str
    band: Band
    total: int
    levels: list[str]
    why: str


def examples_of(
    framework: Framework, areas: Sequence[Area], bands: Sequence[Band]
) -> list[Example]:
    """The training examples to compare with, from areas and bands that have been read already.

    What is kept back for calibration is on no page but that of who judges it (M12).
    """
    by_code, names = {band.code: band for band in bands}, {a.code: a.name for a in areas}
    return [
        Example(
            pupil=each["pupil"],
            band=by_code[each["band"]],
            total=len(bands),
            levels=[f"{names[one['area']]}: level {one['level']}" for one in each["levels"]],
            why=each["why"],
        )
        for each in shown_examples(framework.examples)
    ]


def training_cases_of(framework: Framework) -> list[Mapping[str, Any]]:
    """The examples kept back for calibration, as the framework's file says them (M12)."""
    return [each for each in framework.examples if each.get("calibration")]


@dataclass(frozen=True)
class EarlierBands:
    """The framework before, and which of its bands is closest to which. For comparison only."""

    framework: Framework
    total: int
    pairs: list[tuple[Band, Band]]


def earlier_bands_of(framework: Framework) -> EarlierBands | None:
    """None where there is nothing to compare with."""
    said = framework.earlier
    named = Framework.objects.filter(code=said.get("framework"), version=said.get("version"))
    earlier = named.prefetch_related("bands").first()
    if earlier is None:
        return None
    old = {band.code: band for band in earlier.bands.all()}
    new = {band.code: band for band in framework.bands.all()}
    known = [pair for pair in said["bands"] if pair["old"] in old]
    pairs = [(old[pair["old"]], new[pair["new"]]) for pair in known]
    return EarlierBands(earlier, len(old), pairs)


def version_before(framework: Framework) -> Framework | None:
    """The framework it follows: the version before it, else the one whose bands it names."""
    others = Framework.objects.filter(code=framework.code).exclude(pk=framework.pk)
    before = others.filter(effective_from__lte=framework.effective_from).first()
    said = framework.earlier
    if before or not said:
        return before
    return Framework.objects.filter(code=said["framework"], version=said["version"]).first()


def thresholds_with_bands(framework: Framework) -> list[dict[str, Any]]:
    """The thresholds of a weighted sum, lowest first, each with its band."""
    bands = {band.code: band for band in framework.bands.all()}
    rising = sorted(framework.thresholds, key=lambda threshold: threshold["from"])
    return [{"band": bands[t["band"]], "starts_at": t["from"]} for t in rising]
