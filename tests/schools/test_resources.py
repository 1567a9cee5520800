"""Resources: what may be published, versions, downloads, and how long documents stay (R9)."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from banding_portal.documents.choices import DocumentState
from banding_portal.documents.services import delete_old_documents
from banding_portal.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import ResourceState
from schools.models import Resource, ResourceDocument
from schools.resources.actions import HELD, NO_ALTERNATIVE, NOBODY, NOTHING, PREVIOUS, WITHDRAWN
from schools.resources.selectors import portal_pages, resources_matching, version_in_use
from schools.resources.services import (
    add_resource,
    attach_document,
    change_resource,
    count_download,
    delete_resource,
    publish_resource,
    renew_resource,
    withdraw_resource,
)
from tests.banding.races import at_once
from tests.documents import pdf, png
from tests.factories import FrameworkFactory, SchoolFactory, person
from tests.schools.resources import (
    attached,
    described,
    draft_resource,
    next_version,
    published_resource,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def senco():
    return person(Role.SENCO, school=SchoolFactory(sector="special"))


def titles(user, **wanted):
    return [each.title for each in resources_matching(user, wanted)]


def refused(act, **given):
    with pytest.raises(RefusalError) as refusal:
        act(**given)
    return [str(each) for each in refusal.value.problems]


LINK = {"address": "https://example.org/guide"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"version": "1"}, "There is a version 1 of 5 November 2026 already"),
        ({"version": "two"}, "There is a version Two of 6 November 2026 already"),
        ({"version": "3", "dated_on": dt.date(2026, 11, 5)}, "Version Two is of 6 November 2026."),
    ],
)
def test_version_differs_from_those_before_it_and_is_no_older(keeper, given, said):
    first = published_resource(by=keeper, version="1", dated_on=dt.date(2026, 11, 5))
    day = {"dated_on": dt.date(2026, 11, 6)}
    wanted = described(**{"version": "Two"} | day)
    second = renew_resource(resource=first, described=wanted, by=keeper)
    publish_resource(resource=second, by=keeper)
    wrong = described(**day | given)
    assert said in refused(renew_resource, resource=second, described=wrong, by=keeper)[0]
    right = described(**{"version": "3"} | day)
    third = renew_resource(resource=second, described=right, by=keeper)
    assert said in refused(change_resource, resource=third, described=wrong, by=keeper)[0]
    change_resource(resource=third, described=right, by=keeper)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (LINK | {"alternative": ""}, NO_ALTERNATIVE),
        ({}, NOTHING),
        (LINK | {"roles": [Role.MODERATOR]}, NOBODY),
    ],
)
def test_what_cannot_be_published_says_why(keeper, given, reason):
    draft = add_resource(described=described(**given), by=keeper)
    assert any(reason in said for said in refused(publish_resource, resource=draft, by=keeper))
    draft.refresh_from_db()
    assert draft.state == ResourceState.DRAFT


def test_document_without_an_alternative_is_not_published(keeper):
    draft = draft_resource(by=keeper, alternative="")
    assert any(
        NO_ALTERNATIVE in said for said in refused(publish_resource, resource=draft, by=keeper)
    )


def test_database_refuses_one_without_an_alternative():
    published = published_resource()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=published.pk).update(alternative="")


@pytest.mark.parametrize(
    "given", [{}, {"alternative": "", "alternative_address": "https://example.org/easy"}]
)
def test_one_with_an_alternative_is_published(keeper, senco, given):
    draft = draft_resource(by=keeper, **given)
    assert titles(senco) == []
    publish_resource(resource=draft, by=keeper)
    assert titles(senco) == ["Banding guide"]


def test_document_that_waits_for_its_scan_is_not_published(keeper):
    draft = draft_resource(by=keeper)
    ResourceDocument.objects.update(state=DocumentState.HELD)
    draft = Resource.objects.get(pk=draft.pk)
    assert any(HELD in said for said in refused(publish_resource, resource=draft, by=keeper))


def test_file_of_another_kind_leaves_the_document_before(keeper):
    draft = draft_resource(by=keeper)
    sent = {"filename": "guide.pdf", "content": b"MZ not a PDF"}
    refused(attach_document, resource=draft, by=keeper, **sent)
    assert ResourceDocument.objects.get() == draft.document


def test_web_address_and_document_exclude_each_other(keeper):
    link = draft_resource(by=keeper, **LINK)
    refused(attach_document, resource=link, filename="guide.pdf", content=pdf(), by=keeper)
    draft = draft_resource(by=keeper)
    change_resource(resource=draft, described=described(**LINK), by=keeper)
    assert not ResourceDocument.objects.exists()


def test_another_file_takes_the_place_of_the_first(keeper):
    draft = draft_resource(by=keeper)
    before = draft.document.pk
    after = attached(draft, "guide.png", png())
    (kept,) = ResourceDocument.objects.all()
    assert (kept, kept.filename, kept.pk != before) == (after.document, "guide.png", True)


def test_new_version_takes_the_place_of_the_one_before(keeper, senco):
    first = published_resource(by=keeper)
    second = next_version(first, by=keeper, version="2")
    assert [each.version for each in resources_matching(senco, {})] == ["1"]
    refused(renew_resource, resource=first, described=described(), by=keeper)
    publish_resource(resource=second, by=keeper)
    first = Resource.objects.get(pk=first.pk)
    assert (first.state, version_in_use(first, senco)) == (ResourceState.PREVIOUS, second)
    assert [each.version for each in resources_matching(senco, {})] == ["2"]
    assert first in Resource.objects.visible_to(senco)
    assert refused(count_download, resource=first, by=senco) == [PREVIOUS]


def test_new_version_begins_with_the_document_of_the_one_before(keeper):
    first = published_resource(by=keeper)
    second = renew_resource(resource=first, described=described(version="2"), by=keeper)
    second, first = (Resource.objects.get(pk=each.pk) for each in (second, first))
    mine, before = second.document, first.document
    assert (mine.filename, mine.sha256, mine.pk != before.pk) == ("guide.pdf", before.sha256, True)
    assert (second.keeps_document, first.keeps_document) == (True, False)
    assert not attached(second, "guide.png", png()).keeps_document
    with Resource.objects.get(pk=first.pk).document.file.open("rb") as file:
        assert file.read()


@pytest.mark.parametrize("given", [{"address": "https://www.example.gov.uk/guide"}, {}])
def test_new_version_of_a_page_or_with_an_address_has_no_document(keeper, given):
    first = published_resource(by=keeper, address="" if given else "https://www.example.gov.uk/")
    new = renew_resource(resource=first, described=described(version="2", **given), by=keeper)
    assert not ResourceDocument.objects.filter(resource=new).exists()


def test_withdrawn_one_is_not_downloaded(keeper, senco):
    one = published_resource(by=keeper)
    withdraw_resource(resource=one, reason="It is wrong.", by=keeper)
    one = Resource.objects.get(pk=one.pk)
    assert refused(count_download, resource=one, by=senco) == [WITHDRAWN]
    assert titles(senco) == []


def test_published_one_stays_as_it_is(keeper):
    one = published_resource(by=keeper)
    refused(change_resource, resource=one, described=described(), by=keeper)
    refused(delete_resource, resource=one, by=keeper)
    with pytest.raises(RefusalError):
        publish_resource(resource=one, by=keeper)


def test_audience_is_narrowed_by_role_and_sector(keeper, senco):
    published_resource(by=keeper, title="For all")
    person(Role.FINANCE_OFFICER)
    published_resource(by=keeper, title="For finance", roles=[Role.FINANCE_OFFICER])
    special = {"roles": [Role.SENCO], "sectors": ["special"]}
    published_resource(by=keeper, title="For special schools", **special)
    other = person(Role.SENCO, school=SchoolFactory(sector="mainstream"))
    assert titles(senco) == ["For all", "For special schools"]
    assert titles(other) == ["For all"]
    assert len(titles(person(Role.AUDITOR))) == 3


def test_audience_is_told_where_that_is_wanted(keeper, senco):
    published_resource(by=keeper)
    assert not Notice.objects.exists()
    published_resource(by=keeper, by_mail=True, title="Quillon’s guide")
    notice = Notice.objects.get(recipient=senco)
    assert notice.title == "There is a new resource for you"


@pytest.mark.django_db(transaction=True)
def test_downloads_at_once_are_all_counted(keeper, senco):
    one = published_resource(by=keeper)
    at_once([lambda: count_download(resource=one, by=senco) for _ in range(8)])
    one.refresh_from_db()
    assert one.downloads == 8


@pytest.mark.django_db(transaction=True)
def test_two_presses_of_publish_are_one(keeper):
    draft = draft_resource(by=keeper)
    done = []

    def press():
        try:
            done.append(publish_resource(resource=draft, by=keeper))
        except RefusalError:
            done.append(None)

    at_once([press for _ in range(4)])
    assert sum(each is not None for each in done) == 1


def test_documents_in_use_are_never_deleted_by_age(keeper, settings):
    first = published_resource(by=keeper)
    second = next_version(first, by=keeper, version="2")
    publish_resource(resource=second, by=keeper)
    later = timezone.localdate() + dt.timedelta(days=settings.FILES_KEPT_DAYS + 1)
    assert delete_old_documents(today=later)["Documents of resources"] == 1
    states = dict(ResourceDocument.objects.values_list("resource__version", "state"))
    assert states == {"1": DocumentState.DELETED, "2": DocumentState.READY}


@pytest.mark.django_db(transaction=True)
def test_deleted_draft_takes_its_file_along(keeper):
    draft = draft_resource(by=keeper)
    name = draft.document.file.name
    delete_resource(resource=draft, by=keeper)
    assert (default_storage.exists(name), Resource.objects.exists()) == (False, False)


def test_own_pages_of_the_portal_stand_beside_them(senco):
    FrameworkFactory(name="Westmere framework")
    found = [page.title for page in portal_pages(senco)]
    assert found[0].startswith("Descriptors: Westmere framework")
    assert found[1:] == ["The guide to this portal", "Training", "Information sheets"]
    money = person(Role.SCHOOL_FINANCE, school=SchoolFactory())
    assert portal_pages(money)[0].title == "The guide to this portal"
