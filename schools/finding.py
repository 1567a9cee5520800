"""Pupils, schools and people, as whoever looks for them may see them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from banding_portal.finding.results import FEW, Found, Group, group_of
from banding_portal.words import short_day
from schools.models import PublishedQuestion, Query, Resource, School, User
from schools.queries.selectors import queries_matching, questions_matching
from schools.queries.views.asking import QueryList
from schools.resources.selectors import resources_matching
from schools.selectors.people import people_matching
from schools.selectors.pupils import ALL, pupils_matching
from schools.selectors.register import schools_matching
from schools.views.people import PersonList
from schools.views.pupils import PupilList
from schools.views.register import SchoolList


def find(user: User, text: str) -> Iterator[Group]:
    wanted, query = {"q": text}, urlencode({"q": text})
    if user.has_role(*PupilList.allowed_roles):
        pupils = pupils_matching(user, wanted, timezone.localdate())[: FEW + 1]
        more = f"{reverse('schools:pupil_list')}?{query}&roll={ALL}"
        yield from group_of("Pupils", pupils, shown_pupil, more)
    schools = schools_matching(user, wanted)[: FEW + 1]
    may_list = user.has_role(*SchoolList.allowed_roles)
    more = f"{reverse('schools:school_list')}?{query}" if may_list else ""
    yield from group_of("Schools", schools, shown_school, more)
    if user.has_role(*PersonList.allowed_roles):
        people = people_matching(wanted)[: FEW + 1]
        more = f"{reverse('schools:person_list')}?{query}"
        yield from group_of("People", people, shown_person, more)

    if user.has_role(*QueryList.allowed_roles):
        queries = queries_matching(user, wanted)[: FEW + 1]
        more = f"{reverse('schools:query_list')}?{query}"
        yield from group_of("Queries", queries, shown_query, more)
    questions, more = questions_matching(wanted)[: FEW + 1], reverse("schools:question_list")
    yield from group_of("Questions and answers", questions, shown_question, f"{more}?{query}")
    resources = resources_matching(user, wanted)[: FEW + 1]
    more = f"{reverse('schools:resource_list')}?{query}"
    yield from group_of("Resources", resources, shown_resource, more)


def shown_resource(resource: Resource) -> Found:
    where = f"Version {resource.version} · {resource.in_words}"
    return Found(resource.title, reverse("schools:resource_detail", args=[resource.pk]), where)


def shown_query(query: Query) -> Found:
    where = f"{query.school} · {query.get_state_display()}"
    return Found(query.subject, reverse("schools:query_detail", args=[query.pk]), where)


def shown_question(question: PublishedQuestion) -> Found:
    where = f"{reverse('schools:question_list')}?{urlencode({'q': question.question})}"
    return Found(question.question, where, question.get_category_display())


def shown_pupil(pupil: Any) -> Found:
    at = pupil.school_name or "Not placed"
    if pupil.left_on:
        at = f"{at}, until {short_day(pupil.left_on)}"
    url = reverse("schools:pupil_detail", args=[pupil.pk])
    return Found(pupil.display_name, url, f"{pupil.reference} · {at}")


def shown_school(school: School) -> Found:
    where = " · ".join(filter(None, (school.urn, school.town)))
    return Found(school.name, reverse("schools:school_detail", args=[school.pk]), where)


def shown_person(person: User) -> Found:
    return Found(str(person), reverse("schools:person_detail", args=[person.pk]), person.email)
