"""Queries for lists, with their messages as one thread, and who may own one."""

import datetime as dt
from collections.abc import Collection as Several
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from banding_portal.roles import INCLUSION_PARTNER, SCHOOL_ROLES, SEND_OFFICER
from banding_portal.search import found_by
from schools.choices import Fact, QueryMessageKind, QueryState
from schools.models import (
    FormerFact,
    Membership,
    Placement,
    PublishedQuestion,
    Pupil,
    Query,
    QueryMessage,
    User,
)
from schools.naming import Known, known_before
from schools.queries.models import WAITING
from schools.queries.rules import (
    ANSWERED_BY,
    Asked,
    Times,
    categories_answered_by,
    times_by_category,
)

RELATED = ("school", "asked_by", "entered_by", "owner", "merged_into")
NOBODY, ME = "nobody", "me"


def queries_of(user: User) -> QuerySet[Query]:
    return Query.objects.visible_to(user).select_related(*RELATED)


def asks_for(user: User, query: Query) -> bool:
    """Whether the person is on the side of the school that asked."""
    return query.school_id in user.school_ids_as(*SCHOOL_ROLES)


def answers(user: User, query: Query) -> bool:
    """Whether the person answers it: nobody answers their own school."""
    if asks_for(user, query):
        return False
    if query.school_id in user.school_ids_as(*INCLUSION_PARTNER):
        return True
    return query.category in categories_answered_by(user.roles)


def queries_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[Query]:
    """Those that fit `q` (words of the subject, or a pupil's reference), `state`, `category`,
    `owner` and `school`; those waiting first, by the day their answer is due.
    """
    found = queries_of(user)
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    if wanted.get("category"):
        found = found.filter(category=wanted["category"])
    if wanted.get("school"):
        found = found.filter(school=wanted["school"])
    if wanted.get("owner") == NOBODY:
        found = found.filter(owner=None)
    elif wanted.get("owner") == ME:
        found = found.filter(owner=user)
    elif wanted.get("owner"):
        found = found.filter(owner=wanted["owner"])
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "folded") | Q(pupil_reference__iexact=text))
    waiting = Q(state__in=WAITING)
    return found.alias(waits=waiting).order_by(F("waits").desc(), "due_on", "created_at", "pk")


def thread_of(query: Query, user: User) -> list[QueryMessage]:
    """What was written in it and in those merged into it, oldest first; notes for who answers."""
    found = QueryMessage.objects.filter(Q(query=query) | Q(query__merged_into=query))
    if asks_for(user, query):
        found = found.exclude(kind=QueryMessageKind.NOTE)
    return list(found.select_related("written_by", "query").order_by("written_at", "pk"))


def told_to_school(query: Query) -> int:
    """How many messages both sides see: by this a reply knows whether it has seen the last."""
    found = QueryMessage.objects.filter(Q(query=query) | Q(query__merged_into=query))
    return found.exclude(kind=QueryMessageKind.NOTE).count()


def last_told(query: Query) -> QueryMessage | None:
    found = QueryMessage.objects.filter(Q(query=query) | Q(query__merged_into=query))
    told = found.exclude(kind=QueryMessageKind.NOTE).select_related("written_by")
    return told.order_by("written_at", "pk").last()


def possible_owners(query: Query) -> QuerySet[User]:
    """Who answers queries of the category, and the Inclusion Partners of the school."""
    officers = ANSWERED_BY[query.category] | SEND_OFFICER
    holders = Q(role__in=officers) | Q(role__in=INCLUSION_PARTNER, school=query.school_id)
    held = Membership.objects.current().filter(holders)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "email")


def others_of_school(query: Query, user: User) -> QuerySet[Query]:
    """Those of the same school into which it may be merged."""
    found = Query.objects.visible_to(user).filter(school=query.school_id)
    open_ones = found.filter(state__in=[QueryState.OPEN, QueryState.ANSWERED])
    return open_ones.exclude(pk=query.pk).select_related("school").order_by("-asked_on", "subject")


def pupils_known(school_ids: Several[UUID]) -> list[Known]:
    """What a text may tell of the pupils whom the schools have or had, by what they were called
    before as well.
    """
    placed = Placement.objects.filter(school__in=school_ids).values("pupil")
    rows = Pupil.everything.filter(pk__in=placed)
    now = [Known(*row) for row in rows.values_list("forename", "surname", "date_of_birth")]
    names = FormerFact.objects.filter(kind=Fact.NAME, pupil__in=placed)
    before = names.values_list("value", "pupil__date_of_birth")
    return now + [known_before(name, born) for name, born in before]


def pupil_at(school_id: Any, text: str) -> Pupil | None:
    """The pupil of the school with a reference or UPN."""
    placed = Placement.objects.filter(school=school_id).values("pupil")
    found = Pupil.objects.filter(Q(reference__iexact=text) | Q(upn__iexact=text), pk__in=placed)
    return found.first()


def person_called(school_id: Any, name: str) -> User | None:
    """Who works for the school under that name, where one person does."""
    held = Membership.objects.current().filter(role__in=SCHOOL_ROLES, school=school_id)
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    found = people.filter(name__iexact=" ".join(name.split()))[:2]
    return found[0] if len(found) == 1 else None


def person_at(school_id: Any, email: str) -> User | None:
    """Who works for the school, by the email address of their account."""
    held = Membership.objects.current().filter(role__in=SCHOOL_ROLES, school=school_id)
    found = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return found.filter(email__iexact=email).first()


def questions_matching(wanted: Mapping[str, Any]) -> QuerySet[PublishedQuestion]:
    found = PublishedQuestion.objects.all()
    if wanted.get("category"):
        found = found.filter(category=wanted["category"])
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "folded"))
    return found


def report_of(user: User, since: dt.date, within: int) -> list[Times]:
    """Times to answer the queries asked from a day on; of several merged into one, that one."""
    rows = (
        Query.objects.visible_to(user).filter(asked_on__gte=since).exclude(state=QueryState.MERGED)
    )
    asked = [
        Asked(
            category=category,
            asked_on=day,
            answered_on=timezone.localdate(answered) if answered else None,
            is_waiting=state in WAITING,
        )
        for category, day, answered, state in rows.values_list(
            "category", "asked_on", "answered_at", "state"
        )
    ]
    return times_by_category(asked, within)
