"""An assessment, read from codes and written down: for decisions, the panel and moderators."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from banding.assessment.problems import differs, problems_of_assessment
from banding.frameworks.selectors import suggest
from banding.models import Band, Framework, Level
from banding_portal.refusals import RefusalError


@dataclass(frozen=True)
class Assessment:
    """What a person chose for a pupil, ready to be written."""

    levels: list[Level]
    band: Band | None
    suggested_band: Band | None
    difference_reason: str
    rationale: str

    def tidied(self) -> "Assessment":
        """Without a reason that explains no difference, kept from a band chosen before."""
        if self.band is None or differs(self.band, self.suggested_band):
            return self
        return replace(self, difference_reason="")

    @property
    def columns(self) -> dict[str, Any]:
        """The fields as the columns of a row."""
        bands = {"band": self.band, "suggested_band": self.suggested_band}
        return {f"{name}_id": band and band.pk for name, band in bands.items()} | {
            "difference_reason": self.difference_reason,
            "rationale": self.rationale,
        }

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "band": self.band,
            "suggested_band": self.suggested_band,
            "difference_reason": self.difference_reason,
            "rationale": self.rationale,
        }


def assessment_of(
    framework: Framework,
    levels: Mapping[str, str],
    band: Band | None,
    difference_reason: str = "",
    rationale: str = "",
) -> Assessment:
    """An assessment with its levels looked up and its suggestion worked out.

    Raises RefusalError for an area, a level or a band the framework does not have.
    """
    given = {area: code for area, code in levels.items() if code not in ("", None)}
    known = {
        (lv.area.code, lv.code): lv
        for lv in Level.objects.filter(area__framework=framework).select_related("area")
    }
    unknown = [f"{area} {code}" for area, code in given.items() if (area, code) not in known]
    if unknown:
        raise RefusalError(f"{framework} has no level {', '.join(unknown)}.")
    if band is not None and band.framework_id != framework.pk:
        raise RefusalError(f"{band} is not a band of {framework}.")
    suggested = suggest(framework, given).band_code
    return Assessment(
        levels=[known[item] for item in given.items()],
        band=band,
        suggested_band=framework.bands.get(code=suggested) if suggested is not None else None,
        difference_reason=difference_reason.strip(),
        rationale=rationale.strip(),
    ).tidied()


def complete_assessment(
    framework: Framework,
    levels: Mapping[str, str],
    band: Band | None,
    difference_reason: str,
    rationale: str,
) -> Assessment:
    """The same; raises RefusalError also where something is missing (B3, B5)."""
    chosen = assessment_of(framework, levels, band, difference_reason, rationale)
    problems = problems_of_assessment(
        areas=list(framework.areas.values_list("pk", flat=True)),
        levels=[level.area_id for level in chosen.levels],
        band=band,
        suggested=chosen.suggested_band,
        difference_reason=chosen.difference_reason,
    )
    if problems:
        raise RefusalError(f"{'. '.join(problems)}.")
    return chosen


def write_assessment(target: Any, assessment: Assessment, **more: Any) -> None:
    """Put an assessment into what keeps it, and save that with its levels and with `more`.

    `target` is a decision or a judgement: it has `levels`, rows of an area and a level each, and
    those of the assessment's fields it keeps.
    """
    kept = {field.name for field in target._meta.fields}
    for name, value in (assessment.fields | more).items():
        if name in kept:
            setattr(target, name, value)
    target.save()
    target.levels.all().delete()
    rows = target.levels
    rows.bulk_create(
        rows.model(**{rows.field.name: target}, area=level.area, level=level)
        for level in assessment.levels
    )


def says_the_same(kept: Any, assessment: Assessment) -> bool:
    """Whether saving would change nothing, as on a second click of the same button."""
    if kept is None or any(
        getattr(kept, name) != value for name, value in assessment.fields.items()
    ):
        return False
    return set(levels_of(kept)) == {level.pk for level in assessment.levels}


def levels_of(kept: Any) -> list[UUID]:
    """Ids of the levels kept; from what has been read ahead where it has."""
    return [chosen.level_id for chosen in kept.levels.all()]
