"""The authority answers: replies, notes, owner and due date, closing and opening again."""

import datetime as dt

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import clock_time
from banding_portal.working_days import is_working_day
from schools.choices import QueryMessageKind, QueryState
from schools.models import Query, QueryMessage, User
from schools.queries.actions import query_actions
from schools.queries.selectors import last_told, possible_owners, told_to_school
from schools.queries.services.asking import write
from schools.queries.services.common import due_after, locked_query, refuse_names
from schools.queries.services.telling import tell_askers

TAKEN_ON = (
    "{who} has taken this query on since you opened the page. If you answer it all the same, "
    "press the button again."
)
FARTHEST = dt.timedelta(days=366)


@verb
def reply_to_query(*, query: Query, text: str, seen: int, by: User) -> Query:
    """Answer a query; whoever asked is told.

    `seen` is the number of messages that whoever writes has read. Raises RefusalError where one
    came since, for two answers at once are worse than one.
    """
    locked = locked_query(query)
    query_actions(locked, by).require("reply")
    refuse_unseen(locked, seen)
    refuse_names(locked.school, by, text=text)
    answer(locked, text, by)
    if locked.state == QueryState.OPEN:
        locked.move(QueryState.ANSWERED, by=by)
    return locked


def refuse_unseen(query: Query, seen: int) -> None:
    if told_to_school(query) == seen:
        return
    last = last_told(query)
    who = (
        f"{last.written_by} wrote at {clock_time(last.written_at)}" if last else "Something changed"
    )
    raise RefusalError(f"{who}, while you were writing. Read that first, then send yours.")


def answer(query: Query, text: str, by: User) -> None:
    """Write a reply into a locked query, and tell of it."""
    message = write(query, QueryMessageKind.REPLY, text, by)
    query.answered_at = query.answered_at or timezone.now()
    query.owner = query.owner or by
    query.save(update_fields=["answered_at", "owner"])
    tell_askers(query, message)


@verb
def add_note(*, query: Query, text: str, by: User) -> QueryMessage:
    """What only those who answer read."""
    locked = locked_query(query)
    query_actions(locked, by).require("note")
    refuse_names(locked.school, by, text=text)
    return write(locked, QueryMessageKind.NOTE, text, by)


@verb
def arrange_query(
    *, query: Query, category: str, owner: User | None, due_on: dt.date, by: User
) -> Query:
    """Say what it is about, who answers it and by when. Raises RefusalError for somebody who does
    not answer that category, and for a day that is no working day or long past.
    """
    locked = locked_query(query)
    query_actions(locked, by).require("arrange")
    if due_on != locked.due_on:
        refuse_due_day(due_on)
    locked.category, locked.due_on = category, due_on
    if owner is not None and not possible_owners(locked).filter(pk=owner.pk).exists():
        about = locked.get_category_display()
        raise RefusalError(f"{owner} does not answer queries about “{about}”.", field="owner")
    locked.owner = owner
    locked.save(update_fields=["category", "due_on", "owner"])
    return locked


def refuse_due_day(due_on: dt.date) -> None:
    today = timezone.localdate()
    if not today <= due_on <= today + FARTHEST:
        raise RefusalError("Enter a day from today on, within a year.", field="due_on")
    if not is_working_day(due_on):
        raise RefusalError(
            "Enter a working day: that one is at a weekend or a bank holiday.", field="due_on"
        )


@verb
def take_query(*, query: Query, seen: str = "", by: User) -> Query:
    """Become its owner. `seen` is the key of the owner whom the person saw, empty for none.

    Raises RefusalError where somebody else has taken it on since.
    """
    locked = locked_query(query)
    query_actions(locked, by).require("take")
    if locked.owner and str(locked.owner_id) != seen:
        raise RefusalError(TAKEN_ON.format(who=locked.owner))
    locked.owner = by
    locked.save(update_fields=["owner"])
    return locked


@verb
def close_query(*, query: Query, text: str, seen: int | None = None, by: User) -> Query:
    """End it, with last words for the school; without any only where it has had an answer.

    `seen` is as of a reply: nobody closes what the school has just asked.
    """
    locked = locked_query(query)
    query_actions(locked, by).require("close")
    if seen is not None:
        refuse_unseen(locked, seen)
    if text.strip():
        refuse_names(locked.school, by, text=text)
        answer(locked, text, by)
    elif locked.state == QueryState.OPEN:
        raise RefusalError("Tell the school why it is closed.", field="text")
    locked.move(QueryState.CLOSED, by=by)
    return locked


@verb
def reopen_query(*, query: Query, by: User) -> Query:
    """A closed query waits again, as if it had been asked today."""
    locked = locked_query(query)
    query_actions(locked, by).require("reopen")
    locked.move(QueryState.OPEN, by=by, due_on=due_after(timezone.localdate()))
    return locked
