"""The lock every change to a return takes first (rules.md B7, B8)."""

from uuid import UUID

from banding.choices import ReturnState
from banding.models import Return, ReturnPupil
from banding_portal.refusals import RefusalError
from schools.models import User


class ReturnClosedError(RefusalError):
    """Raised when a school wants to change a return that is not open to it."""


def locked_return(pk: UUID) -> Return:
    """The return with its row locked until the transaction ends; nobody else changes it."""
    # Its own row alone: with the collection's, the schools would wait for each other.
    found = Return.objects.select_for_update(of=("self",))
    return found.select_related("collection__framework", "school").get(pk=pk)


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
    """The first change to a return moves it to in progress."""
    if pupil_return.state != ReturnState.IN_PROGRESS:
        pupil_return.move(ReturnState.IN_PROGRESS, by=by)
