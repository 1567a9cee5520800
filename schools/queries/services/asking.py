"""A school asks, writes again, or is content; the authority enters what came by post."""

import datetime as dt

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import QUERY_ANSWERERS, SCHOOL_ROLES
from banding_portal.verbs import verb
from schools.choices import QueryMessageKind, QueryState, QueryWay
from schools.models import Query, QueryMessage, School, User
from schools.queries.actions import query_actions
from schools.queries.places import Place
from schools.queries.rules import problem_of_asker
from schools.queries.selectors import person_at, person_called
from schools.queries.services.common import due_after, locked_query, reference_of, refuse_names
from schools.queries.services.telling import tell_answerers

NOT_YOUR_SCHOOL = "Ask for a school that you work for."
NOT_FOR_IT = "You do not answer queries of this school."
OLDEST = dt.timedelta(days=366)


@verb
def ask_query(
    *, school: School, category: str, subject: str, text: str, pupil: str, place: Place, by: User
) -> Query:
    """Ask the authority for one's own school; returns the query, which waits.

    Raises RefusalError where a text names a pupil, and for a pupil the school does not have.
    """
    if school.pk not in by.school_ids_as(*SCHOOL_ROLES):
        raise RefusalError(NOT_YOUR_SCHOOL, field="school")
    refuse_names(school, by, subject=subject, text=text)
    today = timezone.localdate()
    query = Query.objects.create(
        school=school,
        category=category,
        subject=subject.strip(),
        pupil_reference=reference_of(school, pupil),
        asked_by=by,
        asked_on=today,
        due_on=due_after(today),
        page=place.path,
        page_title=place.title,
        collection_name=place.about.collection,
        attached=place.about.attached,
    )
    ask(query, text, by)
    return query


@verb
def enter_query(
    *,
    school: School,
    category: str,
    subject: str,
    text: str,
    pupil: str,
    came_by: str,
    asked_on: dt.date,
    name: str,
    email: str,
    collection: str = "",
    by: User,
) -> Query:
    """Enter what a school asked by telephone, post or email; whoever has an account is told the
    answer. Raises RefusalError as `ask_query` does, and for a day that cannot be.
    """
    if not by.has_role(*QUERY_ANSWERERS) or not sees(by, school):
        raise RefusalError(NOT_FOR_IT, field="school")
    today = timezone.localdate()
    if not today - OLDEST <= asked_on <= today:
        raise RefusalError(
            "Enter a day within the last year, today at the latest.", field="asked_on"
        )
    asked_by = person_at(school.pk, email.strip()) if email.strip() else None
    if email.strip() and asked_by is None:
        raise RefusalError(f"Nobody who works for {school} has that address.", field="email")
    asked_by = asked_by or person_called(school.pk, name)
    if asked_by is None and (problem := problem_of_asker(name)):
        raise RefusalError(f"{problem}.", field="name")
    refuse_names(school, by, subject=subject, text=text)
    if asked_by is None:
        refuse_names(school, by, name=name)
    query = Query.objects.create(
        school=school,
        category=category,
        subject=subject.strip(),
        pupil_reference=reference_of(school, pupil),
        asked_by=asked_by,
        asked_by_name=name.strip(),
        came_by=QueryWay(came_by),
        entered_by=by,
        asked_on=asked_on,
        due_on=due_after(asked_on),
        collection_name=collection,
    )
    ask(query, text, by)
    return query


def sees(user: User, school: School) -> bool:
    return School.objects.visible_to(user).filter(pk=school.pk).exists()


@verb
def write_more(*, query: Query, text: str, by: User) -> Query:
    """The school writes again; a query that was answered or closed waits again."""
    locked = locked_query(query)
    query_actions(locked, by).require("write")
    refuse_names(locked.school, by, text=text)
    ask(locked, text, by)
    if locked.state != QueryState.OPEN:
        locked.move(QueryState.OPEN, by=by, due_on=due_after(timezone.localdate()))
    return locked


@verb
def settle_query(*, query: Query, by: User) -> Query:
    """The school says that nothing is left to answer."""
    locked = locked_query(query)
    query_actions(locked, by).require("settle")
    locked.move(QueryState.CLOSED, by=by)
    return locked


def ask(query: Query, text: str, by: User) -> None:
    tell_answerers(query, write(query, QueryMessageKind.QUESTION, text, by), by)


def write(query: Query, kind: str, text: str, by: User) -> QueryMessage:
    return QueryMessage.objects.create(query=query, kind=kind, text=text.strip(), written_by=by)
