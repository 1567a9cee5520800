"""With whom the disagreement about levels lies: schools, moderators, areas (M7)."""

from collections.abc import Hashable, Sequence

from banding_portal.words import percent
from moderation.models import Sample
from moderation.selectors.counted import compared_levels
from moderation.variance import REST, Component, components_of

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
    return [
        {"label": LABELS[one.name], "value": one.share, "text": percent(one.share, 0)}
        for one in components or []
    ]
