"""Decisions on a pupil over time."""

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from banding.choices import DecisionState
from banding.models import BandDecision, DecisionLevel
from banding_portal.words import short_day
from schools.models import Pupil, User

IN_FORCE, REPLACED = "In force", "Replaced"


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


def standings(decisions: Iterable[BandDecision], today: dt.date) -> list[BandDecision]:
    """The same decisions, the newest first, each with its standing in `standing_words`: of each
    framework one is in force, and later ones are from their day (B9).
    """
    found, held = list(decisions), set[UUID]()
    for decision in found:
        decision.standing_words = _standing(decision, today, held)  # type: ignore[attr-defined]
    return found


def _standing(decision: BandDecision, today: dt.date, held: set[UUID]) -> str:
    if decision.state == DecisionState.SUPERSEDED:
        return REPLACED
    if decision.state != DecisionState.SUBMITTED:
        return str(decision.get_state_display())
    if decision.effective_from > today:
        return f"{IN_FORCE} from {short_day(decision.effective_from)}"
    if decision.framework_id in held:
        return REPLACED
    held.add(decision.framework_id)
    return IN_FORCE
