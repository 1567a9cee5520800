"""How a moderation outcome becomes an agreed band; moderation calls this alone (rules.md M8)."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.models import Band, BandDecision, DecisionLevel
from banding_portal.refusals import RefusalError
from schools.models import User

LAST_MOMENT = "The feedback date has passed: schools have been told."


@transaction.atomic
def take_outcome_back(*, moderated: BandDecision, by: User) -> None:
    """Let an outcome count no more, so that the decision it was about stands alone again (M10).

    Raises RefusalError from the day on which schools are told (M11), and where nothing is held.
    """
    held = BandDecision.objects.select_for_update(of=("self",)).select_related("collection")
    row = held.get(pk=moderated.pk)
    if not row.is_held:
        raise RefusalError(LAST_MOMENT)
    row.move(DecisionState.MISTAKEN, by=by)


@transaction.atomic
def record_moderated_band(
    *,
    decision: BandDecision,
    band: Band,
    effective_from: dt.date,
    reason: str,
    by: User,
    levels: Mapping[UUID, UUID] | None = None,
) -> BandDecision:
    """Record the band a case was settled with, upheld or changed; the original is kept (M5).

    `levels` are those it rests on, level by area; the school is shown them with the reason (M11).
    Returns the moderated decision, in force from `effective_from`. Recording the same outcome
    twice returns the first. Raises RefusalError for a decision that is not in force, a band of
    another framework, or a date before the decision's own.
    """
    original = BandDecision.objects.select_for_update().get(pk=decision.pk)
    earlier = BandDecision.objects.in_force().filter(moderates=original).first()
    if earlier is not None:
        if (earlier.band_id, earlier.effective_from) != (band.pk, effective_from):
            raise RefusalError("This decision has been moderated already, with another outcome.")
        return earlier
    if original.state != DecisionState.SUBMITTED:
        raise RefusalError("Only a submitted decision that is still in force can be moderated.")
    if band.framework_id != original.framework_id:
        raise RefusalError(f"{band} is not a band of {original.framework}.")
    if effective_from < original.effective_from:
        raise RefusalError("An outcome cannot take effect before the decision it is about.")
    return make_outcome(original, band, effective_from, reason, by, levels or {})


@transaction.atomic
def replace_moderated_band(
    *,
    moderated: BandDecision,
    band: Band,
    effective_from: dt.date,
    reason: str,
    by: User,
    levels: Mapping[UUID, UUID] | None = None,
) -> BandDecision:
    """Let what a panel decided about a challenge take the place of an outcome, from a day not
    later than its own; what was, stays on record as superseded (M5).

    Raises RefusalError where the outcome is in force no more, for a band of another framework,
    and for a day before the decision it is about or after the outcome's own.
    """
    original = BandDecision.objects.select_for_update().get(moderated_as=moderated.pk)
    row = BandDecision.objects.select_for_update(of=("self",)).get(pk=moderated.pk)
    if row.state != DecisionState.SUBMITTED:
        raise RefusalError("This outcome is no longer in force, so nothing takes its place.")
    if band.framework_id != original.framework_id:
        raise RefusalError(f"{band} is not a band of {original.framework}.")
    if not original.effective_from <= effective_from <= row.effective_from:
        raise RefusalError("The panel’s decision takes effect with the outcome, or before it.")
    row.move(DecisionState.SUPERSEDED, by=by)
    return make_outcome(original, band, effective_from, reason, by, levels or {}, supersedes=row)


def make_outcome(
    original: BandDecision,
    band: Band,
    effective_from: dt.date,
    reason: str,
    by: User,
    levels: Mapping[UUID, UUID],
    supersedes: BandDecision | None = None,
) -> BandDecision:
    made = BandDecision.objects.create(
        pupil_id=original.pupil_id,
        framework_id=original.framework_id,
        collection_id=original.collection_id,
        school=None,  # it is the authority's, wherever the pupil is
        source=DecisionSource.MODERATION,
        state=DecisionState.SUBMITTED,
        band=band,
        suggested_band=original.suggested_band,
        rationale=reason,
        effective_from=effective_from,
        decided_by=by,
        submitted_at=timezone.now(),
        moderates=original,
        supersedes=supersedes,
    )
    DecisionLevel.objects.bulk_create(
        DecisionLevel(decision=made, area_id=area, level_id=level) for area, level in levels.items()
    )
    return made
