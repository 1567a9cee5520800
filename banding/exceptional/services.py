"""Exceptional requests: a band is never a ceiling (rules.md B11)."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from banding.choices import RequestState
from banding.exceptional.actions import request_actions
from banding.exceptional.rules import problem_of_amount, problem_of_first_day
from banding.exceptional.selectors import agreed_for, why_not_asked_again
from banding.models import BandDecision, ExceptionalRequest, ReturnPupil
from banding.returns.locks import locked_return
from banding.returns.telling import tell_officers, tell_people_of, tell_school
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.models import Pupil, School, User


@verb
def ask_for_exception(
    *,
    return_pupil: ReturnPupil,
    reason: str,
    amount: Decimal | None = None,
    since: dt.date | None = None,
    by: User,
) -> ExceptionalRequest:
    """Say that no band secures the provision in a pupil's plan; returns the waiting request.

    `reason` names the provision, `amount` what it takes, pounds a year beside the band's value.
    Possible at any time, deadline or not. Who asks again while theirs waits changes it; where an
    amount is agreed already, it renews that one. Raises RefusalError while a request of the school
    for the pupil waits that somebody else made, or that was asked of something else.
    """
    asked = asked_for(return_pupil.pupil, reason, amount, since, by)
    school = locked_return(return_pupil.pupil_return_id).school
    refuse_second(return_pupil.pupil_id, school, by, return_pupil=return_pupil)
    request, _ = ExceptionalRequest.objects.update_or_create(
        return_pupil=return_pupil,
        state=RequestState.WAITING,
        defaults={**asked, "renews": agreed_for(return_pupil.pupil_id).first()},
    )
    tell_asked(request, school)
    return request


@verb
def ask_of_decision(
    *,
    decision: BandDecision,
    school: School,
    reason: str,
    amount: Decimal | None = None,
    since: dt.date | None = None,
    by: User,
) -> ExceptionalRequest:
    """The same about a pupil who is on no return of the school, of a decision in force.

    Raises RefusalError like `ask_for_exception`, and while a request of the school for the pupil
    waits that was asked of something else.
    """
    asked = asked_for(decision.pupil, reason, amount, since, by)
    refuse_second(decision.pupil_id, school, by, decision=decision)
    request, _ = ExceptionalRequest.objects.update_or_create(
        decision=decision,
        school=school,
        state=RequestState.WAITING,
        defaults={**asked, "renews": agreed_for(decision.pupil_id).first()},
    )
    tell_asked(request, school)
    return request


def refuse_second(pupil: UUID, school: School, by: User, **asked_of: object) -> None:
    """Raise RefusalError while a request waits that is not the person's own about the same."""
    hold_pupil(pupil)
    if problem := why_not_asked_again(pupil, school, by, **asked_of):
        raise RefusalError(problem)


def hold_pupil(pk: UUID) -> None:
    """Nobody else asks for the pupil or agrees an amount until the transaction ends."""
    Pupil.objects.select_for_update(no_key=True).get(pk=pk)


def tell_asked(request: ExceptionalRequest, school: School) -> None:
    """Officers, once a request."""
    tell_officers(
        NoticeKind.ASKED,
        school,
        key=str(request.pk),
        title="Exceptional request",
        url_name="banding:exceptional_detail",
        of=request.pk,
    )


def asked_for(
    pupil: Pupil, reason: str, amount: Decimal | None, since: dt.date | None, by: User
) -> dict[str, object]:
    if not reason.strip():
        raise RefusalError("Say which provision in the plan no band secures.")
    refuse_figures(pupil, amount=amount, since=since)
    asked = {"reason": reason.strip(), "asked_amount": amount, "asked_from": since}
    return {**asked, "asked_by": by}


@verb
def withdraw_request(*, request: ExceptionalRequest, by: User) -> ExceptionalRequest:
    """Take a request back while nobody has answered it."""
    locked = _locked(request)
    request_actions(locked, by).require("withdraw")
    locked.move(RequestState.WITHDRAWN, by=by)
    return locked


@verb
def refuse_request(*, request: ExceptionalRequest, answer: str, by: User) -> ExceptionalRequest:
    """Say why no amount is agreed, which the school reads."""
    if not answer.strip():
        raise RefusalError("Enter the answer for the school.", field="answer")
    locked = _locked(request)
    request_actions(locked, by).require("answer")
    locked.move(RequestState.REFUSED, by=by, **answered(answer, by))
    tell_answer(locked)
    return locked


