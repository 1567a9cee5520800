"""What keeps an assessment from being complete: the one check of rules.md B3 and B5."""

from collections.abc import Collection, Hashable, Iterable

from banding.models import Band

BAND_MISSING = "Choose a band"
REASON_MISSING = "Enter a reason for choosing a different band"


def problems_of_assessment(
    *,
    areas: Collection[Hashable],
    levels: Collection[Hashable],
    band: Band | None,
    suggested: Band | None,
    difference_reason: str,
) -> list[str]:
    """What is missing, as short sentences; empty when the pupil is decided.

    `areas` are the framework's area codes or ids, `levels` those of the areas that have a level.
    A blank area is not decided yet (B5), so a band without all levels is not a decision: it
    would have no suggestion to differ from.
    """
    missing = areas_missing(areas, levels)
    problems = [f"Choose a level in {missing} more area{'s' if missing > 1 else ''}"]
    if not missing:
        problems.clear()
    if band is None:
        problems.append(BAND_MISSING)
    elif not missing and needs_reason(band, suggested, difference_reason):
        problems.append(REASON_MISSING)
    return problems


def areas_missing(areas: Iterable[Hashable], levels: Iterable[Hashable]) -> int:
    """In how many areas no level is chosen yet."""
    return len(set(areas) - set(levels))


def needs_reason(band: Band | None, suggested: Band | None, difference_reason: str) -> bool:
    """Whether a band other than the suggested one still lacks its reason (B3)."""
    return differs(band, suggested) and not difference_reason.strip()


def differs(band: Band | None, suggested: Band | None) -> bool:
    """Whether a chosen band is another than the suggested one, no band included."""
    return band is not None and (suggested is None or band.pk != suggested.pk)
