"""With whom the disagreement about levels lies: schools, moderators, areas (M7)."""

import math
from collections.abc import Hashable, Sequence

from banding_portal.words import percent
from moderation.models import Sample
from moderation.selectors.counted import compared_levels
from moderation.variance import REST, Component, components_of

HUNDRED = 100
FEWEST = 30
"""Levels compared below which the components say nothing."""
LABELS = {
    "school": "Between schools",
    "moderator": "Between moderators",
    "area": "Between areas of need",
    REST: "Everything else",
}


def spread_of(sample: Sample) -> list[Component] | None:
    """Components of whether the moderator's level is another one than the school's, of each area
    of each counted case; None where there are too few, or they cannot be told apart. Three queries.
    """
    compared = compared_levels(sample)
    if len(compared) < FEWEST:
        return None
    groupings: dict[str, Sequence[Hashable]] = {
        "school": [one.urn for one in compared],
        "moderator": [one.moderator for one in compared],
        "area": [one.area for one in compared],
    }
    return components_of([float(one.own != one.schools) for one in compared], groupings)


def spread_bars(components: list[Component] | None) -> list[dict[str, object]]:
    """Rows of a bar chart; none where there is nothing to tell."""
    found = components or []
    whole = whole_percents([one.share for one in found])
    return [
        {"label": LABELS[one.name], "value": one.share, "text": percent(part / HUNDRED, 0)}
        for one, part in zip(found, whole, strict=True)
    ]


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Rounded so that they come to what the shares come to: those cut off most are rounded up."""
    parts = [share * HUNDRED for share in shares]
    whole = [math.floor(part) for part in parts]
    order = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place])
    for place in order[: round(sum(parts)) - sum(whole)]:
        whole[place] += 1
    return whole
