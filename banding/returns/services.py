"""What happens to a return: submitted, accepted, sent back, given more time (rules.md B7)."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.utils import timezone

from banding.change_requests.services import close_requests_of
from banding.choices import (
    OPEN_STATES,
    DecisionState,
    PupilChange,
    ReturnMoveKind,
    ReturnState,
)
from banding.decisions.following import tell_decision_followers
from banding.decisions.selectors import first_days
from banding.leavers.ending import put_refused_back, take_leavers_off
from banding.marks.services import mark_pupils, pick_pupils
from banding.models import BandDecision, Return, ReturnPupil
from banding.returns.actions import closed_first, return_actions
from banding.returns.following import follow_in, pupils_about
from banding.returns.locks import locked_return
from banding.returns.progress import ReturnProgress, progress_of_return
from banding.returns.telling import (
    tell_headteacher,
    tell_school,
    tell_sent_back,
    tell_submitted,
)
from banding.roll_over.selectors import end_before, ended_with_the_year
from banding.rounds.rules import last_day_before
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.states import move_all
from banding_portal.verbs import verb
from banding_portal.words import day, day_time
from schools.models import Placement, User
from schools.services.following import hold_places, tell_followers

DAY, YEAR = dt.timedelta(days=1), dt.timedelta(days=366)

__all__ = [
    "AlreadySubmittedError",
    "accept_return",
    "confirm_nothing_to_tell",
    "extend_deadline",
    "return_for_correction",
    "submit_return",
    "tell_ready",
    "withdraw_return",
]


class AlreadySubmittedError(RefusalError):
    """Raised for a return somebody has submitted already."""


@verb
def submit_return(*, pupil_return: Return, by: User, declared_name: str, seen: str = "") -> Return:
    """Submit a return: its ready drafts become the school's decisions, frozen from now on.

    `declared_name` is the name under the declaration, `seen` the mark of the answers that the
    person has seen (`ReturnProgress.mark`): others are refused. Raises AlreadySubmittedError when
    it is submitted, RefusalError when a pupil is neither decided nor accounted for, the
    declaration lacks a name, or the deadline (or extension) has passed.
    """
    locked = _still_owed(pupil_return)
    progress = progress_of_return(locked)
    if seen and seen != progress.mark:
        raise RefusalError(
            "Somebody has changed an answer since you opened this page. Check the answers again "
            "before you submit."
        )
    return _submit(locked, progress, by, declared_name)


def _still_owed(pupil_return: Return) -> Return:
    locked = locked_return(pupil_return.pk)
    if locked.state not in OPEN_STATES:
        who, when = locked.declared_by_name, day_time(locked.submitted_at)
        raise AlreadySubmittedError(f"{who} submitted this return on {when}.")
    return locked


def _submit(locked: Return, progress: ReturnProgress, by: User, declared_name: str) -> Return:
    hold_corrected(locked, progress)
    return_actions(locked, by, progress).require("submit")
    if not declared_name.strip():
        raise RefusalError("Enter the name of the person who makes the declaration.")
    now = timezone.now()
    _submit_decisions(locked, progress, now, by)
    locked.move(
        ReturnState.SUBMITTED,
        by=by,
        submitted_by=by,
        submitted_at=now,
        declared_by_name=declared_name.strip(),
    )
    tell_submitted(locked, by, now)
    return locked


@verb
def confirm_nothing_to_tell(*, pupil_return: Return, by: User) -> Return:
    """Submit a round's return on which the school tells nothing: everybody stands as rolled
    forward, and no decision is made (B10). Whoever confirms makes the declaration.

    Raises AlreadySubmittedError when it is submitted, RefusalError when something was told.
    """
    locked = _still_owed(pupil_return)
    progress = progress_of_return(locked)
    return_actions(locked, by, progress).require("confirm")
    return _submit(locked, progress, by, by.name)


@verb
def tell_ready(*, pupil_return: Return, by: User) -> Return:
    """Tell the headteacher that the return is ready for them to submit. Raises RefusalError where
    it is not, where they were told today, and where none can sign in.
    """
    locked = _still_owed(pupil_return)
    return_actions(locked, by).require("ready")
    tell_headteacher(locked, by)
    locked.moves.create(kind=ReturnMoveKind.READY, moved_by=by)
    return locked


def hold_corrected(pupil_return: Return, progress: ReturnProgress) -> None:
    """What the return would replace is locked before it is checked: a case about one of them is
    settled before, and seen, or after, and refused (M10).
    """
    decided = [line.draft for line in progress.lines if line.draft]
    list(in_force_before(pupil_return, decided).select_for_update(of=("self",)))


def in_force_before(
    pupil_return: Return, drafts: Collection[BandDecision]
) -> QuerySet[BandDecision]:
    """The decisions of schools that these replace: of a pupil a collection has one in force."""
    return BandDecision.objects.in_force().filter(
        pupil__in=[draft.pupil_id for draft in drafts],
        collection=pupil_return.collection_id,
        framework=pupil_return.collection.framework_id,
        moderates=None,
    )


def _submit_decisions(
    pupil_return: Return, progress: ReturnProgress, now: dt.datetime, by: User
) -> None:
    """Drafts in, and what they replace out. That a pupil is not the school's or needs no band
    takes nothing back before it is accepted (B12).
    """
    drafts = [
        line.draft
        for line in progress.lines
        if line.draft and not line.is_off and not line.problems
    ]
    replaced = list(in_force_before(pupil_return, drafts))
    move_all(replaced, DecisionState.SUPERSEDED, by=by)
    # Read only now: where a pupil is placed may have been put right since the draft was saved.
    days = first_days(pupil_return, [draft.pupil_id for draft in drafts])
    for first in sorted(set(days.values())):
        then = [draft for draft in drafts if days[draft.pupil_id] == first]
        move_all(then, DecisionState.SUBMITTED, by=by, submitted_at=now, effective_from=first)
    made = {draft.pupil_id: draft.pk for draft in drafts}
    tell_decision_followers({old.pk: made[old.pupil_id] for old in replaced}, by=by)


@verb
def withdraw_return(*, pupil_return: Return, by: User, reason: str) -> Return:
    """Take a submitted return back to the school that sent it, while nobody has accepted it.

    What was submitted stays in force until the school submits again. Whoever was placed there
    meanwhile comes onto it. Raises RefusalError once it is accepted or the deadline has passed.
    """
    hold_places()
    locked = locked_return(pupil_return.pk)
    return_actions(locked, by).require("withdraw")
    if not reason.strip():
        raise RefusalError("Say why you take the return back.")
    keep_as_sent(locked)
    locked.move(ReturnState.IN_PROGRESS, by=by, reason=reason.strip(), returned_reason="")
    put_refused_back(locked, by)
    follow_in(locked.collection, pupils_about(locked), by=by)
    return locked


def keep_as_sent(pupil_return: Return) -> None:
    """Who stays on by a return that goes back to its school does so until it is submitted again,
    whatever the school writes meanwhile (S7).
    """
    said = Case(
        When(change=PupilChange.STAYING_ON, then=F("change_reason")),
        default=Value(""),
        output_field=TextField(),
    )
    ReturnPupil.everything.filter(pupil_return=pupil_return).update(stays_as_sent=said)


@verb
def accept_return(*, pupil_return: Return, by: User, seen: str = "") -> Return:
    """Accept a submitted return. Pupils it says have left are taken off the school's roll; so
    are, on 31 August, phase leavers of a round of whom it does not say that they stay (S7). What
    it had decided on pupils who are not the school's or need no band is taken back. Raises
    RefusalError where somebody who left has come again since.
    """
    hold_places()
    locked = locked_return(pupil_return.pk)
    if seen and seen != str(locked.submitted_at):
        raise RefusalError(
            "The school has submitted this return again in the meantime. Read it first."
        )
    locked.move(ReturnState.ACCEPTED, by=by)
    # Not earlier: until it is accepted, that somebody left is only what the school says.
    left = take_leavers_off(locked, by) | take_back_on(locked)
    take_decisions_back(locked, by)
    tell_followers(left, by=by)
    tell_school(locked, NoticeKind.ACCEPTED, f"{locked.pk} {locked.submitted_at}")
    return locked


def take_back_on(pupil_return: Return) -> set[UUID]:
    """Pupils who were taken off at the end of the school year and of whom the return says that they
    stay are on the roll again, as they were (S7). Returns who.
    """
    staying = pupil_return.pupils.filter(change=PupilChange.STAYING_ON).values_list("pupil")
    last_day = last_day_before(pupil_return.collection.reference_date)
    off = ended_with_the_year().filter(pupil__in=staying, school=pupil_return.school, end=last_day)
    back = set(off.values_list("pupil", flat=True))
    placed_since = Placement.objects.since(last_day + DAY).filter(pupil__in=back)
    back -= set(placed_since.values_list("pupil", flat=True))
    for row in off.filter(pupil__in=back):
        row.end = end_before(row)
        row.save(update_fields=["end"])
    return back


def take_decisions_back(pupil_return: Return, by: User) -> None:
    """Of pupils who are not the school's or need no band, but for what moderation has settled."""
    told = pupil_return.pupils.filter(change__in=[PupilChange.NOT_OURS, PupilChange.NO_BAND])
    made = BandDecision.objects.filter(return_pupil__in=told, state=DecisionState.SUBMITTED)
    move_all(
        made.exclude(moderated_as__state=DecisionState.SUBMITTED), DecisionState.SUPERSEDED, by=by
    )


