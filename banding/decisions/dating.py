"""Bands of returns count from another day once the first day at the school was put right (rules.md
B4, S10).

A decision is never edited: it is superseded by the same one from the right day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from banding.choices import DecisionSource, DecisionState
from banding.decisions.following import tell_decision_followers
from banding.decisions.selectors import days_joined
from banding.models import BandDecision, DecisionLevel, ExceptionalRequest, Return
from banding_portal.words import day
from schools.models import Placement, User

COPIED = (
    *("pupil_id", "framework_id", "collection_id", "return_pupil_id", "school_id", "source"),
    *("band_id", "suggested_band_id", "difference_reason", "rationale", "evidence"),
    *("decided_by_id", "submitted_at", "started_from_id", "version"),
)


def date_anew(pupils: Collection[UUID] | None, *, by: User | None) -> list[str]:
    """Date the bands in force of these pupils from their first day at the school, as submitting
    them now would. What moderation has settled keeps its day. Says what it did.

    The caller holds the places (`hold_places`).
    """
    said, replaced = [], {}
    for old, first in misdated(pupils):
        if first is None:
            where = f"{old.band} of {old.collection}"
            said.append(f"Moderation has settled {where}: it counts from its day as before.")
            continue
        replaced[old.pk] = redate(old, first, by).pk
        said.append(f"{old.band} of {old.collection} counts from {day(first)} now.")
    tell_decision_followers(replaced, by=by)
    return said


def misdated(
    pupils: Collection[UUID] | None,
) -> list[tuple[BandDecision, dt.date | None]]:
    """Bands of schools in force that count from another day than the pupil's first at the school,
    and that day; None for what moderation has settled.
    """
    found = of_joiners(pupils).select_for_update(of=("self",)).order_by("pk")
    found = found.select_related("band", "collection", "return_pupil__pupil_return__school")
    by_return: dict[Return, list[BandDecision]] = defaultdict(list)
    for decision in found.prefetch_related("moderated_as"):
        if decision.return_pupil:  # Of a return all have one; the type does not know.
            by_return[decision.return_pupil.pupil_return].append(decision)
    wrong: list[tuple[BandDecision, dt.date | None]] = []
    for pupil_return, decisions in by_return.items():
        days = days_joined(pupil_return, [each.pupil_id for each in decisions])
        for each in decisions:
            first = days.get(each.pupil_id)
            if first and first != each.effective_from:
                wrong.append((each, None if is_settled(each) else first))
    return wrong


def of_joiners(pupils: Collection[UUID] | None) -> QuerySet[BandDecision]:
    """Bands of schools in force that count, or may have to count, from a later day than the
    reference date of their collection.
    """
    reference = F("collection__reference_date")
    since = Placement.objects.filter(
        pupil=OuterRef("pupil"), start__gt=OuterRef("collection__reference_date")
    )
    found = BandDecision.objects.in_force().filter(
        Q(effective_from__gt=reference) | Q(Exists(since)),
        source=DecisionSource.SCHOOL,
        return_pupil__isnull=False,
        effective_from__gte=reference,
    )
    return found if pupils is None else found.filter(pupil__in=pupils)


def is_settled(decision: BandDecision) -> bool:
    return any(each.state == DecisionState.SUBMITTED for each in decision.moderated_as.all())


def redate(old: BandDecision, first: dt.date, by: User | None) -> BandDecision:
    old.move(DecisionState.SUPERSEDED, by=by)
    new = BandDecision.objects.create(
        **{name: getattr(old, name) for name in COPIED},
        state=DecisionState.SUBMITTED,
        effective_from=first,
    )
    DecisionLevel.objects.bulk_create(
        DecisionLevel(decision=new, area_id=each.area_id, level_id=each.level_id)
        for each in old.levels.all()
    )
    ExceptionalRequest.objects.filter(decision=old).update(decision=new)
    return new
