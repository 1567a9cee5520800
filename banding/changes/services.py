"""Accounting for pupils without a band: left, not ours, staying on, needs none (rules.md B7)."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Min

from banding.choices import PupilChange
from banding.models import ReturnPupil
from banding.returns.locks import locked_row, mark_started, open_return
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.models import Pupil, School, User
from schools.selectors.successors import Successors

HOW: dict[str, str] = {
    PupilChange.NOT_OURS: "is not your pupil",
    PupilChange.STAYING_ON: "is staying on",
    PupilChange.NO_BAND: "needs no band",
}


FARTHEST = dt.timedelta(days=366)
"""How long before or after a collection's reference date a pupil may have left."""


@verb
def account_for(
    *,
    return_pupil: ReturnPupil,
    change: str,
    change_date: dt.date | None = None,
    reason: str = "",
    destination: str = "",
    by: User,
) -> ReturnPupil:
    """Account for a pupil without a band: left on a date, not ours, or staying on (B7).

    A draft is kept for when this is undone; it is not submitted while the pupil has left or is
    not the school's. Raises RefusalError for a missing or impossible date or reason.
    """
    pupil_return = open_return(return_pupil.pupil_return_id)
    row = locked_row(return_pupil.pk)
    problem = problem_of_change(row, change, change_date, reason)
    if problem:
        raise RefusalError(problem)
    row.change = change
    row.change_date = change_date
    row.change_reason = reason.strip()
    row.destination = destination.strip() if change == PupilChange.LEFT else ""
    row.save(update_fields=["change", "change_date", "change_reason", "destination"])
    mark_started(pupil_return, by)
    return row


def problem_of_change(
    row: ReturnPupil, change: str, change_date: dt.date | None, reason: str
) -> str:
    """What is wrong with accounting for a pupil so, as a sentence; empty when nothing is."""
    name = row.pupil.forename
    if change not in PupilChange.values:
        return f"There is no change called “{change}”."
    if change == PupilChange.LEFT:
        if change_date is None:
            return f"Enter the date {name} left, like 31 1 2027"
        first = first_day_at(row.pupil, row.pupil_return.school)
        if first and change_date < first:
            return f"The date {name} left must be on or after {day(first)}, when {name} started"
        limit = row.pupil_return.collection.reference_date + FARTHEST
        if change_date >= limit:
            return f"Enter a date before {day(limit)}, the date {name} left or will leave"
        earliest = row.pupil_return.collection.reference_date - FARTHEST
        if change_date < earliest:
            return (
                f"Enter a date on or after {day(earliest)}. If {name} left before that, "
                f"choose “{PupilChange.NOT_OURS.label}”"
            )
        return ""
    if not reason.strip():
        return f"Say why {name} {HOW[change]}"
    return ""


def first_day_at(pupil: Pupil, school: School) -> dt.date | None:
    """The pupil's first day there, or at a school that became it (S1)."""
    schools = [school.pk, *(old.pk for old in Successors.read().before(school))]
    return pupil.placements.filter(school__in=schools).aggregate(first=Min("start"))["first"]


@verb
def clear_account(*, return_pupil: ReturnPupil, by: User) -> ReturnPupil:
    """Undo what accounted for a pupil; a draft made before is there again."""
    pupil_return = open_return(return_pupil.pupil_return_id)
    row = locked_row(return_pupil.pk)
    row.change, row.change_date, row.change_reason, row.destination = "", None, "", ""
    row.save(update_fields=["change", "change_date", "change_reason", "destination"])
    mark_started(pupil_return, by)
    return row


def account_for_many(rows: Sequence[ReturnPupil]) -> None:
    """Keep the changes set on these rows; checked before with `problem_of_change` (B7)."""
    fields = ["change", "change_date", "change_reason"]
    ReturnPupil.objects.bulk_update(rows, fields, batch_size=500)
