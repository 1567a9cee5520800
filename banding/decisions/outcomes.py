"""How a moderation outcome becomes an agreed band; moderation calls this alone (rules.md M8)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.models import Band, BandDecision
from banding_portal.refusals import RefusalError
from schools.models import User


@transaction.atomic
def record_moderated_band(
    *, decision: BandDecision, band: Band, effective_from: dt.date, reason: str, by: User
) -> BandDecision:
    """Record the band a case was settled with, upheld or changed; the original is kept (M5).

    Returns the moderated decision, in force from `effective_from`. Recording the same outcome
    twice returns the first. Raises RefusalError for a decision that is not in force, a band of
    another framework, or a date before the decision's own.
    """
    original = BandDecision.objects.select_for_update().get(pk=decision.pk)
    earlier = BandDecision.objects.filter(moderates=original).first()
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
    return BandDecision.objects.create(
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
    )
