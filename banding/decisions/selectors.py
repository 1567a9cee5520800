"""Decisions on a pupil over time."""

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Min, Prefetch, QuerySet

from banding.choices import DecisionState
from banding.models import BandDecision, DecisionLevel, Return
from banding_portal.words import short_day
from schools.models import Placement, Pupil, User
from schools.selectors.successors import Successors

IN_FORCE, REPLACED = "In force", "Replaced"


def decisions_over_time(pupil: Pupil, user: User) -> QuerySet[BandDecision]:
    """What this person may see of a pupil's decisions that were ever submitted, newest first."""
    return (
        BandDecision.objects.visible_to(user)
        .filter(pupil=pupil)
        .exclude(state=DecisionState.DRAFT)
        .select_related("band", "framework", "collection", "school", "suggested_band", "decided_by")
        .select_related("asked_for_by")
        .order_by("-effective_from", "-submitted_at")
    )


def first_days(pupil_return: Return, pupils: Collection[UUID]) -> dict[UUID, dt.date]:
    """From when a decision of a return counts, pupil by pupil: the reference date, or the first
    day at the school of who joined after it (B4). A conversion is no joining (S1).
    """
    reference = pupil_return.collection.effective_from
    joined = days_joined(pupil_return, pupils)
    return {pupil: joined.get(pupil, reference) for pupil in pupils}


def days_joined(pupil_return: Return, pupils: Collection[UUID]) -> dict[UUID, dt.date]:
    """The same of those who are, or were, placed at the school by then or since."""
    reference = pupil_return.collection.effective_from
    line = Successors.read().line_of(pupil_return.school)
    placed = Placement.objects.since(reference).filter(pupil__in=pupils, school__in=line)
    began = placed.values("pupil").annotate(Min("start")).values_list("pupil", "start__min")
    return {pupil: max(reference, start) for pupil, start in began}


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
