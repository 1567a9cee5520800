"""With whom the disagreement about levels lies: schools, moderators, areas (M7)."""

from django.db.models import F
from django.db.models.functions import Coalesce

from banding.models import DecisionLevel
from banding_portal.words import percent
from moderation.models import JudgementLevel, Sample
from moderation.selectors.results import counted_judgements
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
    judged = counted_judgements(sample).filter(moderator=F("case__moderator"))
    chosen = JudgementLevel.objects.filter(judgement__in=judged).annotate(
        drawn=Coalesce("judgement__case__first_decision", "judgement__case__decision")
    )
    rows = list(chosen.order_by().values_list("drawn", "area", "level", "judgement__moderator"))
    schools = dict(
        sample.population.filter(decision__in={row[0] for row in rows})
        .order_by()
        .values_list("decision", "urn")
    )
    own = {
        (decision, area): level
        for decision, area, level in DecisionLevel.objects.filter(decision__in=schools)
        .order_by()
        .values_list("decision", "area", "level")
    }
    compared = [
        (float(level != own[drawn, area]), schools[drawn], moderator, area)
        for drawn, area, level, moderator in rows
        if drawn in schools and (drawn, area) in own
    ]
    if len(compared) < FEWEST:
        return None
    values, by_school, by_moderator, by_area = map(list, zip(*compared, strict=True))
    groupings = {"school": by_school, "moderator": by_moderator, "area": by_area}
    return components_of(values, groupings)


def spread_bars(components: list[Component] | None) -> list[dict[str, object]]:
    """Rows of a bar chart; none where there is nothing to tell."""
    return [
        {"label": LABELS[one.name], "value": one.share, "text": percent(one.share, 0)}
        for one in components or []
    ]
