"""Decisions on a pupil over time."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from banding.choices import DecisionState
from banding.models import BandDecision, DecisionLevel
from schools.models import Pupil, User


def decisions_over_time(pupil: Pupil, user: User) -> QuerySet[BandDecision]:
    """What this person may see of a pupil's decisions that were ever submitted, newest first."""
    return (
        BandDecision.objects.visible_to(user)
        .filter(pupil=pupil)
        .exclude(state=DecisionState.DRAFT)
        .select_related("band", "framework", "collection", "school", "suggested_band", "decided_by")
        .order_by("-effective_from", "-submitted_at")
    )


def with_levels(pks: Collection[UUID]) -> dict[UUID, BandDecision]:
    """Decisions by id with band, levels and areas read already, in two queries."""
    levels = DecisionLevel.objects.select_related("area", "level")
    found = BandDecision.objects.filter(pk__in=pks).select_related("band")
    return {each.pk: each for each in found.prefetch_related(Prefetch("levels", queryset=levels))}
