"""Accounting for pupils without a band: left, not ours, staying on, needs none (rules.md B7)."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from banding.changes.rules import ANSWER, NO_ANSWER, Answer
from banding.choices import PupilChange
from banding.leavers.rules import problem_of_last_day
from banding.leavers.selectors import placed_at
from banding.models import ReturnPupil
from banding.returns.locks import locked_row, mark_started, open_return
from banding_portal.reasons import is_reason
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import User

HOW: dict[str, str] = {
    PupilChange.NOT_OURS: "is not your pupil",
    PupilChange.STAYING_ON: "is staying on",
    PupilChange.NO_BAND: "needs no band",
}


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
    where_to = destination.strip() if change == PupilChange.LEFT else ""
    write_answer(row, Answer(change, change_date, reason.strip(), where_to))
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
        return problem_of_last_day(
            name,
            change_date,
            placed=placed_at(row.pupil_return.school, row.pupil_id),
            today=timezone.localdate(),
            reference=row.pupil_return.collection.reference_date,
        )
    if not reason.strip():
        return f"Say why {name} {HOW[change]}"
    if not is_reason(reason):
        return f"Say in a few words why {name} {HOW[change]}"
    return ""


@verb
def clear_account(
    *, return_pupil: ReturnPupil, by: User, back_to: Answer = NO_ANSWER
) -> ReturnPupil:
    """Undo what accounted for a pupil; a draft made before is there again, and so is the answer
    that it goes `back_to`.
    """
    pupil_return = open_return(return_pupil.pupil_return_id)
    row = locked_row(return_pupil.pk)
    write_answer(row, back_to)
    mark_started(pupil_return, by)
    return row


def write_answer(row: ReturnPupil, answer: Answer) -> None:
    """Whatever an officer said of the answer before is said of it alone."""
    row.change, row.change_date, row.change_reason, row.destination = answer
    row.is_refused = False
    row.save(update_fields=[*ANSWER, "is_refused"])


def account_for_many(rows: Sequence[ReturnPupil]) -> None:
    """Keep the changes set on these rows; checked before with `problem_of_change` (B7)."""
    for row in rows:
        row.is_refused = False
    fields = ["change", "change_date", "change_reason", "is_refused"]
    ReturnPupil.objects.bulk_update(rows, fields, batch_size=500)
