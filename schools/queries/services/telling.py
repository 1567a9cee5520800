"""Tell whoever asked that their query was answered, and whoever answers that one came in. Nothing
that somebody typed is in it (R3).
"""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.words import day
from schools.choices import QueryMessageKind
from schools.models import Query, QueryMessage, User
from schools.queries.selectors import answers, possible_owners


def tell_askers(query: Query, message: QueryMessage) -> None:
    """Those who asked it or one merged into it, or wrote in it for the school, once a reply."""
    people = {person.pk for person in askers_of(query)}
    happening = Happening(
        people,
        key=str(message.pk),
        title=f"Your query of {day(query.asked_on)} was answered",
        path=reverse("schools:query_detail", args=[query.pk]),
        school=str(query.school),
    )
    notify(NoticeKind.QUERY, [happening])


def tell_answerers(query: Query, message: QueryMessage, by: User) -> None:
    """Whose it is, and of one that is nobody’s everybody who answers it; but whoever wrote it."""
    could: Iterable[User] = [query.owner] if query.owner else possible_owners(query)
    people = {person.pk for person in could if person != by and answers(person, query)}
    is_first = query.messages.count() == 1
    happening = Happening(
        people,
        key=str(message.pk),
        title="A query came in" if is_first else f"More about the query of {day(query.asked_on)}",
        path=reverse("schools:query_detail", args=[query.pk]),
        school=str(query.school),
    )
    notify(NoticeKind.QUERY_IN, [happening])


def askers_of(query: Query) -> list[User]:
    """As far as they may still sign in and see it; who entered it for them did not ask."""
    together = Query.objects.filter(Q(pk=query.pk) | Q(merged_into=query))
    wrote = QueryMessage.objects.filter(query__in=together, kind=QueryMessageKind.QUESTION)
    people = User.objects.filter(
        Q(pk__in=together.values("asked_by")) | Q(pk__in=wrote.values("written_by")),
        is_active=True,
    ).exclude(pk__in=together.exclude(entered_by=None).values("entered_by"))
    return [each for each in people if Query.objects.visible_to(each).filter(pk=query.pk).exists()]
