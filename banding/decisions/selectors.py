"""Decisions on a pupil over time."""

from django.db.models import QuerySet

from banding.choices import DecisionState
from banding.models import BandDecision
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
