"""Pages of resources: kept, read, downloaded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from schools.models import Resource
from schools.resources.services import publish_resource
from tests.documents import pdf
from tests.factories import SchoolFactory, person
from tests.pages import flat
from tests.schools.resources import draft_resource, next_version, published_resource

pytestmark = pytest.mark.django_db


def signed_in(role, **place):
    client = Client()
    client.user = person(role, **place)
    client.force_login(client.user)
    return client


@pytest.fixture
def keeper():
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def senco():
    return signed_in(Role.SENCO, school=SchoolFactory())


def form(**given):
    day = timezone.localdate()
    usual = {
        "title": "Banding guide",
        "text": "How a band is chosen.",
        "version": "1",
        "dated_on_0": day.day,
        "dated_on_1": day.month,
        "dated_on_2": day.year,
        "alternative": "# The guide",
        "roles": [Role.SENCO, Role.ADMINISTRATOR],
    }
    return usual | given


def sent(content=None):
    return SimpleUploadedFile("guide.pdf", pdf() if content is None else content)


def address(name, *args):
    return reverse(f"schools:resource_{name}", args=args)


def text(client, name, *args):
    return flat(client.get(address(name, *args)).content.decode())


def test_resource_is_added_published_and_downloaded(keeper, senco):
    response = keeper.post(address("create"), form(), follow=True)
    assert "Nobody sees it until you publish it" in flat(response.content.decode())
    one = Resource.objects.get()
    assert "It has neither a document nor a web address yet" in flat(response.content.decode())
    response = keeper.post(address("attach", one.pk), {"file": sent()}, follow=True)
    assert "The document is there." in flat(response.content.decode())
    assert senco.get(address("detail", one.pk)).status_code == 404
    keeper.post(address("publish", one.pk))
    assert "Banding guide" in text(senco, "list")
    assert "The same as text" in text(senco, "detail", one.pk)
    saved = senco.get(address("file", one.pk))
    assert b"".join(saved.streaming_content) == pdf()
    assert saved["Content-Disposition"] == 'attachment; filename="banding-guide-version-1.pdf"'
    one.refresh_from_db()
    assert one.downloads == 1


def test_draft_without_alternative_says_what_lacks(keeper):
    keeper.post(address("create"), form(alternative=""))
    one = Resource.objects.get()
    page = text(keeper, "detail", one.pk)
    assert "It has no accessible alternative" in page
    keeper.post(address("publish", one.pk))
    one.refresh_from_db()
    assert one.state == "draft"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"address": "htp//guide"}, "Enter a whole web address, like https://"),
        ({"alternative_address": "no address"}, "Enter a whole web address, like https://"),
        ({"roles": []}, "Choose at least one role"),
        ({"version": ""}, "Enter the version"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(keeper, given, said):
    page = flat(keeper.post(address("create"), form(**given)).content.decode())
    assert said in page
    assert not Resource.objects.exists()


def test_previous_version_is_marked_and_leads_to_the_one_in_use(keeper, senco):
    first = published_resource(by=keeper.user)
    second = next_version(first, by=keeper.user, version="2")
    publish_resource(resource=second, by=keeper.user)
    page = text(senco, "detail", first.pk)
    assert "This is a previous version" in page
    assert address("detail", second.pk) in page
    assert address("file", first.pk) not in page
    response = senco.get(address("file", first.pk), follow=True)
    assert "This is a previous version. Download the current one" in response.content.decode()
    first.refresh_from_db()
    assert first.downloads == 0
    assert "Version 1" in text(keeper, "detail", second.pk)


def test_only_what_somebody_saves_is_a_download(keeper, senco):
    one = published_resource(by=keeper.user)
    url = address("file", one.pk)
    part = {"Range": "bytes=0-9"}
    for answer in (senco.head(url), senco.get(url, headers=part), keeper.get(url)):
        assert answer.status_code == 200
        list(answer.streaming_content)
    one.refresh_from_db()
    assert one.downloads == 0
    list(senco.get(url).streaming_content)
    one.refresh_from_db()
    assert one.downloads == 1


def test_file_of_a_previous_version_leads_on_also_once_it_is_deleted(keeper, senco):
    first = published_resource(by=keeper.user)
    second = next_version(first, by=keeper.user, version="2")
    publish_resource(resource=second, by=keeper.user)
    first.document.delete()
    shown = senco.get(address("file", first.pk), follow=True)
    assert "This is a previous version" in flat(shown.text)
    assert address("detail", second.pk) in shown.text


def test_address_of_a_previous_version_is_no_link_and_has_no_count(keeper, senco):
    first = published_resource(by=keeper.user, address="https://example.org/guide")
    assert "Downloads" not in text(keeper, "detail", first.pk)
    second = next_version(first, by=keeper.user, version="2")
    publish_resource(resource=second, by=keeper.user)
    page = text(senco, "detail", first.pk)
    assert "Web address then" in page
    assert 'href="https://example.org/guide"' not in page


def test_link_is_shown_with_its_alternative(keeper, senco):
    one = published_resource(by=keeper.user, address="https://example.org/guide")
    page = text(senco, "detail", one.pk)
    assert 'href="https://example.org/guide"' in page
    assert senco.get(address("file", one.pk)).status_code == 404


def test_new_version_begins_as_the_one_before(keeper):
    one = published_resource(by=keeper.user)
    assert "How a band is chosen." in text(keeper, "renew", one.pk)
    keeper.post(address("renew", one.pk), form(version="2"))
    made = Resource.objects.get(version="2")
    assert made.replaces == one


def test_withdrawn_one_says_why(keeper, senco):
    one = published_resource(by=keeper.user)
    keeper.post(address("withdraw", one.pk), {"reason": "Page 3 is wrong."})
    assert "Page 3 is wrong." in text(senco, "detail", one.pk)
    assert "Banding guide" not in text(senco, "list")


def test_file_that_is_none_is_refused_on_its_page(keeper):
    one = draft_resource(by=keeper.user)
    page = flat(keeper.post(address("attach", one.pk), {"file": sent(b"MZ")}).content.decode())
    assert "This type of file cannot be sent" in page
    assert "It has a document already (PDF, 1 KB)" in page


def test_draft_is_changed_and_deleted(keeper):
    one = draft_resource(by=keeper.user)
    keeper.post(address("edit", one.pk), form(title="Another guide"))
    one.refresh_from_db()
    assert (one.title, one.document.filename) == ("Another guide", "guide.pdf")
    keeper.post(address("delete", one.pk))
    assert not Resource.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SENCO])
def test_list_takes_as_many_queries_for_one_as_for_three(count, role, django_assert_num_queries):
    for number in range(count):
        published_resource(title=f"Guide {number}")
    client = signed_in(role, school=SchoolFactory() if role == Role.SENCO else None)
    with django_assert_num_queries(7):
        assert client.get(address("list")).status_code == 200
