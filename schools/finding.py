"""Pupils, schools and people, as whoever looks for them may see them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from banding_portal.finding.results import FEW, Found, Group, group_of, without_kind
from banding_portal.words import day_time, short_day
from schools.choices import ResourceState
from schools.contacts.selectors import contacts_matching
from schools.information_sheets.selectors import sheets_matching
from schools.models import (
    Contact,
    InformationSheet,
    Membership,
    PublishedQuestion,
    Query,
    Resource,
    School,
    TrainingSession,
    User,
)
from schools.queries.selectors import queries_matching, questions_matching
from schools.queries.views.asking import QueryList
from schools.resources.selectors import resources_matching
from schools.selectors.people import people_at_schools, people_matching
from schools.selectors.pupils import ALL, pupils_matching
from schools.selectors.register import schools_matching
from schools.training.selectors import ALL as ALL_TRAINING
from schools.training.selectors import training_matching
from schools.views.people import PersonList
from schools.views.pupils import PupilList
from schools.views.register import SchoolList


def find(user: User, text: str) -> Iterator[Group]:
    yield from find_pupils_and_people(user, text)
    yield from find_to_read(user, text)


def find_pupils_and_people(user: User, text: str) -> Iterator[Group]:
    if user.has_role(*PupilList.allowed_roles):
        named = {"q": without_kind(text, "pupil", "UPN")}
        pupils = pupils_matching(user, named, timezone.localdate())[: FEW + 1]
        more = f"{listed('pupil', named['q'])}&roll={ALL}"
        yield from group_of("Pupils", pupils, shown_pupil, more)
    schools = schools_matching(user, {"q": without_kind(text, "URN")})[: FEW + 1]
    more = listed("school", text) if user.has_role(*SchoolList.allowed_roles) else ""
    yield from group_of("Schools", schools, shown_school, more)
    if user.has_role(*PersonList.allowed_roles):
        people = people_matching({"q": text})[: FEW + 1]
        yield from group_of("People", people, shown_person, listed("person", text))
    else:
        at_own = people_at_schools(user, text)[: FEW + 1]
        yield from group_of("People at schools", at_own, shown_at_school)
    contacts = contacts_matching(user, text)[: FEW + 1]
    yield from group_of("Contacts of schools", contacts, shown_contact)


def find_to_read(user: User, text: str) -> Iterator[Group]:
    """Queries, and what the authority says to many."""
    wanted = {"q": text}
    if user.has_role(*QueryList.allowed_roles):
        queries = queries_matching(user, wanted)[: FEW + 1]
        yield from group_of("Queries", queries, shown_query, listed("query", text))
    trained = training_matching(user, wanted | {"when": ALL_TRAINING})
    for heading, rows, shown, noun in (
        ("Questions and answers", questions_matching(wanted), shown_question, "question"),
        ("Resources", resources_matching(user, wanted), shown_resource, "resource"),
        ("Training", trained, shown_training, "training"),
        ("Information sheets", sheets_matching(user, wanted), shown_sheet, "sheet"),
    ):
        more = listed(noun, text) + (f"&when={ALL_TRAINING}" if noun == "training" else "")
        yield from group_of(heading, rows[: FEW + 1], shown, more)


def listed(noun: str, text: str) -> str:
    """The list of all, as it is filtered by what is looked for."""
    return f"{reverse(f'schools:{noun}_list')}?{urlencode({'q': text})}"


def shown_training(session: TrainingSession) -> Found:
    when = day_time(session.starts_at) if session.starts_at else ""
    note = " · ".join(filter(None, (session.get_kind_display(), when)))
    return Found(session.title, reverse("schools:training_detail", args=[session.pk]), note)


def shown_sheet(sheet: InformationSheet) -> Found:
    note = f"{sheet.label or sheet.get_state_display()}"
    return Found(sheet.title, reverse("schools:sheet_detail", args=[sheet.pk]), note)


def shown_at_school(held: Membership) -> Found:
    return at_school(held.user.name, held.get_role_display(), held.school)


def shown_contact(contact: Contact) -> Found:
    return at_school(contact.name, contact.get_kind_display(), contact.school)


def at_school(name: str, what: str, school: School | None) -> Found:
    assert school is not None  # noqa: S101 - those at a school
    return Found(name, reverse("schools:school_detail", args=[school.pk]), f"{what} · {school}")


def shown_resource(resource: Resource) -> Found:
    where = f"Version {resource.version} · {resource.in_words}"
    if resource.state != ResourceState.PUBLISHED:
        where = f"{resource.get_state_display()} · {where}"
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
