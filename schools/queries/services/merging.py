"""Two queries of a school about the same are answered as one."""

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.choices import QueryMessageKind, QueryState
from schools.models import Query, User
from schools.queries.actions import query_actions
from schools.queries.selectors import others_of_school
from schools.queries.services.common import locked_query


@verb
def merge_query(*, query: Query, into: Query, by: User) -> Query:
    """What is asked in `query` is answered in `into` from now on, and both askers are told.

    Raises RefusalError for a query of another school, one that is over, and where an asker could
    not read the other.
    """
    lock_both(query, into)
    locked, other = locked_query(query), locked_query(into)
    query_actions(locked, by).require("merge")
    if not others_of_school(locked, by).filter(pk=other.pk).exists():
        raise RefusalError("Choose an open query of the same school.", field="into")
    refuse_unreadable(locked, other)
    Query.objects.filter(merged_into=locked).update(merged_into=other)
    if locked.is_waiting and other.state == QueryState.ANSWERED:
        other.move(QueryState.OPEN, by=by)
    locked.move(QueryState.MERGED, by=by, merged_into=other)
    return other


def lock_both(*queries: Query) -> None:
    """In one order, so that two merges the opposite ways wait for each other."""
    wanted = [query.pk for query in queries]
    list(Query.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values("pk"))


def refuse_unreadable(query: Query, into: Query) -> None:
    asker = query.asked_by
    if asker is None:
        return
    seen = set(Query.objects.visible_to(asker).filter(pk__in=[query.pk, into.pk]))
    if query in seen and into not in seen:
        raise RefusalError(
            f"{asker}, who asked this, may not read the other query. Answer each by itself."
        )


@verb
def separate_query(*, query: Query, by: User) -> Query:
    """Take a query out of the one it was merged into; it stands as before."""
    locked = locked_query(query)
    query_actions(locked, by).require("separate")
    locked.move(state_by_messages(locked), by=by, merged_into=None)
    return locked


def state_by_messages(query: Query) -> str:
    """Waiting until the last that was written between both sides is an answer."""
    said = query.messages.exclude(kind=QueryMessageKind.NOTE).order_by("written_at").last()
    is_answered = query.answered_at and (said is None or said.is_reply)
    return QueryState.ANSWERED if is_answered else QueryState.OPEN
