"""What keeps a band decision from being ready to submit (rules.md B3, B5)."""

from collections.abc import Collection, Hashable

from banding.models import Band

BAND_MISSING = "Choose a band"
REASON_MISSING = "Say why the band is not the suggested one"


def problems_of_decision(
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
    problems = []
    missing = len(set(areas) - set(levels))
    if missing:
        problems.append(f"Choose a level in {missing} more area{'s' if missing > 1 else ''}")
    if band is None:
        problems.append(BAND_MISSING)
    elif not missing and differs(band, suggested) and not difference_reason.strip():
        problems.append(REASON_MISSING)
    return problems


def differs(band: Band | None, suggested: Band | None) -> bool:
    """Whether a chosen band is another than the suggested one, no band included."""
    return band is not None and (suggested is None or band.pk != suggested.pk)
