"""The lock every change to a return takes first (rules.md B7, B8)."""

from uuid import UUID

from banding.choices import OPEN_STATES, ReturnState
from banding.models import Return, ReturnPupil
from banding_portal.refusals import RefusalError
from schools.models import School, User
from schools.selectors.successors import Successors


class ReturnClosedError(RefusalError):
    """Raised when a school wants to change a return that is not open to it."""


def locked_return(pk: UUID) -> Return:
    """The return with its row locked until the transaction ends; nobody else changes it.

    Raises ReturnClosedError, with where to go on, for one whose pupils have all moved from a
    school that closed (S1).
    """
    # Its own row alone: with the collection's, the schools would wait for each other. And first
    # of all, so that what is read of the collection then is no older than the lock.
    if not Return.everything.select_for_update().filter(pk=pk).values_list("pk").first():
        raise ReturnClosedError(
            "The authority has withdrawn this return. You do not need to do anything."
        )
    locked = Return.everything.select_related("collection__framework", "school").get(pk=pk)
    if locked.put_aside_at:
        raise ReturnClosedError(where_to_go_on(locked.school))
    return locked


def where_to_go_on(school: School) -> str:
    became = " or ".join(str(each) for each in Successors.read().of(school))
    if not became:
        return f"{school} has closed and has no pupils on this return any more."
    return (
        f"{school} has closed. Its pupils go on at {became}: open the return of that school, and "
        "enter or upload there what you wanted to here."
    )


def open_return(pk: UUID) -> Return:
    """The locked return, open for the school's changes; raises ReturnClosedError with why not."""
    pupil_return = locked_return(pk)
    reason = pupil_return.why_closed
    if reason:
        raise ReturnClosedError(reason)
    return pupil_return


def locked_row(pk: UUID) -> ReturnPupil:
    """A pupil on an open return whose lock is held; raises ReturnClosedError for one taken off."""
    found = ReturnPupil.objects.select_for_update(of=("self",)).select_related("pupil")
    row = found.filter(pk=pk).first()
    if row is None:
        raise ReturnClosedError(
            "This pupil is no longer on your return: the authority has placed them elsewhere."
        )
    return row


def mark_started(pupil_return: Return, by: User | None) -> None:
    """The first change to a return moves it to in progress; one that was sent back for correction
    stays so until it is submitted again.
    """
    if pupil_return.state not in OPEN_STATES:
        raise ReturnClosedError(pupil_return.why_closed)
    if pupil_return.state == ReturnState.NOT_STARTED:
        pupil_return.move(ReturnState.IN_PROGRESS, by=by)
