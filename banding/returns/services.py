"""What happens to a return: submitted, accepted, sent back, given more time (rules.md B7)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from banding.choices import OPEN_STATES, DecisionState, PupilChange, ReturnState
from banding.collections.deadlines import end_of_day
from banding.joiners.services import put_placed_joiners_on
from banding.models import BandDecision, Return
from banding.returns.locks import ReturnError, locked_return, why_closed
from banding.returns.progress import PupilLine, ReturnProgress, progress_of_return
from banding_portal.words import day, day_time
from schools.models import Placement, User

__all__ = [
    "AlreadySubmittedError",
    "ReturnError",
    "accept_return",
    "extend_deadline",
    "problems_to_submit",
    "return_for_correction",
    "submit_return",
]


class AlreadySubmittedError(ReturnError):
    """Raised for a return somebody has submitted already."""


@transaction.atomic
def submit_return(*, pupil_return: Return, by: User, declared_name: str) -> Return:
    """Submit a return: its ready drafts become the school's decisions, frozen from now on.

    `declared_name` is the name under the declaration. Raises AlreadySubmittedError when it is
    submitted, ReturnError when a pupil is neither decided nor accounted for, the declaration
    lacks a name, or the deadline (or extension) has passed.
    """
    locked = locked_return(pupil_return.pk)
    if locked.state not in OPEN_STATES:
        who, when = locked.declared_by_name, day_time(locked.submitted_at)
        raise AlreadySubmittedError(f"{who} submitted this return on {when}.")
    progress = progress_of_return(locked)
    problems = problems_to_submit(locked, progress)
    if problems:
        raise ReturnError(" ".join(problems))
    if not declared_name.strip():
        raise ReturnError("Enter the name of the person who makes the declaration.")
    now = timezone.now()
    _submit_decisions(progress, now)
    locked.move_to(ReturnState.SUBMITTED)
    locked.submitted_by, locked.submitted_at = by, now
    locked.declared_by_name = declared_name.strip()
    locked.save(update_fields=["state", "submitted_by", "submitted_at", "declared_by_name"])
    return locked


def problems_to_submit(pupil_return: Return, progress: ReturnProgress) -> list[str]:
    """Why a return cannot be submitted now, as sentences; empty when it can."""
    closed = why_closed(pupil_return)
    if closed:
        return [closed]
    problems = []
    if progress.left:
        who = "1 pupil is" if progress.left == 1 else f"{progress.left} pupils are"
        problems.append(f"{who} neither decided nor accounted for.")
    settled = [line.pupil.display_name for line in _overtaken(progress)]
    if settled:
        problems.append(
            f"Moderation has settled the band of {'; '.join(settled)} meanwhile. "
            "Remove your change to that decision."
        )
    return problems


def _overtaken(progress: ReturnProgress) -> list[PupilLine]:
    """Pupils with a correction to a decision that moderation has settled meanwhile."""
    corrected = {line.draft.supersedes_id: line for line in progress.lines if line.draft}
    moderated = BandDecision.objects.filter(moderates__in=[pk for pk in corrected if pk])
    return [corrected[pk] for pk in moderated.values_list("moderates", flat=True)]


def _submit_decisions(progress: ReturnProgress, now: dt.datetime) -> None:
    """Drafts in; what they correct, and decisions on pupils who are not the school's, out."""
    drafts = [
        line.draft
        for line in progress.lines
        if line.draft and not line.is_off and not line.problems
    ]
    replaced = [draft.supersedes_id for draft in drafts if draft.supersedes_id]
    replaced += [
        line.submitted.pk
        for line in progress.lines
        if line.submitted and line.row.change in (PupilChange.NOT_OURS, PupilChange.NO_BAND)
    ]
    in_force = BandDecision.objects.filter(pk__in=replaced, state=DecisionState.SUBMITTED)
    in_force.update(state=DecisionState.SUPERSEDED)
    BandDecision.objects.filter(pk__in=[draft.pk for draft in drafts]).update(
        state=DecisionState.SUBMITTED, submitted_at=now
    )


@transaction.atomic
def accept_return(*, pupil_return: Return, by: User) -> Return:
    """Accept a submitted return. Pupils it says have left are taken off the school's roll."""
    locked = locked_return(pupil_return.pk)
    locked.move_to(ReturnState.ACCEPTED)
    locked.save(update_fields=["state"])
    # Not earlier: until it is accepted, that somebody left is only what the school says.
    for row in locked.pupils.filter(change=PupilChange.LEFT):
        if row.change_date:
            placed = Placement.objects.filter(pupil=row.pupil_id, school=locked.school_id)
            on_the_day = placed.filter(start__lte=row.change_date).since(row.change_date)
            on_the_day.update(end=row.change_date)
    return locked


@transaction.atomic
def return_for_correction(
    *, pupil_return: Return, by: User, reason: str, until: dt.date | None = None
) -> Return:
    """Send a submitted or accepted return back to its school, with a reason.

    What was submitted stays in force until the school submits again. Joiners placed meanwhile
    come onto it. `until` is the new deadline, needed where the present one has passed.
    """
    locked = locked_return(pupil_return.pk)
    if not reason.strip():
        raise ReturnError("Say what the school should correct.")
    locked.move_to(ReturnState.RETURNED)
    locked.returned_reason = reason.strip()
    if until is not None:
        _extend(locked, until)
    elif locked.is_late:
        raise ReturnError(
            f"The deadline was {day(locked.deadline)}. Enter a date to correct the return by."
        )
    locked.save(update_fields=["state", "returned_reason", "extended_to"])
    put_placed_joiners_on(locked)
    return locked


@transaction.atomic
def extend_deadline(*, pupil_return: Return, until: dt.date, by: User) -> Return:
    """Give one school more time, to the end of a day. Raises ReturnError for a day too early."""
    locked = locked_return(pupil_return.pk)
    if locked.state not in OPEN_STATES:
        raise ReturnError("The school has submitted this return. It needs no more time.")
    _extend(locked, until)
    locked.save(update_fields=["extended_to"])
    return locked


def _extend(pupil_return: Return, until: dt.date) -> None:
    if end_of_day(until) < timezone.now():
        raise ReturnError("The new deadline must be today or later.")
    if until < pupil_return.collection.deadline:
        raise ReturnError(
            f"The new deadline must be {day(pupil_return.collection.deadline)} or later, "
            "the deadline of everybody."
        )
    pupil_return.extended_to = until
