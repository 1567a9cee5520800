"""The pages of a caseload upload, from the file to what was saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from banding.models import CaseloadUpload
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.models import Pupil
from tests.banding.caseload_files import HEADINGS, as_csv, caseload_row
from tests.factories import FrameworkFactory, SchoolFactory, person
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
NEW = "banding:caseload_upload"


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    FrameworkFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def send_file(client, *rows, name="caseload.csv", headings=HEADINGS):
    return send_content(client, name, as_csv(rows, headings))


def send_content(client, name, content):
    file = SimpleUploadedFile(name, content)
    client.post(reverse(NEW), {"file": file, "academic_year": "2026"})
    upload = CaseloadUpload.objects.first()
    work_on(upload)
    upload.refresh_from_db()
    return upload


def page_of(upload):
    return reverse("banding:caseload_upload_detail", args=[upload.pk])


def apply(client, upload):
    client.post(page_of(upload), {"action": "apply", "fingerprint": upload.fingerprint})
    work_on(upload)
    upload.refresh_from_db()


def test_form_says_what_the_file_must_hold(officer):
    page = officer.get(reverse(NEW)).text
    assert "band_effective_from" in page
    assert "Earlier files" not in page


def test_preview_shows_counts_and_new_pupils_and_saves_nothing(officer):
    upload = send_file(officer, caseload_row(1), caseload_row(2, upn=""))
    page = officer.get(page_of(upload)).text
    assert upload.state == UploadState.READY
    assert "Invented1, Amira" in page
    assert "missing" in page
    assert "Nothing has been saved yet" in page
    assert Pupil.objects.count() == 0


def test_applied_upload_saves_and_names_the_person(officer):
    upload = send_file(officer, caseload_row(1))
    apply(officer, upload)
    assert upload.state == UploadState.APPLIED
    decision = Pupil.objects.get().decisions.get()
    assert decision.decided_by == officer.user
    event = Pupil.pgh_event_model.objects.get(pgh_label="insert")
    assert event.pgh_context.metadata["user"] == str(officer.user.pk)


def test_changes_are_shown_old_and_new(officer):
    apply(officer, send_file(officer, caseload_row(1)))
    upload = send_file(officer, caseload_row(1, placement_end="2026-08-31"))
    page = officer.get(page_of(upload)).text
    assert "ends 31 Aug 2026" in page
    assert "no end" in page


def test_preview_is_made_again_when_the_pupils_changed_meanwhile(officer):
    upload = send_file(officer, caseload_row(1))
    apply(officer, send_file(officer, caseload_row(1), name="faster.csv"))
    apply(officer, upload)
    assert (upload.state, upload.outdated) == (UploadState.READY, True)
    assert upload.preview["counts"]["unchanged"] == 1


def test_refused_file_lists_its_problems(officer):
    upload = send_file(officer, caseload_row(1, school_urn="123456"))
    page = officer.get(page_of(upload)).text
    assert upload.state == UploadState.REFUSED
    for part in ("G2", "123456", "No school in the portal has this URN."):
        assert part in page


def test_earlier_files_are_listed(officer):
    send_file(officer, caseload_row(1))
    assert "caseload.csv" in officer.get(reverse(NEW)).text


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_the_same_queries_for_any_number_of_files(
    officer, count, django_assert_num_queries
):
    for _ in range(count):
        upload = CaseloadUpload(started_by=person(Role.ADMINISTRATOR))
        upload.set_file("caseload.csv", b"x")
        upload.save()
    with django_assert_num_queries(5):
        officer.get(reverse(NEW))


def test_auditor_looks_but_does_not_apply(officer, client, sign_in):
    upload = send_file(officer, caseload_row(1))
    sign_in(Role.AUDITOR)
    assert client.get(page_of(upload)).status_code == 200
    assert client.post(page_of(upload), {"action": "apply"}).status_code == 403
    assert client.get(reverse(NEW)).status_code == 403
