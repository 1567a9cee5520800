"""Settling a case: upheld, changed or withdrawn; banding records the band (M5, M8)."""

import datetime as dt
from typing import Any

from django.utils import timezone

from banding.decisions.outcomes import record_moderated_band
from banding.models import Band, BandDecision
from banding.returns.telling import tell_school
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.cases import case_actions
from moderation.choices import CaseState, ChangeReason, OutcomeKind
from moderation.models import Case, Outcome
from moderation.selectors.settling import withdrawal_reason
from moderation.services.telling import tell_of_settled
from schools.models import User


@verb
def uphold_case(*, case: Case, by: User) -> Outcome:
    """Settle a judged case with the school's band, agreed from the decision's own date.

    Raises RefusalError when it is settled already, not judged yet, or not theirs to settle.
    """
    case = held(case)
    case_actions(case, by).require("uphold")
    decision = case.decision
    moderated = record(case, decision.band, decision.effective_from, "Upheld by moderation.", by)
    return settle(
        case,
        by,
        kind=OutcomeKind.UPHELD,
        band=decision.band,
        effective_from=decision.effective_from,
        moderated_decision=moderated,
    )


@verb
def change_case(
    *, case: Case, by: User, band: Band, reason_code: str, reason: str, effective_from: dt.date
) -> Outcome:
    """Settle a judged case with another band, in force from a date not before the decision's.

    The school's decision is kept. Raises RefusalError, as for upholding and for the same band.
    """
    case = held(case)
    case_actions(case, by).require("change")
    if band == case.decision.band:
        raise RefusalError("This is the school's own band. Uphold it, or choose another one.")
    if not reason_code:
        raise RefusalError("Select a reason for the change.")
    against = reason_against(case.decision.band, band, reason_code)
    if against:
        raise RefusalError(against)
    moderated = record(case, band, effective_from, reason, by)
    return settle(
        case,
        by,
        kind=OutcomeKind.CHANGED,
        band=band,
        reason_code=reason_code,
        reason=reason,
        effective_from=effective_from,
        moderated_decision=moderated,
    )


def reason_against(school_band: Band | None, band: Band, reason_code: str) -> str:
    """Why the reason does not fit the direction of the change, as a sentence; else empty."""
    if school_band is None:
        return ""
    if reason_code == ChangeReason.NEED_LOWER and band.rank > school_band.rank:
        return f"{band} is higher than {school_band}: “{ChangeReason.NEED_LOWER.label}” cannot be."
    if reason_code == ChangeReason.NEED_HIGHER and band.rank < school_band.rank:
        return f"{band} is lower than {school_band}: “{ChangeReason.NEED_HIGHER.label}” cannot be."
    return ""


@verb
def withdraw_case(*, case: Case, by: User) -> Outcome:
    """Settle a case without a band, because the pupil left or the decision was replaced (M5).

    Allowed before it is judged too. Raises RefusalError while neither is so.
    """
    case = held(case)
    case_actions(case, by).require("withdraw")
    return settle(
        case,
        by,
        kind=OutcomeKind.WITHDRAWN,
        band=None,
        reason=withdrawal_reason(case),
        effective_from=timezone.localdate(),
        moderated_decision=None,
    )


def held(case: Case) -> Case:
    """The case, held so that of two people settling it the second sees the first."""
    rows = Case.objects.select_for_update(of=("self",))
    return rows.select_related("decision__band").get(pk=case.pk)


def record(
    case: Case, band: Band | None, effective_from: dt.date, reason: str, by: User
) -> BandDecision:
    if band is None:
        raise RefusalError("This decision has no band.")
    return record_moderated_band(
        decision=case.decision, band=band, effective_from=effective_from, reason=reason, by=by
    )


def settle(case: Case, by: User, **outcome: Any) -> Outcome:
    case.move(CaseState.SETTLED, by=by)
    row = case.decision.return_pupil
    # What is held till the day of feedback is told on that day (M11).
    if row is not None and not row.pupil_return.collection.holds_outcomes:
        # Once a day, not once a pupil.
        key = f"{row.pupil_return_id} {timezone.localdate()}"
        tell_school(row.pupil_return, NoticeKind.OUTCOME, key)
    tell_of_settled(case, by)
    return Outcome.objects.create(case=case, recorded_by=by, **outcome)
