"""The lock every change to a return takes first (rules.md B7, B8)."""

from uuid import UUID

from banding.choices import OPEN_STATES, ReturnState
from banding.models import Return
from banding_portal.words import day


class ReturnError(ValueError):
    """Raised when a return cannot do what was asked."""


class ReturnClosedError(ReturnError):
    """Raised when a school wants to change a return that is not open to it."""


def locked_return(pk: UUID) -> Return:
    """The return with its row locked until the transaction ends; nobody else changes it."""
    # Its own row alone: with the collection's, the schools would wait for each other.
    found = Return.objects.select_for_update(of=("self",))
    return found.select_related("collection__framework", "school").get(pk=pk)


def open_return(pk: UUID) -> Return:
    """The locked return, open for the school's changes; raises ReturnClosedError with why not."""
    pupil_return = locked_return(pk)
    reason = why_closed(pupil_return)
    if reason:
        raise ReturnClosedError(reason)
    return pupil_return


def why_closed(pupil_return: Return) -> str:
    """Why the school may not change the return now, as a sentence; empty when it may."""
    collection = pupil_return.collection
    if pupil_return.state == ReturnState.SUBMITTED:
        return (
            "This return has been submitted. Ask the authority to return it if it needs a change."
        )
    if pupil_return.state not in OPEN_STATES:
        return "The authority has accepted this return. It cannot change now."
    if collection.closed_at is not None:
        return f"{collection.name} is closed."
    if pupil_return.is_late:
        return (
            f"The deadline was {day(pupil_return.deadline)}. "
            "Ask the authority for more time if you need it."
        )
    if not pupil_return.is_open:
        return f"{collection.name} opens on {day(collection.opens_on)}."
    return ""


def mark_started(pupil_return: Return) -> None:
    """The first change to a return moves it to in progress."""
    if pupil_return.state != ReturnState.IN_PROGRESS:
        pupil_return.move_to(ReturnState.IN_PROGRESS)
        pupil_return.save(update_fields=["state"])