@verb
def return_for_correction(
    *,
    pupil_return: Return,
    by: User,
    reason: str,
    until: dt.date | None = None,
    about: Collection[ReturnPupil] = (),
) -> Return:
    """Send a submitted or accepted return back to its school, with a reason.

    What was submitted stays in force until the school submits again. Joiners placed meanwhile
    come onto it. `until` is the new deadline, needed where the present one has passed. The pupils
    the reason is `about` are marked with it, but for those who leave the return by going back.
    """
    hold_places()
    locked = locked_return(pupil_return.pk)
    if not reason.strip():
        raise RefusalError("Say what the school should correct.")
    locked.check_move(ReturnState.RETURNED)
    refuse_closed(locked)
    if locked.state == ReturnState.ACCEPTED:
        close_requests_of(locked, by=by)
    picked = pick_pupils(locked, about)
    if until is not None:
        _extend(locked, until)
    elif locked.is_late:
        raise RefusalError(
            f"The deadline was {day(locked.deadline)}. Enter a date to correct the return by."
        )
    longer = {} if until is None else {"extended_to": locked.extended_to}
    why = reason.strip()
    keep_as_sent(locked)
    locked.move(ReturnState.RETURNED, by=by, reason=why, returned_reason=why, **longer)
    put_refused_back(locked, by)
    follow_in(locked.collection, pupils_about(locked), by=by)
    mark_pupils(picked, message=reason.strip(), by=by)
    tell_sent_back(locked)
    return locked


