"""Exceptional requests: a band is never a ceiling (rules.md B11)."""

from django.db import transaction
from django.utils import timezone

from banding.choices import RequestState
from banding.models import ExceptionalRequest, ReturnPupil
from banding.returns.locks import locked_return
from banding_portal.refusals import RefusalError
from schools.models import User


@transaction.atomic
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


@transaction.atomic
def withdraw_request(*, request: ExceptionalRequest, by: User) -> ExceptionalRequest:
    """Take a request back while nobody has answered it."""
    locked = _waiting(request)
    locked.state = RequestState.WITHDRAWN
    locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def answer_request(*, request: ExceptionalRequest, answer: str, by: User) -> ExceptionalRequest:
    """Record the authority's answer, which the school reads."""
    if not answer.strip():
        raise RefusalError("Enter the answer for the school.")
    locked = _waiting(request)
    locked.state, locked.answer = RequestState.ANSWERED, answer.strip()
    locked.answered_by, locked.answered_at = by, timezone.now()
    locked.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return locked


def _waiting(request: ExceptionalRequest) -> ExceptionalRequest:
    locked = ExceptionalRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != RequestState.WAITING:
        raise RefusalError(f"This request is “{locked.get_state_display().lower()}”.")
    return locked
