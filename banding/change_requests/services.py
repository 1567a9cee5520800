"""Asking for another band after a return was accepted, and what comes of it (rules.md B14)."""

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone

from banding.assessment.services import complete_assessment
from banding.change_requests.actions import asking_for, change_request_actions
from banding.change_requests.rules import problem_of_day
from banding.change_requests.selectors import band_then, is_with
from banding.choices import ChangeRequestState
from banding.models import Band, ChangeRequest, Return, ReturnPupil
from banding.panel.services import decide_for_panel
from banding.returns.locks import locked_return
from banding.returns.telling import happening, tell_officers
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import notify
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day, short_day
from schools.models import Pupil, User

OPEN_AGAIN = "Your return is open again for correction. Choose the band there."


@verb
def ask_for_change(
    *,
    return_pupil: ReturnPupil,
    levels: Mapping[str, str],
    band: Band | None,
    difference_reason: str,
    reason: str,
    effective_from: dt.date,
    by: User,
) -> ChangeRequest:
    """Ask for another band from a day on; returns the waiting request.

    Raises RefusalError before the return is accepted, while one waits, for a day that cannot be,
    for an assessment that is not complete, and for the band the pupil has on that day.
    """
    return_pupil.pupil_return = locked_return(return_pupil.pupil_return_id)
    Pupil.objects.select_for_update(no_key=True).get(pk=return_pupil.pupil_id)
    asking_for(return_pupil, by).require("ask")
    if not reason.strip():
        raise RefusalError("Say what has changed.", field="rationale")
    framework = return_pupil.pupil_return.collection.framework
    chosen = complete_assessment(framework, levels, band, difference_reason, reason)
    refuse_day(return_pupil, effective_from)
    now = band_then(return_pupil, effective_from)
    if now is not None and now.band == band:
        name, since = return_pupil.pupil.forename, short_day(now.effective_from)
        raise RefusalError(f"{name} has {band} already, since {since}.", field="band")
    asked = ChangeRequest.objects.create(
        return_pupil=return_pupil,
        band_id=chosen.columns["band_id"],
        levels={level.area.code: level.code for level in chosen.levels},
        difference_reason=chosen.difference_reason,
        reason=chosen.rationale,
        effective_from=effective_from,
        asked_by=by,
    )
    tell_officers(
        NoticeKind.ASKED,
        asked.holder,
        key=str(asked.pk),
        title="Change of band asked for",
        url_name="banding:change_request_detail",
        of=asked.pk,
    )
    return asked


def refuse_day(row: ReturnPupil, wanted: dt.date) -> None:
    problem = problem_of_day(
        wanted,
        reference=row.pupil_return.collection.reference_date,
        today=timezone.localdate(),
        is_with_you=is_with(row, wanted),
        name=row.pupil.forename,
    )
    if problem:
        raise RefusalError(f"{problem}.", field="effective_from")


@verb
def withdraw_change_request(*, asked: ChangeRequest, by: User) -> ChangeRequest:
    """Take a request back while nobody has answered it."""
    locked = locked_request(asked)
    change_request_actions(locked, by).require("withdraw")
    locked.move(ChangeRequestState.WITHDRAWN, by=by)
    return locked


@verb
def agree_to_change(*, asked: ChangeRequest, by: User) -> ChangeRequest:
    """Make the authority's decision of what the school asks for; it counts from the day asked for,
    and the school is told. Raises RefusalError where the pupil is at the school no more by then.
    """
    locked = locked_request(asked)
    change_request_actions(locked, by).require("agree")
    row = locked.return_pupil
    if not is_with(row, locked.effective_from):
        raise RefusalError(
            f"{row.pupil.forename} is no longer at {row.pupil_return.school} on "
            f"{day(locked.effective_from)}. Choose “Do not agree”, and say why."
        )
    decision = decide_for_panel(
        pupil=row.pupil,
        framework=row.pupil_return.collection.framework,
        levels=locked.levels,
        band=locked.band,
        difference_reason=locked.difference_reason,
        rationale=locked.reason,
        effective_from=locked.effective_from,
        by=by,
    )
    answered = {"answered_by": by, "answered_at": timezone.now()}
    locked.move(ChangeRequestState.AGREED, by=by, decision=decision, **answered)
    tell(locked, "agreed")
    return locked


@verb
def refuse_change(*, asked: ChangeRequest, answer: str, by: User) -> ChangeRequest:
    """Leave the band as it is; the school reads why. RefusalError without a reason."""
    if not answer.strip():
        raise RefusalError("Tell the school why the band stays as it is.", field="answer")
    locked = locked_request(asked)
    change_request_actions(locked, by).require("refuse")
    locked.move(
        ChangeRequestState.REFUSED,
        by=by,
        answer=answer.strip(),
        answered_by=by,
        answered_at=timezone.now(),
    )
    tell(locked, "not agreed")
    return locked


def close_requests_of(pupil_return: Return, *, by: User) -> None:
    """What waits about an accepted return that opens again: the school says it there, and the
    authority agrees to nothing that is older than what the school submits next.
    """
    rows = ReturnPupil.everything.filter(pupil_return=pupil_return)
    for asked in ChangeRequest.objects.waiting().filter(return_pupil__in=rows):
        locked = locked_request(asked)
        if locked.state != ChangeRequestState.WAITING:
            continue
        answered = {"answer": OPEN_AGAIN, "answered_by": by, "answered_at": timezone.now()}
        locked.move(ChangeRequestState.REFUSED, by=by, **answered)
        tell(locked, "closed: choose the band on your return, which is open again")


def tell(asked: ChangeRequest, outcome: str) -> None:
    """SENCOs and headteachers of the school that has it now; no pupil is named (R3)."""
    pupil_return = asked.return_pupil.pupil_return
    title = f"{pupil_return.collection.name}: a change of band you asked for is {outcome}"
    school = asked.holder
    path = reverse("banding:decision_edit", args=[asked.return_pupil_id])
    if school != pupil_return.school:
        path = reverse("schools:pupil_detail", args=[asked.return_pupil.pupil_id])
    notify(NoticeKind.CHANGE, [happening(school, str(asked.pk), title, path)])


def locked_request(asked: ChangeRequest) -> ChangeRequest:
    found = ChangeRequest.objects.select_for_update(of=("self",))
    return found.select_related(
        "band",
        "return_pupil__pupil",
        "return_pupil__pupil_return__school",
        "return_pupil__pupil_return__collection__framework",
    ).get(pk=asked.pk)
