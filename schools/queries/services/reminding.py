"""Remind whoever answers of queries that are due, or late (rules.md R10). Nothing that somebody
typed is in it (R3).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.urls import reverse

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import Happening, notify
from banding_portal.verbs import verb
from banding_portal.words import day
from banding_portal.working_days import is_working_day, working_day_before
from schools.choices import QueryState
from schools.models import Query
from schools.queries.selectors import NOBODY, answers, possible_owners


@verb
def remind_of_queries(*, on: dt.date) -> int:
    """The owner hears the working day before an answer is due and once it is late; of late ones
    without an owner everybody hears who answers them. Once each, however often it is run. Returns
    of how many things somebody is told.
    """
    if not is_working_day(on):
        return 0
    waiting = Query.objects.filter(state=QueryState.OPEN).select_related("school", "owner")
    owned: list[Query] = []
    lone: list[Query] = []
    for query in waiting.order_by("due_on", "pk"):
        has_owner = query.owner is not None and answers(query.owner, query)
        (owned if has_owner else lone).append(query)
    told = [*to_owners(owned, on), *to_everybody(lone, on)]
    notify(NoticeKind.QUERY_DUE, told)
    return len(told)


def to_owners(queries: Sequence[Query], on: dt.date) -> Iterator[Happening]:
    for query in queries:
        late = query.due_on < on
        if not late and on < working_day_before(query.due_on, 1):
            continue
        assert query.owner_id is not None  # noqa: S101 - those with an owner
        said = "was" if late else "is"
        yield Happening(
            [query.owner_id],
            key=f"{said} {query.pk} {query.due_on}",
            title=due_words(said, query.due_on),
            path=reverse("schools:query_detail", args=[query.pk]),
            school=query.school.name,
        )


def to_everybody(queries: Sequence[Query], on: dt.date) -> Iterator[Happening]:
    """One a day on which answers were due, to those who answer any of them."""
    people: dict[dt.date, set[UUID]] = defaultdict(set)
    for query in queries:
        if query.due_on < on:
            able = (each for each in possible_owners(query) if answers(each, query))
            people[query.due_on] |= {each.pk for each in able}
    path = f"{reverse('schools:query_list')}?owner={NOBODY}&state={QueryState.OPEN}"
    for due_on, able_people in people.items():
        yield Happening(
            able_people,
            key=f"{NOBODY} {due_on}",
            title=nobody_words(due_on),
            path=path,
        )


def due_words(said: str, due_on: dt.date) -> str:
    return f"Your answer to a query {said} due on {day(due_on)}"


def nobody_words(due_on: dt.date) -> str:
    return f"Nobody has taken on a query that was due on {day(due_on)}"


def is_still_so(notice: Notice) -> bool:
    """Whether the answer is still due on that day, and from whoever is reminded of it."""
    said, *about = notice.key.split()
    waiting = Query.objects.filter(state=QueryState.OPEN)
    if said == NOBODY:
        return waiting.filter(due_on=about[0], owner=None).exists()
    pk, due_on = about
    return waiting.filter(pk=pk, due_on=due_on, owner=notice.recipient_id).exists()
