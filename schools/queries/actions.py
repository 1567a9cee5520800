"""What a person may do with a query: its school writes, closes and asks again; who answers it
replies, arranges, merges and closes.
"""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import COLLECTION_RUNNERS, QUERY_ANSWERERS, SCHOOL_ROLES
from schools.choices import QueryState
from schools.models import PublishedQuestion, Query, User
from schools.queries.selectors import answers, asks_for, others_of_school

ALREADY_YOURS = "You own this query already."
NOT_MERGED = "This query is not merged into another."
NO_REPLY = "Answer the query first."


def url_of(name: str, query: Query) -> str:
    return reverse(f"schools:query_{name}", args=[query.pk])


@actions_for.register
def query_actions(query: Query, user: User) -> Actions:
    if asks_for(user, query):
        return school_actions(query)
    return authority_actions(query, user) if answers(user, query) else Actions()


def merged_away(query: Query) -> list[str]:
    if query.state != QueryState.MERGED:
        return []
    return [f"This query was merged into “{query.merged_into}”: go on there."]


def school_actions(query: Query) -> Actions:
    over = merged_away(query)
    closed = ["This query is closed."] if query.state == QueryState.CLOSED else []
    return Actions(
        Action("write", "Send", url_of("detail", query), primary=True, why_not=over),
        Action("settle", "This is settled", url_of("settle", query), posts=True,
               why_not=over or closed),
    )  # fmt: skip


def authority_actions(query: Query, user: User) -> Actions:
    over = merged_away(query)
    closed = ["This query is closed. Open it again first."] * (query.state == QueryState.CLOSED)
    not_closed = [] if closed else ["This query is not closed."]
    owned = [ALREADY_YOURS] if query.owner_id == user.pk else []
    unmerged = [] if over else [NOT_MERGED]
    return Actions(
        Action("reply", "Send the reply", url_of("detail", query), primary=True,
               why_not=over or closed),
        Action("take", "Take it on", url_of("take", query), posts=True,
               hidden={"owner": str(query.owner_id or "")}, why_not=over or closed or owned),
        Action("arrange", "Change category, owner or due date", url_of("arrange", query),
               why_not=over or closed),
        Action("note", "Add an internal note", url_of("note", query), why_not=over),
        Action("merge", "Merge into another query", url_of("merge", query),
               why_not=over or closed or (lambda: nothing_to_merge(query, user))),
        Action("publish", "Publish the answer as a question", url_of("publish", query),
               why_not=over or ([] if query.answered_at else [NO_REPLY]))
        if user.has_role(*COLLECTION_RUNNERS) else None,
        Action("close", "Close without a further reply", url_of("close", query),
               why_not=over or closed),
        Action("reopen", "Open again", url_of("reopen", query), posts=True,
               why_not=over or not_closed),
        Action("separate", "Undo the merge", url_of("separate", query), posts=True,
               why_not=unmerged),
    )  # fmt: skip


def nothing_to_merge(query: Query, user: User) -> list[str]:
    if others_of_school(query, user).exists():
        return []
    return ["The school has no other open query."]


def on_queries(user: User) -> Actions:
    """What is done beside the list of queries."""
    asks = user.has_role(*SCHOOL_ROLES)
    enters = user.has_role(*QUERY_ANSWERERS)
    return Actions(
        Action("ask", "Ask a question", reverse("schools:query_create"), primary=True)
        if asks
        else None,
        Action("enter", "Enter a query for a school", reverse("schools:query_enter"))
        if enters
        else None,
    )


@actions_for.register
def question_actions(question: PublishedQuestion, user: User) -> Actions:
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    return Actions(
        Action("edit", "Change", reverse("schools:question_edit", args=[question.pk])),
        Action(
            "withdraw",
            "Take off the page",
            reverse("schools:question_withdraw", args=[question.pk]),
            posts=True,
        ),
    )
