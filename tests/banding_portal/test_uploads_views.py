"""The pages of an upload, with files of the register of schools."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from banding.models import CaseloadUpload
from banding_portal.files.limits import MEGABYTE, Limits
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from funding.models import ValuesUpload
from schools.choices import RegisterKind
from schools.models import RegisterUpload
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory, person
from tests.jobs import work_on
from tests.pages import flat
from tests.schools.register_files import as_csv, school_row

NEW = "schools:register_upload"
pytestmark = pytest.mark.django_db


def send_file(client, content=None, name="register.csv", **fields):
    content = as_csv([school_row(100001)]) if content is None else content
    data = {"file": SimpleUploadedFile(name, content), "kind": "schools", "la_code": ""}
    return client.post(reverse(NEW), data | fields)


def page_of(upload):
    return reverse("schools:register_upload_detail", args=[upload.pk])


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def ready(admin):
    send_file(admin)
    upload = RegisterUpload.objects.get()
    work_on(upload)
    upload.refresh_from_db()
    return upload


@pytest.fixture
def warned(admin):
    """A file that closes a school with a pupil and no successor: one warning."""
    school = SchoolFactory(urn="100001")
    PlacementFactory(pupil=PupilFactory(), school=school)
    closed = {"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2026"}
    send_file(admin, as_csv([school_row(100001, **closed)]))
    upload = RegisterUpload.objects.get()
    work_on(upload)
    upload.refresh_from_db()
    return upload


def test_upload_waits_for_its_check(admin):
    response = send_file(admin)
    upload = RegisterUpload.objects.get()
    assert (response.url, upload.state) == (page_of(upload), UploadState.WAITING)
    page = admin.get(page_of(upload))
    assert "Checking your file" in page.text
    assert ("Waiting for its turn" in page.text, "Being checked" in page.text) == (True, False)
    assert "Check again" in page.text


def test_upload_that_nobody_has_begun_is_told_apart_from_one_at_work(admin):
    send_file(admin)
    uploads = RegisterUpload.objects.all()
    uploads.update(changed_at=timezone.now() - timedelta(minutes=3))
    page, listed = admin.get(page_of(uploads.get())), admin.get(reverse("schools:import_home"))
    assert "Waiting for 3 minutes. Other work goes first" in flat(page.text)
    assert "Waiting for its turn" in listed.text
    uploads.update(attempts=1)
    page, listed = admin.get(page_of(uploads.get())), admin.get(reverse("schools:import_home"))
    assert "Running for 3 minutes." in flat(page.text)
    assert "Waiting for its turn" not in page.text + listed.text


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "register.csv", "The file is empty"),
        (b"x", "register.xls", "Choose a file that ends in .csv"),
    ],
)
def test_unfit_file_is_refused_at_once(admin, content, name, told):
    page = send_file(admin, content, name)
    assert told in page.text
    assert RegisterUpload.objects.count() == 0


def test_file_over_the_limit_is_refused(admin, monkeypatch):
    monkeypatch.setattr(
        "schools.views.imports.RegisterUploadCreate.limits",
        Limits(max_bytes=MEGABYTE, endings=(".csv",)),
    )
    assert "larger than 1 MB" in send_file(admin, b"x" * (1024 * 1024 + 1)).text


def test_progress_fragment_stops_when_done(admin, ready):
    RegisterUpload.objects.update(state=UploadState.WAITING)
    fragment = admin.get(page_of(ready), headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert "every 1s" in fragment.text
    RegisterUpload.objects.update(state=UploadState.READY)
    done = admin.get(page_of(ready), headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_issues_show_cell_value_and_what_is_allowed(admin):
    send_file(admin, as_csv([school_row("12x")]))
    upload = RegisterUpload.objects.get()
    work_on(upload)
    page = admin.get(page_of(upload)).text
    for text in ("There is 1 problem in this file", "A2", "12x", "six digits", "Nothing has been"):
        assert text in page


def test_apply_posts_the_fingerprint(admin, ready):
    page = admin.get(page_of(ready))
    assert ready.fingerprint in page.text
    admin.post(page_of(ready), {"action": "apply", "fingerprint": ready.fingerprint})
    ready.refresh_from_db()
    assert (ready.state, ready.confirmed_by) == (UploadState.CONFIRMED, admin.user)
    work_on(ready)
    assert "The schools are up to date" in admin.get(page_of(ready)).text


def test_apply_of_an_older_preview_says_so(admin, ready):
    data = {"action": "apply", "fingerprint": "0" * 64}
    page = admin.post(page_of(ready), data, follow=True)
    assert "The preview has changed since you looked" in page.text
    ready.refresh_from_db()
    assert ready.state == UploadState.READY


def test_warning_must_be_confirmed(admin, warned):
    data = {"action": "apply", "fingerprint": warned.fingerprint}
    page = admin.post(page_of(warned), data)
    assert "<title>Error: " in page.text
    assert "or cancel" in page.text
    warned.refresh_from_db()
    assert warned.state == UploadState.READY
    admin.post(page_of(warned), data | {"warning-0": "on"})
    warned.refresh_from_db()
    assert warned.state == UploadState.CONFIRMED


def test_cancel_puts_the_upload_aside(admin, ready):
    page = admin.post(page_of(ready), {"action": "cancel"}, follow=True)
    assert "You cancelled this upload" in page.text
    again = admin.post(page_of(ready), {"action": "cancel"}, follow=True)
    assert "cannot become" in again.text


def test_failed_upload_shows_its_reference(admin, ready):
    RegisterUpload.objects.update(state=UploadState.FAILED, reference="1234ABCD")
    page = admin.get(page_of(ready)).text
    assert "1234ABCD" in page
    assert "Nothing of the file was saved" in page


def test_auditor_looks_but_cannot_apply(sign_in, ready):
    auditor = sign_in(Role.AUDITOR)
    page = auditor.get(page_of(ready))
    assert "Apply these changes" not in page.text
    answer = auditor.post(page_of(ready), {"action": "apply", "fingerprint": ready.fingerprint})
    assert answer.status_code == 403


def test_other_roles_are_told_who_can(sign_in, ready, school):
    assert sign_in(Role.SENCO, school=school).get(page_of(ready)).status_code == 403


def test_unknown_upload_is_not_found(admin):
    assert admin.get(page_of(RegisterUpload())).status_code == 404


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.ADMINISTRATOR, {"Register of schools", "Links between schools", "Caseload"}),
        (Role.SEND_OFFICER, {"Caseload"}),
        (Role.AUDITOR, {"Register of schools", "Links between schools", "Caseload", "Band values"}),
    ],
)
def test_files_that_came_in_are_found_again_by_who_may_read_them(role, seen, sign_in):
    by = person(Role.ADMINISTRATOR)
    for model, fields in (
        (RegisterUpload, {}),
        (RegisterUpload, {"kind": RegisterKind.LINKS}),
        (CaseloadUpload, {"state": UploadState.READY}),
        (ValuesUpload, {}),
    ):
        upload = model(started_by=by, **fields)
        upload.set_file(f"{model.__name__}.csv", b"")
        upload.save()
    client = sign_in(role)
    rows = client.get(reverse("schools:import_home")).context["page_obj"]
    assert {row["what"] for row in rows} == seen
    kind = {"kind": "banding.caseloadupload", "q": "caseLOAD", "sort": "-state"}
    found = client.get(reverse("schools:import_home"), kind)
    assert [row["words"] for row in found.context["page_obj"]] == ["Ready to apply"]
    [row] = found.context["page_obj"]
    assert client.get(reverse(row["page"], args=[row["pk"]])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_import_home_queries_are_constant(admin, rows, django_assert_num_queries):
    for _ in range(rows):
        send_file(admin)
    with django_assert_num_queries(5):
        assert admin.get(reverse("schools:import_home")).text.count("register.csv") == rows
