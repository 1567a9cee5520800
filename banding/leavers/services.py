"""Telling of pupils who left at any time of the year, and what the authority makes of it (B12)."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from banding.changes.services import account_for, clear_account
from banding.choices import OPEN_STATES, LeaverState, PupilChange
from banding.leavers.actions import leaver_actions
from banding.leavers.rules import problem_of_last_day
from banding.models import Leaver, ReturnPupil
from banding.returns.services import end_at
from banding.returns.telling import tell_officers, tell_people_of
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO
from banding_portal.verbs import verb
from schools.models import Pupil, School, User
from schools.services.following import hold_places, tell_followers


@verb
def tell_leaver(
    *, school: School, pupil: Pupil, left_on: dt.date, destination: str = "", by: User
) -> Leaver:
    """Tell the authority that a pupil has left, or will; an officer takes them off the roll.

    Telling it again while it waits corrects the day. A return of the school that is open says so
    as well, so that nothing is asked twice. Raises RefusalError for a day that cannot be.
    """
    if school.pk not in by.school_ids_as(*SENCO):
        raise RefusalError("Only the school’s own SENCO can report that a pupil has left.")
    starts = list(pupil.placements.filter(school=school).values_list("start", flat=True))
    problem = problem_of_last_day(
        pupil.forename, left_on, starts=starts, today=timezone.localdate()
    )
    if problem:
        raise RefusalError(f"{problem}.", field="left_on")
    told = {"left_on": left_on, "destination": destination.strip(), "told_by": by}
    leaver, _ = Leaver.objects.update_or_create(
        school=school, pupil=pupil, state=LeaverState.WAITING, defaults=told
    )
    tell_officers(
        NoticeKind.REPORTED,
        school,
        key=str(leaver.pk),
        title="A pupil who left is reported",
        url_name="banding:leaver_list",
    )
    for row in rows_open_to(school, pupil.pk):
        account_for(
            return_pupil=row,
            change=PupilChange.LEFT,
            change_date=left_on,
            destination=destination,
            by=by,
        )
    return leaver


def rows_open_to(school: School, pupil: UUID) -> list[ReturnPupil]:
    """Where the school may still answer for the pupil, in one order."""
    rows = ReturnPupil.objects.filter(
        pupil=pupil, pupil_return__school=school, pupil_return__state__in=OPEN_STATES
    ).select_related("pupil_return__collection")
    return [row for row in rows.order_by("pupil_return") if row.pupil_return.is_open]


@verb
def withdraw_leaver(*, leaver: Leaver, by: User) -> None:
    """Undo telling it while nobody has dealt with it."""
    locked = locked_leaver(leaver)
    leaver_actions(locked, by).require("withdraw")
    take_it_back(locked, by)
    locked.delete()


def take_it_back(leaver: Leaver, by: User) -> None:
    """Off the open returns that say so as well."""
    for row in rows_open_to(leaver.school, leaver.pupil_id):
        if (row.change, row.change_date) == (PupilChange.LEFT, leaver.left_on):
            clear_account(return_pupil=row, by=by)


@verb
def accept_leaver(*, leaver: Leaver, by: User) -> Leaver:
    """End the pupil's placement at the school on the day it gave; the school is told."""
    hold_places()
    locked = locked_leaver(leaver)
    leaver_actions(locked, by).require("accept")
    end_at(locked.school, locked.pupil_id, locked.left_on)
    locked.move(LeaverState.ACCEPTED, by=by)
    tell_followers([locked.pupil_id], by=by)
    tell(locked, NoticeKind.LEAVER_ACCEPTED)
    return locked


@verb
def refuse_leaver(*, leaver: Leaver, by: User, note: str) -> Leaver:
    """Leave the pupil on the school's roll; the school reads the note. RefusalError without one."""
    if not note.strip():
        raise RefusalError("Tell the school why the leaver is not accepted.")
    locked = locked_leaver(leaver)
    leaver_actions(locked, by).require("refuse")
    take_it_back(locked, by)
    locked.move(LeaverState.REFUSED, by=by, note=note.strip())
    tell(locked, NoticeKind.LEAVER_REFUSED)
    return locked


def tell(leaver: Leaver, kind: NoticeKind) -> None:
    tell_people_of(leaver.school, kind, key=str(leaver.pk), url_name="banding:told_list")


def locked_leaver(leaver: Leaver) -> Leaver:
    found = Leaver.objects.select_for_update(of=("self",)).select_related("school", "pupil")
    locked = found.filter(pk=leaver.pk).first()
    if locked is None:
        raise RefusalError("The school has withdrawn this leaver.")
    return locked
