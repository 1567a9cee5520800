"""Who asked a query that is entered, what it is called, when it is whose, and times in words."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from schools.models import Query
from schools.queries.due import query_items
from schools.queries.rules import days_words, problem_of_asker
from tests.factories import (
    CollectionFactory,
    PupilFactory,
    QueryFactory,
    ReturnFactory,
    SchoolFactory,
    person,
)
from tests.pages import flat

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "–"),
        (0, "The same day"),
        (1.0, "1 working day"),
        (2.5, "2.5 working days"),
        (251, "251 working days"),
    ],
)
def test_times_in_words(days, words):
    assert days_words(days) == words


@pytest.mark.parametrize(
    "name", ["x", "???", "12345", "n/a", "Unknown", "a@b.org", "<b>Ada</b>", ""]
)
def test_what_is_nobody(name):
    assert problem_of_asker(name)


@pytest.mark.parametrize("name", ["Jo", "Ada Byron", "The school office", "Zoë O’Brien-Li"])
def test_who_may_have_asked(name):
    assert problem_of_asker(name) == ""


def entered(school, **given):
    day = {"asked_on_0": TODAY.day, "asked_on_1": TODAY.month, "asked_on_2": TODAY.year}
    usual = {
        "school": str(school.pk),
        "came_by": "telephone",
        "name": "The school office",
        "category": "bands",
        "subject": "A level",
        "text": "Which one?",
    }
    return usual | day | given


@pytest.mark.django_db
def test_who_asked_is_checked_and_found(sign_in, school):
    ada = person(Role.SENCO, school=school, name="Ada Byron")
    PupilFactory(school=school, forename="Amira", surname="Khan")
    client, url = sign_in(Role.SEND_OFFICER), reverse("schools:query_enter")
    for name, said in (("12345", "Enter who asked"), ("Amira Khan", "Take out the name")):
        page = client.post(url, entered(school, name=name))
        assert said in str(page.context["form"].errors["name"])
    assert not Query.objects.exists()
    client.post(url, entered(school, name="ada  byron"))
    assert Query.objects.get().asked_by == ada


@pytest.mark.django_db
def test_queries_to_merge_into_have_number_school_and_day(sign_in, school):
    query, other = QueryFactory(school=school), QueryFactory(school=school, subject="Another")
    page = sign_in(Role.SEND_OFFICER).get(reverse("schools:query_merge", args=[query.pk]))
    assert f"{other.number}: Another, {school}, asked {TODAY.day} " in flat(page.text)
    shown = sign_in(Role.SEND_OFFICER).get(reverse("schools:query_detail", args=[other.pk]))
    assert other.number in shown.text


@pytest.mark.django_db
def test_late_query_of_somebody_else_is_not_due_from_oneself(school):
    officer, other = person(Role.SEND_OFFICER), person(Role.SEND_OFFICER)
    late = TODAY - dt.timedelta(days=7)
    QueryFactory(school=school, category="bands", owner=other, due_on=late)
    [item] = query_items(officer)
    assert item.due_on is None
    QueryFactory(school=school, category="bands", owner=officer, due_on=TODAY)
    [item] = query_items(officer)
    assert item.due_on == TODAY


@pytest.mark.django_db
def test_question_from_the_list_of_returns_is_about_what_is_owed(sign_in):
    school = SchoolFactory()
    collection = CollectionFactory(name="Autumn exercise")
    ReturnFactory(school=school, collection=collection)
    client = sign_in(Role.SENCO, school=school)
    url = f"{reverse('schools:query_create')}?page=/returns/"
    client.post(url, {"category": "returns", "subject": "A day", "text": "Which day counts?"})
    assert Query.objects.get().collection_name == "Autumn exercise"


@pytest.mark.django_db
def test_forename_alone_is_asked_about(sign_in, school):
    PupilFactory(school=school, forename="Imogen", surname="Abara")
    client, url = sign_in(Role.SENCO, school=school), reverse("schools:query_create")
    given = {"category": "bands", "subject": "Our list", "text": "Imogen is not on it."}
    page = client.post(url, given)
    assert "Is Imogen a pupil?" in flat(page.text)
    refused = client.post(url, given | {"text": "Why is I. Abara on it?", "sure": "on"})
    assert "Take out the name Imogen Abara" in flat(refused.text)
    assert not Query.objects.exists()
    about = page.context["form"]["sure_about"].value()
    client.post(url, given | {"sure": "on", "sure_about": about})
    assert Query.objects.count() == 1


@pytest.mark.django_db
def test_every_problem_of_a_reminder_is_told_at_once(sign_in):
    PupilFactory(forename="Imogen", surname="Abara")
    collection = CollectionFactory(deadline=TODAY + dt.timedelta(days=40), opens_on=TODAY)
    url = reverse("banding:reminder_create", args=[collection.pk])
    given = {
        "side": "before",
        "days": "9",
        "kinds": ["senco"],
        "subject": "{pupil}",
        "text": "Imogen Abara {name} {upn} {",
    }
    errors = sign_in(Role.ADMINISTRATOR).post(url, given).context["form"].errors
    said = " ".join(errors["text"] + errors["subject"])
    for problem in ("Imogen Abara", "{upn}", "lone brace", "must say", "{pupil}"):
        assert problem in said
