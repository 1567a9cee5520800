"""The pages of a caseload's differences: by kind, one by one, missing, remembered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banding.caseload.deciding import decide_kind
from banding.choices import CaseloadAnswer, DifferenceKind
from banding.models import CaseloadChoice
from banding_portal.roles import Role
from schools.models import Placement
from schools.services.pupils import end_placement
from tests.banding.caseload_files import caseload_row
from tests.banding.test_caseload_differences import LAST, checked, decided, load, only, told
from tests.factories import FrameworkFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
OURS, FILE = CaseloadAnswer.OURS, CaseloadAnswer.FILE


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001", name="Ash School")
    SchoolFactory(urn="900002", name="Beech Special School")
    FrameworkFactory()


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def ended_here(officer):
    """A placement ended by an officer, and the file without an end."""
    load()
    end_placement(placement=Placement.objects.get(), end=LAST, by=officer)
    return checked()


@pytest.fixture
def client_of(sign_in):
    return sign_in(Role.SEND_OFFICER)


def page_of(upload, name="differences"):
    return reverse(f"banding:caseload_{name}", args=[upload.pk])


def test_preview_shows_the_kinds_with_counts_and_examples(client_of, ended_here):
    page = client_of.get(reverse("banding:caseload_upload_detail", args=[ended_here.pk])).text
    assert "How the file and the portal differ" in page
    assert "?kind=ended_here" in page
    assert "Invented1, Amira (999-1): Placement at Ash School" in page


def test_preview_of_the_same_file_shows_no_kinds(client_of):
    load()
    page = client_of.get(reverse("banding:caseload_upload_detail", args=[checked().pk])).text
    assert "How the file and the portal differ" not in page


def test_list_is_filtered_by_kind_and_name(client_of):
    load(caseload_row(1))
    upload = checked(caseload_row(1, surname="Other"), caseload_row(2))
    page = client_of.get(page_of(upload), {"kind": "new"}).text
    assert "Invented2" in page
    assert "Invented1" not in page
    assert "Invented2" not in client_of.get(page_of(upload), {"q": "invented1"}).text
    assert "No differences match" in client_of.get(page_of(upload), {"q": "zz"}).text


def test_list_needs_the_same_queries_for_any_number(client_of):
    def queries(*numbers):
        upload = checked(*(caseload_row(number) for number in numbers))
        with CaptureQueriesContext(connection) as caught:
            assert client_of.get(page_of(upload)).status_code == 200
        return len(caught)

    assert queries(1) == queries(2, 3, 4)


def test_one_difference_is_decided_on_the_page(client_of, ended_here):
    row = only(ended_here)
    data = {f"answer-{row.pk}": "file"}
    page = client_of.post(page_of(ended_here), data, follow=True).text
    assert "1 choice saved. The preview is made again with them." in page
    assert "The preview is being made again." in page
    assert CaseloadChoice.objects.get().answer == FILE


def test_kind_is_decided_on_the_page(client_of, ended_here):
    page = client_of.post(f"{page_of(ended_here)}?kind=ended_here", {"all": "file"}, follow=True)
    assert "1 choice saved" in page.text


@pytest.mark.parametrize("data", [{"answer-x": "file"}, {"answer-": "file"}])
def test_nonsense_is_refused(client_of, ended_here, data):
    page = client_of.post(page_of(ended_here), data, follow=True).text
    assert "Choose one of the two sides" in page
    assert not CaseloadChoice.objects.exists()


def test_auditor_sees_what_holds_and_no_buttons(sign_in, ended_here):
    page = sign_in(Role.AUDITOR).get(page_of(ended_here), {"kind": "ended_here"}).text
    assert "Keep ours" in page
    assert "Save these choices" not in page
    assert "for all of this kind" not in page


def test_missing_are_ended_on_their_page(client_of):
    load(caseload_row(1), caseload_row(2))
    upload = checked(caseload_row(1))
    page = client_of.get(page_of(upload, "missing")).text
    assert "Invented2" in page
    day = {"end_0": "31", "end_1": "8", "end_2": "2026"}
    refused = client_of.post(page_of(upload, "missing"), day).text
    assert "Tick the placements that end" in refused
    ticked = {"missing": str(only(upload).pk), **day}
    done = client_of.post(page_of(upload, "missing"), ticked, follow=True).text
    assert "1 placement ended." in done
    assert "Nobody is missing" in done


def test_choices_are_listed_and_forgotten(client_of, ended_here, officer):
    decided(ended_here, OURS, officer)
    url = reverse("banding:caseload_choices")
    page = client_of.get(url, {"q": "999-1"}).text
    assert "Invented1, Amira (999-1)" in page
    assert "No choices match" in client_of.get(url, {"q": "zz"}).text
    data = {"choices": [str(CaseloadChoice.objects.get().pk), "x"]}
    page = client_of.post(url, data, follow=True).text
    assert "1 choice forgotten." in page
    assert "Nothing has been decided yet" in page
    assert told(checked())[0][4:] == (OURS, False)
    event = CaseloadChoice.pgh_event_model.objects.get(pgh_label="delete")
    assert event.pgh_context.metadata["user"] == str(client_of.user.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_choices_need_the_same_queries_for_any_number(
    client_of, officer, count, django_assert_num_queries
):
    upload = checked(*(caseload_row(number) for number in range(count)))
    decide_kind(upload=upload, kind=DifferenceKind.NEW, answer="ours", by=officer)
    with django_assert_num_queries(5):
        client_of.get(reverse("banding:caseload_choices"))