@verb
def extend_deadline(*, pupil_return: Return, until: dt.date, by: User, reason: str = "") -> Return:
    """Give one school more time, to the end of a day. Raises RefusalError for a day too early.

    The school reads the reason.
    """
    locked = locked_return(pupil_return.pk)
    if locked.state not in OPEN_STATES:
        raise RefusalError("The school has submitted this return. It needs no more time.")
    refuse_closed(locked)
    _extend(locked, until)
    locked.save(update_fields=["extended_to"])
    why = reason.strip()
    locked.moves.create(kind=ReturnMoveKind.EXTENDED, moved_by=by, reason=why, until=until)
    return locked


def refuse_closed(pupil_return: Return) -> None:
    """Raise RefusalError where the school could do nothing with it: its collection is closed."""
    if pupil_return.collection.is_closed:
        raise RefusalError(closed_first(pupil_return.collection))


def _extend(pupil_return: Return, until: dt.date) -> None:
    today = timezone.localdate()
    if until < today:
        raise RefusalError("The new deadline must be today or later.")
    if until > today + YEAR:
        raise RefusalError(f"The new deadline must be {day(today + YEAR)} or earlier.")
    if until < pupil_return.collection.deadline:
        raise RefusalError(
            f"The new deadline must be {day(pupil_return.collection.deadline)} or later, "
            "the deadline for everybody."
        )
    pupil_return.extended_to = until
