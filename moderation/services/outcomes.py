"""Settling a case: upheld, changed or withdrawn; banding records the band (M5, M8, M10)."""

import datetime as dt
from typing import Any

from django.utils import timezone

from banding.decisions.outcomes import record_moderated_band, take_outcome_back
from banding.models import Band, BandDecision
from banding.returns.telling import tell_school
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from moderation.actions.cases import case_actions
from moderation.choices import CaseState, ChangeReason, OutcomeKind
from moderation.evidence.services import end_request_of
from moderation.feedback.selectors import outcome_key
from moderation.models import Case, Outcome, Proposal
from moderation.selectors.settling import bands_judged, levels_judged, withdrawal_reason, year_of
from moderation.services.assignment import state_of
from moderation.services.replacing import replace_withdrawn
from moderation.services.telling import tell_of_settled
from moderation.settling import needs_reason, needs_second_person
from schools.models import User

UPHELD = "Upheld by moderation."


@verb
def uphold_case(*, case: Case, by: User, reason: str = "") -> Outcome:
    """Settle a judged case with the school's band, agreed from the decision's own date.

    Against every judgement it needs a `reason`. Raises RefusalError for that, and when it is
    settled already, not judged yet, or not theirs to settle.
    """
    case = held(case)
    case_actions(case, by).require("uphold")
    decision = case.decision
    if needs_reason(str(decision.band_id), bands_judged(case)) and not reason.strip():
        raise RefusalError("Say why the school’s band stands against the judgement", field="reason")
    from_day = decision.effective_from
    moderated = record(case, decision.band, from_day, reason.strip() or UPHELD, by)
    return settle(
        case,
        by,
        kind=OutcomeKind.UPHELD,
        band=decision.band,
        reason=reason.strip(),
        effective_from=from_day,
        moderated_decision=moderated,
    )


@verb
def change_case(
    *, case: Case, by: User, band: Band, reason_code: str, reason: str, effective_from: dt.date
) -> Outcome | Proposal:
    """Settle a judged case with another band, in force from a date within the collection's year.

    A band that nobody judged is proposed, and waits for a second person (M10). The school's
    decision is kept. Raises RefusalError, as for upholding and for the same band.
    """
    case = held(case)
    case_actions(case, by).require("change")
    check_change(case, band, reason_code, effective_from)
    change = {
        "band": band,
        "reason_code": reason_code,
        "reason": reason,
        "effective_from": effective_from,
    }
    if needs_second_person(str(band.pk), bands_judged(case)):
        return Proposal.objects.create(case=case, made_by=by, **change)
    return settle_changed(case, by, **change)


def check_change(case: Case, band: Band, reason_code: str, effective_from: dt.date) -> None:
    """Raises RefusalError for what no case is changed to."""
    if band == case.decision.band:
        raise RefusalError("This is the school’s own band. Uphold it, or choose another one.")
    if not reason_code:
        raise RefusalError("Choose a reason for the change.")
    if against := reason_against(case.decision.band, band, reason_code):
        raise RefusalError(against)
    last = year_of(case)[1]
    if effective_from > last:
        raise RefusalError(
            f"The date must be within the year of the collection, which ends on {day(last)}",
            field="effective_from",
        )


def settle_changed(case: Case, by: User, **change: Any) -> Outcome:
    change["moderated_decision"] = record(
        case, change["band"], change["effective_from"], change["reason"], by
    )
    return settle(case, by, kind=OutcomeKind.CHANGED, **change)


@verb
def agree_to_proposal(*, case: Case, by: User) -> Outcome:
    """Settle a case with the band another person has proposed. Raises RefusalError."""
    case = held(case)
    case_actions(case, by).require("agree")
    found = Proposal.objects.select_related("band", "made_by").get(case=case)
    names = ("band", "reason_code", "reason", "effective_from")
    change = {name: getattr(found, name) for name in names}
    found.delete()
    return settle_changed(case, found.made_by, agreed_by=by, **change)


@verb
def turn_proposal_down(*, case: Case, by: User) -> Case:
    """Take a proposal off the case, which is then to be settled as before."""
    case = held(case)
    case_actions(case, by).require("turn_down")
    Proposal.objects.get(case=case).delete()
    return case


def reason_against(school_band: Band | None, band: Band, reason_code: str) -> str:
    """Why the reason does not fit the direction of the change, as a sentence; else empty."""
    if school_band is None:
        return ""
    if reason_code == ChangeReason.NEED_LOWER and band.rank > school_band.rank:
        said = f"“{ChangeReason.NEED_LOWER.label}” cannot be the reason"
        return f"{band} is higher than {school_band}, so {said}."
    if reason_code == ChangeReason.NEED_HIGHER and band.rank < school_band.rank:
        said = f"“{ChangeReason.NEED_HIGHER.label}” cannot be the reason"
        return f"{band} is lower than {school_band}, so {said}."
    return ""


@verb
def withdraw_case(*, case: Case, by: User) -> Outcome:
    """Settle a case without a band, because the pupil left or the decision was taken back (M5).

    Allowed before it is judged too; the next of the stratum in the order of the draw is then
    judged in its place. Raises RefusalError while neither is so.
    """
    case = held(case)
    case_actions(case, by).require("withdraw")
    outcome = settle(
        case,
        by,
        kind=OutcomeKind.WITHDRAWN,
        band=None,
        reason=withdrawal_reason(case),
        effective_from=timezone.localdate(),
        moderated_decision=None,
    )
    end_request_of(case, because="The case is withdrawn.", by=by)
    replace_withdrawn(case)
    return outcome


@verb
def undo_outcome(*, case: Case, by: User) -> Case:
    """Open a settled case again, until the day on which schools are told (M10, M11).

    The outcome's band counts no more; what was judged stays. Raises RefusalError from that day.
    """
    case = held(case)
    case_actions(case, by).require("undo")
    outcome = Outcome.objects.select_related("moderated_decision").get(case=case)
    if outcome.moderated_decision:
        take_outcome_back(moderated=outcome.moderated_decision, by=by)
    outcome.delete()
    case.move(state_of(case), by=by)
    return case


def held(case: Case) -> Case:
    """The case, held so that of two people settling it the second sees the first.

    Its decision first: a correction of the school holds that, then moves the case to what
    replaces it.
    """
    of = Case.objects.filter(pk=case.pk).values("decision")
    list(BandDecision.objects.select_for_update(of=("self",)).filter(pk__in=of).values_list("pk"))
    rows = Case.objects.select_for_update(of=("self",))
    return rows.select_related("decision__band").get(pk=case.pk)


def record(
    case: Case, band: Band | None, effective_from: dt.date, reason: str, by: User
) -> BandDecision:
    if band is None:
        raise RefusalError("This decision has no band.")
    return record_moderated_band(
        decision=case.decision,
        band=band,
        effective_from=effective_from,
        reason=reason,
        by=by,
        levels=levels_judged(case, band),
    )


def settle(case: Case, by: User, **outcome: Any) -> Outcome:
    case.move(CaseState.SETTLED, by=by)
    row = case.decision.return_pupil
    # What is held till the day of feedback is told on that day (M11).
    if row is not None and not row.pupil_return.collection.holds_outcomes:
        tell_school(row.pupil_return, NoticeKind.OUTCOME, outcome_key(row.pupil_return))
    tell_of_settled(case, by)
    return Outcome.objects.create(case=case, recorded_by=by, **outcome)
