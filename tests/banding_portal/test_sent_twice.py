"""The same form sent twice makes one thing: pressed twice, or gone back to and sent again."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.datastructures import MultiValueDict

from banding_portal.kept_forms.models import SentForm
from banding_portal.kept_forms.services import SAME_FOR, sweep_kept_forms
from banding_portal.kept_forms.typed import digest_of
from banding_portal.pages import FormPage
from banding_portal.pages.forms import SENT_BEFORE
from banding_portal.roles import Role
from banding_portal.uploads.views import UploadCreate
from schools.models import Query
from tests.banding.races import at_once
from tests.factories import SchoolFactory, person

URL = "/queries/new/"
SENT = {"category": "returns", "subject": "A date", "text": "Which date is right?"}
NOTICED_OTHERWISE = {
    "pupil_create",  # asks whether it is the same child
    "placement_add",
    "plan_add",
    "exceptional_create",  # one a pupil waits
    "change_request_create",
    "joiner_create",  # told again is the same
    "collection_create",  # a code once
    "exercise_create",
    "reminder_create",  # one a day
    "sample_create",  # one a collection and framework
    "value_create",  # one a band, sector and day
    "run_create",  # one draft a period
    "template_batch_create",  # what is the same changes nothing
}
"""Pages that make something, of which the database or the service knows that it is there."""


@pytest.mark.django_db
def test_same_question_again_leads_to_the_first(sign_in, school):
    client = sign_in(Role.SENCO, school=school)
    first = client.post(URL, SENT)
    again = client.post(URL, SENT | {"csrfmiddlewaretoken": "new", "typed-in": "another"})
    assert again.url == first.url
    assert SENT_BEFORE in client.get(again.url).text
    assert Query.objects.count() == 1


@pytest.mark.django_db
def test_another_question_is_another(sign_in, school):
    client = sign_in(Role.SENCO, school=school)
    client.post(URL, SENT)
    client.post(URL, SENT | {"subject": "Another date"})
    assert Query.objects.count() == 2


@pytest.mark.django_db
def test_refused_one_is_not_taken_for_sent(sign_in, school):
    client = sign_in(Role.SENCO, school=school)
    elsewhere = SENT | {"pupil": "nobody’s"}
    assert client.post(URL, elsewhere).status_code == 200
    assert SENT_BEFORE not in client.post(URL, elsewhere).text
    assert not SentForm.objects.exists()


@pytest.mark.django_db
def test_same_words_of_somebody_else_or_of_later_are_their_own(sign_in, school):
    client = sign_in(Role.SENCO, school=school)
    client.post(URL, SENT)
    SentForm.objects.update(sent_at=dt.datetime.now(dt.UTC) - SAME_FOR - dt.timedelta(seconds=1))
    client.post(URL, SENT)
    client.force_login(person(Role.HEADTEACHER, school=school))
    client.post(URL, SENT)
    assert Query.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_five_presses_at_once_make_one():
    senco = person(Role.SENCO, school=SchoolFactory())

    def press():
        client = Client()
        client.force_login(senco)
        return client.post(URL, SENT).url

    query_pages = set(at_once([press] * 5))
    query = Query.objects.get()
    assert query_pages == {reverse("schools:query_detail", args=[query.pk])}


@pytest.mark.django_db
def test_what_is_remembered_goes_within_the_day(sign_in, school):
    sign_in(Role.SENCO, school=school).post(URL, SENT)
    sweep_kept_forms(now=dt.datetime.now(dt.UTC) + SAME_FOR + dt.timedelta(seconds=1))
    assert not SentForm.objects.exists()


def test_another_file_is_another_thing():
    data = QueryDict("description=Report")

    def with_file(content):
        return MultiValueDict({"file": [SimpleUploadedFile("a.pdf", content)]})

    assert digest_of("/a/", data, with_file(b"1")) != digest_of("/a/", data, with_file(b"12"))
    assert digest_of("/a/", data, with_file(b"1")) == digest_of("/a/", data, with_file(b"1"))


def making_pages(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from making_pages(pattern)
            continue
        page = getattr(pattern.callback, "view_class", object)
        is_form = issubclass(page, FormPage) and not issubclass(page, UploadCreate)
        if is_form and re.search(r"_(create|enter|add)$", pattern.name):
            yield pattern.name, page


def test_every_page_that_makes_something_knows_it_again():
    found = dict(making_pages())
    assert found.keys() >= NOTICED_OTHERWISE
    once = {name for name, page in found.items() if page.sends_once}
    assert once == found.keys() - NOTICED_OTHERWISE
