"""Exceptional requests: a band is never a ceiling (rules.md B11)."""

from django.utils import timezone

from banding.choices import RequestState
from banding.exceptional.actions import request_actions
from banding.models import ExceptionalRequest, ReturnPupil
from banding.returns.locks import locked_return
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import User


@verb
def ask_for_exception(*, return_pupil: ReturnPupil, reason: str, by: User) -> ExceptionalRequest:
    """Say that no band secures the provision in a pupil's plan; returns the waiting request.

    Possible at any time, deadline or not. Asking again while one waits changes its reason.
    """
    if not reason.strip():
        raise RefusalError("Say which provision in the plan no band secures.")
    locked_return(return_pupil.pupil_return_id)
    request, _ = ExceptionalRequest.objects.update_or_create(
        return_pupil=return_pupil,
        state=RequestState.WAITING,
        defaults={"reason": reason.strip(), "asked_by": by},
    )
    return request


@verb
def withdraw_request(*, request: ExceptionalRequest, by: User) -> ExceptionalRequest:
    """Take a request back while nobody has answered it."""
    locked = _locked(request)
    request_actions(locked, by).require("withdraw")
    locked.move(RequestState.WITHDRAWN, by=by)
    return locked


@verb
def answer_request(*, request: ExceptionalRequest, answer: str, by: User) -> ExceptionalRequest:
    """Record the authority's answer, which the school reads."""
    if not answer.strip():
        raise RefusalError("Enter the answer for the school.")
    locked = _locked(request)
    request_actions(locked, by).require("answer")
    locked.move(
        RequestState.ANSWERED,
        by=by,
        answer=answer.strip(),
        answered_by=by,
        answered_at=timezone.now(),
    )
    return locked


def _locked(request: ExceptionalRequest) -> ExceptionalRequest:
    found = ExceptionalRequest.objects.select_for_update(of=("self",))
    return found.select_related("return_pupil__pupil_return").get(pk=request.pk)