@verb
def agree_request(
    *,
    request: ExceptionalRequest,
    amount: Decimal,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    answer: str,
    by: User,
) -> ExceptionalRequest:
    """Agree an amount, pounds a year beside the band's value, from a day on; both days count.

    Raises RefusalError for who asked themselves, an amount of nothing or beyond any provision,
    days that cannot be or are in the wrong order, and days for which an amount is agreed already.
    """
    if not answer.strip():
        raise RefusalError("Enter the answer for the school.", field="answer")
    if amount <= 0:
        raise RefusalError("Enter an amount above £0.", field="amount")
    if ends_on and ends_on < starts_on:
        raise RefusalError("The last day must be on or after the first.", field="ends_on")
    refuse_figures(request.pupil, amount=amount, starts_on=starts_on)
    # Two requests of one pupil may be agreed at once, each by another person. The pupil before the
    # request, as who asks again locks them.
    pupil = request.pupil.pk
    hold_pupil(pupil)
    locked = _locked(request)
    request_actions(locked, by).require("answer")
    refuse_overlap(pupil, starts_on, ends_on)
    agreed = {"amount": amount, "starts_on": starts_on, "ends_on": ends_on}
    locked.move(RequestState.AGREED, by=by, **agreed, **answered(answer, by))
    tell_answer(locked)
    return locked


def refuse_figures(pupil: Pupil, **given: Decimal | dt.date | None) -> None:
    """Raise RefusalError for an amount or a first day that is a slip, at its field."""
    today = timezone.localdate()
    for field, value in given.items():
        if isinstance(value, dt.date):
            problem = problem_of_first_day(value, born=pupil.date_of_birth, today=today)
        else:
            problem = problem_of_amount(value)
        if problem:
            raise RefusalError(problem, field=field)


def refuse_overlap(pupil: object, starts_on: dt.date, ends_on: dt.date | None) -> None:
    others = agreed_for(pupil).filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if ends_on:
        others = others.filter(starts_on__lte=ends_on)
    if other := others.first():
        until = f" to {day(other.ends_on)}" if other.ends_on else ""
        raise RefusalError(
            f"An amount is agreed from {day(other.starts_on)}{until} already. End that one first, "
            "or choose days outside it.",
            field="starts_on",
        )


def answered(answer: str, by: User) -> dict[str, object]:
    return {"answer": answer.strip(), "answered_by": by, "answered_at": timezone.now()}


def tell_answer(request: ExceptionalRequest) -> None:
    kind, key = NoticeKind.EXCEPTIONAL, str(request.pk)
    if request.return_pupil and request.holder == request.asking_school:
        tell_school(request.return_pupil.pupil_return, kind, key)
    else:
        school, about = request.holder, [request.pupil.pk]
        tell_people_of(school, kind, key=key, url_name="schools:pupil_detail", about=about)


@verb
def end_amount(
    *, request: ExceptionalRequest, last_day: dt.date, reason: str, by: User
) -> ExceptionalRequest:
    """End an agreed amount with a day; what was published beyond it is adjusted (F8)."""
    if not reason.strip():
        raise RefusalError("Say why the amount ends.", field="reason")
    locked = _locked(request)
    request_actions(locked, by).require("end")
    if locked.starts_on and last_day < locked.starts_on:
        said = f"It began on {day(locked.starts_on)}. Enter that day or a later one."
        raise RefusalError(said, field="last_day")
    if locked.ends_on and last_day > locked.ends_on:
        said = (
            f"It ends on {day(locked.ends_on)} already. To pay it for longer, agree a new request."
        )
        raise RefusalError(said, field="last_day")
    locked.ends_on, locked.end_reason = last_day, reason.strip()
    locked.save(update_fields=["ends_on", "end_reason"])
    return locked


def _locked(request: ExceptionalRequest) -> ExceptionalRequest:
    found = ExceptionalRequest.objects.select_for_update(of=("self",))
    related = ("return_pupil__pupil_return__school", "return_pupil__pupil", "decision__pupil")
    return found.select_related(*related, "school").get(pk=request.pk)
