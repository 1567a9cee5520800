"""Tell whoever asked that their query was answered. Nothing that somebody typed is in it (R3)."""

from django.db.models import Q
from django.urls import reverse

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.words import day
from schools.choices import QueryMessageKind
from schools.models import Query, QueryMessage, User


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


def askers_of(query: Query) -> list[User]:
    """As far as they may still sign in and see it; who entered it for them did not ask."""
    together = Query.objects.filter(Q(pk=query.pk) | Q(merged_into=query))
    wrote = QueryMessage.objects.filter(query__in=together, kind=QueryMessageKind.QUESTION)
    people = User.objects.filter(
        Q(pk__in=together.values("asked_by")) | Q(pk__in=wrote.values("written_by")),
        is_active=True,
    ).exclude(pk__in=together.exclude(entered_by=None).values("entered_by"))
    return [each for each in people if Query.objects.visible_to(each).filter(pk=query.pk).exists()]
