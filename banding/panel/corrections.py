"""Putting the authority's own bands right, and taking that back (rules.md S10, B4).

A decision is never edited: a corrected one is a new one, and the old one is superseded.
"""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from banding.choices import DecisionState
from banding.models import BandDecision, DecisionLevel
from banding.panel.actions import decision_actions
from banding.panel.services import refuse_day
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import short_day
from schools.choices import Corrected, CorrectionKind
from schools.models import Correction, Pupil, User
from schools.services.corrections import CHANGED_SINCE, record
from schools.services.following import hold_places

COPIED = (
    *("pupil_id", "framework_id", "source", "band_id", "suggested_band_id"),
    *("difference_reason", "rationale", "decided_by_id"),
)


@verb
def correct_decision(
    *, decision: BandDecision, effective_from: dt.date, reason: str, by: User
) -> Correction:
    """Put right the day from which a band of the authority counts.

    Raises RefusalError where nothing differs, for a day that cannot be, and where another band
    under the framework counts from that day already.
    """
    old = locked(decision.pk)
    decision_actions(old, by).require("correct")
    if effective_from == old.effective_from:
        raise RefusalError("The decision already counts from this day", field="effective_from")
    refuse_day(old.pupil, old.framework, effective_from)
    old.move(DecisionState.SUPERSEDED, by=by)
    new = BandDecision(
        **{name: getattr(old, name) for name in COPIED},
        effective_from=effective_from,
        state=DecisionState.SUBMITTED,
        submitted_at=timezone.now(),
    )
    refuse_twin(new)
    new.save()
    DecisionLevel.objects.bulk_create(
        DecisionLevel(decision=new, area_id=each.area_id, level_id=each.level_id)
        for each in old.levels.all()
    )
    kept = kept_of(old)
    kept.after, kept.after_words = {"decision": str(new.pk)}, in_words(new)
    return record(kept, CorrectionKind.CORRECTED, reason, by)


@verb
def remove_decision(*, decision: BandDecision, reason: str, by: User) -> Correction:
    """Declare a band of the authority entered by mistake: it counts nowhere, and never did.

    What it had superseded counts again.
    """
    found = locked(decision.pk)
    decision_actions(found, by).require("remove")
    found.move(DecisionState.MISTAKEN, by=by)
    if (earlier := found.supersedes) and earlier.state == DecisionState.SUPERSEDED:
        earlier.move(DecisionState.SUBMITTED, by=by)
    return record(kept_of(found), CorrectionKind.MISTAKE, reason, by)


def undo(correction: Correction, *, by: User) -> None:
    """Put back what a correction of a band changed. Raises RefusalError where it has changed."""
    old = locked(UUID(correction.before["decision"]))
    if new_pk := correction.after.get("decision"):
        new = locked(UUID(new_pk))
        if (new.state, old.state) != (DecisionState.SUBMITTED, DecisionState.SUPERSEDED):
            raise RefusalError(CHANGED_SINCE)
        new.move(DecisionState.MISTAKEN, by=by)
    elif old.state != DecisionState.MISTAKEN:
        raise RefusalError(CHANGED_SINCE)
    elif (earlier := old.supersedes) and earlier.state == DecisionState.SUBMITTED:
        earlier.move(DecisionState.SUPERSEDED, by=by)
    refuse_twin(old)
    old.move(DecisionState.SUBMITTED, by=by)


def locked(pk: UUID) -> BandDecision:
    """The decision, while nobody else corrects one of the pupil's or bands them for the panel."""
    hold_places()
    found = BandDecision.objects.select_related("pupil", "framework", "band").get(pk=pk)
    Pupil.objects.select_for_update().get(pk=found.pupil_id)
    found.refresh_from_db()
    return found


def refuse_twin(decision: BandDecision) -> None:
    """Raises RefusalError where the authority's band of that day is another one."""
    twins = BandDecision.objects.in_force().filter(
        pupil=decision.pupil_id,
        framework=decision.framework_id,
        effective_from=decision.effective_from,
        collection=None,
    )
    if twins.exclude(pk=decision.pk).exists():
        raise RefusalError(
            f"Another band counts from {short_day(decision.effective_from)} already",
            field="effective_from",
        )


def kept_of(decision: BandDecision) -> Correction:
    return Correction(
        pupil=decision.pupil,
        record=Corrected.DECISION,
        subject=decision.pk,
        before={"decision": str(decision.pk)},
        before_words=in_words(decision),
    )


def in_words(decision: BandDecision) -> str:
    """“Band C under Westmere needs, from 1 Sep 2026”"""
    day = short_day(decision.effective_from)
    return f"{decision.band} under {decision.framework}, from {day}"[:300]
