"""What the grid reads besides the rows of the return."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch

from banding.models import BandDecision, DecisionLevel


def with_levels(pks: Collection[UUID]) -> dict[UUID, BandDecision]:
    """Decisions by id with band, levels and areas read already, in two queries."""
    levels = DecisionLevel.objects.select_related("area", "level")
    found = BandDecision.objects.filter(pk__in=pks).select_related("band")
    return {each.pk: each for each in found.prefetch_related(Prefetch("levels", queryset=levels))}
