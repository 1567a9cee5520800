"""Queries on the home page: to be answered, and what one's own school waits for."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from banding_portal.counting import counts_for
from banding_portal.due import DueItem
from banding_portal.roles import QUERY_ANSWERERS, SCHOOL_ROLES
from banding_portal.words import number
from schools.choices import QueryState
from schools.models import Query, User


def query_items(user: User) -> Iterator[DueItem]:
    if user.has_role(*QUERY_ANSWERERS):
        yield from items_to_answer(user)
    if user.has_role(*SCHOOL_ROLES):
        yield from items_waiting(user)


def items_to_answer(user: User) -> Iterator[DueItem]:
    """One line, with how many are one's own and how many are late. It is due when the first is that
    one owns, or nobody does: who owns another is told of it themselves.
    """
    today = timezone.localdate()
    found = Query.objects.to_answer(user).aggregate(
        count=Count("pk"),
        mine=Count("pk", filter=Q(owner=user)),
        late=Count("pk", filter=Q(due_on__lt=today)),
        due=Min("due_on", filter=Q(owner=user) | Q(owner=None)),
    )
    if found["count"]:
        parts = [counted(found["count"])]
        parts += [f"{number(found['mine'])} of them yours"] * bool(found["mine"])
        parts += [f"{number(found['late'])} late"] * bool(found["late"])
        yield DueItem(
            title="Queries to answer",
            text=", ".join(parts),
            url=f"{reverse('schools:query_list')}?state={QueryState.OPEN}",
            action="Answer them",
            due_on=found["due"],
        )


def items_waiting(user: User) -> Iterator[DueItem]:
    if count := counts_for(user).get("own_queries"):
        yield DueItem(
            title="Your queries",
            text=f"{counted(count)} waiting for the authority’s answer",
            url=reverse("schools:query_list"),
            action="See them",
            is_for_others=True,
        )


def counted(count: int) -> str:
    return "1 query" if count == 1 else f"{count:,} queries"


def work_of(person: User) -> list[DueItem]:
    """What a person has taken on and somebody else could answer."""
    owned = Query.objects.filter(owner=person, state=QueryState.OPEN).count()
    if not owned:
        return []
    url = f"{reverse('schools:query_list')}?owner={person.pk}&state={QueryState.OPEN}"
    return [DueItem("Queries", f"{counted(owned)} to answer", url, "See them")]
