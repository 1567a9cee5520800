"""Telling of pupils who left at any time of the year, and what the authority makes of it (B12)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from banding.changes.selectors import answer_of
from banding.changes.services import account_for, clear_account
from banding.choices import LeaverState, PupilChange, ReturnState
from banding.leavers.actions import leaver_actions
from banding.leavers.ending import answer_before, end_stay
from banding.leavers.rules import problem_of_last_day
from banding.leavers.selectors import (
    answers_replaced,
    placed_at,
    replacing_words,
    rows_open_to,
    waiting_leaver,
)
from banding.models import Leaver, Return, ReturnPupil
from banding.returns.telling import tell_officers, tell_people_of
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO
from banding_portal.verbs import verb
from schools.models import Pupil, School, User
from schools.services.following import hold_places, tell_followers


@verb
def tell_leaver(
    *,
    school: School,
    pupil: Pupil,
    left_on: dt.date,
    destination: str = "",
    replaces: bool = False,
    by: User,
) -> Leaver:
    """Tell the authority that a pupil has left, or will; an officer takes them off the roll.

    Telling it again while it waits corrects the day. A return of the school that is open says so
    as well, so that nothing is asked twice. What it said else is kept with the leaver, and goes
    only where the person knows that this `replaces` it. Raises RefusalError for that, and for a
    day that cannot be.
    """
    if school.pk not in by.school_ids_as(*SENCO):
        raise RefusalError("Only the school’s own SENCO can report that a pupil has left.")
    hold_places()
    today = timezone.localdate()
    problem = problem_of_last_day(
        pupil.forename, left_on, placed=placed_at(school, pupil.pk), today=today
    )
    if problem:
        raise RefusalError(f"{problem}.", field="left_on")
    rows, waiting = rows_open_to(school, pupil.pk), waiting_leaver(school, pupil.pk)
    others = answers_replaced(rows, left_on, waiting)
    if others and not replaces:
        said = (f"{replacing_words(row, left_on)}." for row in others)
        raise RefusalError(*said, field="pupil")
    told = {
        "left_on": left_on,
        "destination": destination.strip(),
        "told_by": by,
        "told_at": timezone.now(),
        "replaced": kept_of(rows, others, waiting),
    }
    leaver, _ = Leaver.objects.update_or_create(
        school=school, pupil=pupil, state=LeaverState.WAITING, defaults=told
    )
    tell_officers(
        NoticeKind.REPORTED,
        school,
        key=str(leaver.pk),
        title="A school has reported a pupil who left",
        url_name="banding:leaver_list",
    )
    for row in rows:
        account_for(
            return_pupil=row,
            change=PupilChange.LEFT,
            change_date=left_on,
            destination=destination,
            by=by,
        )
    return leaver


def kept_of(
    rows: Sequence[ReturnPupil], others: Sequence[ReturnPupil], waiting: Leaver | None
) -> dict[str, Any]:
    """What to go back to by row: other answers, and what it took the place of when told first."""
    before: dict[str, Any] = waiting.replaced if waiting else {}
    cleared = {str(row.pk) for row in rows if not row.change}
    kept = {pk: was for pk, was in before.items() if pk not in cleared}
    for row in others:
        was = answer_of(row)._asdict()
        left = was["change_date"]
        kept[str(row.pk)] = was | {"change_date": left.isoformat() if left else None}
    return kept


@verb
def withdraw_leaver(*, leaver: Leaver, by: User) -> list[ReturnPupil]:
    """Undo telling it while nobody has dealt with it; returns where an answer is there again."""
    hold_places()
    locked = locked_leaver(leaver)
    leaver_actions(locked, by).require("withdraw")
    back = take_it_back(locked, by)
    locked.delete()
    return back


def take_it_back(leaver: Leaver, by: User) -> list[ReturnPupil]:
    """Off the open returns that say so as well; they say again what they said before."""
    rows = [
        row
        for row in rows_open_to(leaver.school, leaver.pupil_id)
        if (row.change, row.change_date) == (PupilChange.LEFT, leaver.left_on)
    ]
    back = [
        clear_account(return_pupil=row, by=by, back_to=answer_before(leaver, row)) for row in rows
    ]
    return [row for row in back if row.change]


@verb
def accept_leaver(*, leaver: Leaver, by: User) -> Leaver:
    """End the pupil's placement at the school on the day it gave; the school is told. Raises
    RefusalError where the pupil has come again since.
    """
    hold_places()
    locked = locked_leaver(leaver)
    leaver_actions(locked, by).require("accept")
    told = timezone.localdate(locked.told_at)
    end_stay(locked.school, locked.pupil, locked.left_on, told=told)
    locked.move(LeaverState.ACCEPTED, by=by)
    tell_followers([locked.pupil_id], by=by)
    tell(locked, NoticeKind.LEAVER_ACCEPTED)
    return locked


@verb
def refuse_leaver(*, leaver: Leaver, by: User, note: str) -> Leaver:
    """Leave the pupil on the school's roll; the school reads the note. RefusalError without one.

    A return that the school cannot change now may say so still; accepting it takes nobody off.
    """
    if not note.strip():
        raise RefusalError("Tell the school why the leaver is not accepted.")
    hold_places()
    locked = locked_leaver(leaver)
    leaver_actions(locked, by).require("refuse")
    hold_returns(locked)
    take_it_back(locked, by)
    said = ReturnPupil.objects.filter(pupil=locked.pupil_id, pupil_return__school=locked.school)
    said = said.filter(change=PupilChange.LEFT).exclude(pupil_return__state=ReturnState.ACCEPTED)
    closed = [row for row in said.select_related("pupil_return") if not row.pupil_return.is_open]
    ReturnPupil.objects.filter(pk__in=[row.pk for row in closed]).update(is_refused=True)
    locked.move(LeaverState.REFUSED, by=by, note=note.strip())
    tell(locked, NoticeKind.LEAVER_REFUSED)
    return locked


def hold_returns(leaver: Leaver) -> None:
    """Nobody submits meanwhile what is to be taken back from a return."""
    rows = ReturnPupil.objects.filter(pupil=leaver.pupil_id, pupil_return__school=leaver.school)
    held = Return.everything.select_for_update(of=("self",)).order_by("pk")
    list(held.filter(pk__in=list(rows.values_list("pupil_return", flat=True))))


def tell(leaver: Leaver, kind: NoticeKind) -> None:
    tell_people_of(leaver.school, kind, key=str(leaver.pk), url_name="banding:told_list")


def locked_leaver(leaver: Leaver) -> Leaver:
    found = Leaver.objects.select_for_update(of=("self",)).select_related("school", "pupil")
    locked = found.filter(pk=leaver.pk).first()
    if locked is None:
        raise RefusalError("The school has withdrawn this leaver.")
    return locked
