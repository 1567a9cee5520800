"""The pages of templates: download, upload, problems, preview, apply."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from banding.models import BandDecision, TemplateUpload
from banding_portal.roles import Role
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import ReturnFactory, ReturnPupilFactory
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil_return():
    pupil_return = ReturnFactory()
    ReturnPupilFactory(pupil_return=pupil_return)
    return pupil_return


@pytest.fixture
def senco(sign_in, pupil_return):
    return sign_in(Role.SENCO, school=pupil_return.school)


def checked(pupil_return, content):
    upload = uploaded(pupil_return, content)
    work_on(upload)
    return upload


def detail(upload):
    return reverse("banding:template_upload_detail", args=[upload.pk])


def test_download_is_the_template(senco, pupil_return):
    page = senco.get(reverse("banding:template_download", args=[pupil_return.pk]))

    code, urn = pupil_return.collection.code, pupil_return.school.urn
    assert page["Content-Disposition"] == f'attachment; filename="{code}-{urn}-version-1.xlsx"'
    assert load_workbook(io.BytesIO(page.content))["Pupils"].max_row == 2


@pytest.mark.parametrize("name", ["template_download", "template_upload"])
def test_closed_return_sends_back_with_the_reason(senco, pupil_return, name):
    pupil_return.collection.closed_at = "2026-01-01T00:00Z"
    pupil_return.collection.save()

    page = senco.get(reverse(f"banding:{name}", args=[pupil_return.pk]), follow=True)

    assert [str(m) for m in page.context["messages"]] == [f"{pupil_return.collection} is closed."]


def test_upload_page_tells_the_limits(senco, pupil_return):
    page = senco.get(reverse("banding:template_upload", args=[pupil_return.pk]))
    assert "At most 5 MB." in page.content.decode()


def test_upload_is_kept_and_followed(senco, pupil_return):
    file = SimpleUploadedFile("C:\\docs\\autumn.xlsx", Filled(pupil_return).content)

    page = senco.post(
        reverse("banding:template_upload", args=[pupil_return.pk]), {"file": file}, follow=True
    )

    upload = TemplateUpload.objects.get()
    assert page.redirect_chain == [(detail(upload), 302)]
    assert (upload.state, upload.started_by) == ("waiting", senco.user)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.xlsm", b"x", "The file is a workbook with macros (.xlsm)."),
        ("a.xlsx", b"", "The file is empty"),
        ("a.xlsx", b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB."),
    ],
)
def test_file_that_cannot_be_taken_is_told_at_once(senco, pupil_return, name, content, error):
    address = reverse("banding:template_upload", args=[pupil_return.pk])
    page = senco.post(address, {"file": SimpleUploadedFile(name, content)})
    assert page.context["form"].errors["file"][0][: len(error)] == error
    assert not TemplateUpload.objects.exists()


def test_problems_are_listed_with_the_marked_sheet(senco, pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2, band="G").content)

    page = senco.get(detail(upload)).content.decode()
    marked = reverse("banding:template_upload_marked", args=[upload.pk])
    sheet = load_workbook(io.BytesIO(senco.get(marked).content))["Pupils"]

    assert "There is 1 problem" in page
    assert marked in page
    assert "L2" in page
    told = {heading.value: cell.value for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert told["Errors"] == "Band: Enter A, B or C."


def test_preview_is_shown_confirmed_and_applied(senco, pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2).content)

    page = senco.get(detail(upload))
    assert "Apply these decisions" in page.content.decode()
    assert not BandDecision.objects.exists()
    fingerprint = page.context["upload"].fingerprint
    senco.post(detail(upload), {"action": "apply", "fingerprint": fingerprint})
    work_on(upload)

    assert BandDecision.objects.get().decided_by == senco.user
    assert "saved as drafts" in senco.get(detail(upload)).content.decode()


def test_warning_wants_its_tick(senco, pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).content)
    upload.refresh_from_db()

    page = senco.post(detail(upload), {"action": "apply", "fingerprint": upload.fingerprint})

    assert page.context["form"].errors == {
        "warning-0": ["Tick “This is right” for the whole file, or cancel"]
    }
    ticked = {"action": "apply", "fingerprint": upload.fingerprint, "warning-0": "on"}
    senco.post(detail(upload), ticked)
    upload.refresh_from_db()
    assert upload.state == "confirmed"


def test_file_that_changes_nothing_offers_nothing_to_apply(senco, pupil_return):
    page = senco.get(detail(checked(pupil_return, Filled(pupil_return).content))).content.decode()
    assert "There is nothing to apply" in page
    assert "Apply these decisions" not in page
    other = senco.get(detail(checked(pupil_return, Filled(pupil_return).decide(2).content)))
    assert "There is nothing to apply" not in other.content.decode()


def test_good_file_has_no_marked_sheet(senco, pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2).content)
    marked = reverse("banding:template_upload_marked", args=[upload.pk])
    assert senco.get(marked).status_code == 404


def test_other_schools_find_nothing(sign_in, pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2, band="G").content)
    other = sign_in(Role.SENCO, school=ReturnFactory().school)

    addresses = [
        reverse("banding:template_download", args=[pupil_return.pk]),
        reverse("banding:template_upload", args=[pupil_return.pk]),
        detail(upload),
        reverse("banding:template_upload_marked", args=[upload.pk]),
    ]
    assert [other.get(address).status_code for address in addresses] == [404] * 4
    assert other.post(detail(upload), {"action": "cancel"}).status_code == 404


def test_headteacher_looks_and_does_not_apply(sign_in, pupil_return):
    upload = checked(pupil_return, Filled(pupil_return).decide(2).content)
    head = sign_in(Role.HEADTEACHER, school=pupil_return.school)

    page = head.get(detail(upload))

    assert (page.status_code, "Apply these" in page.content.decode()) == (200, False)
    assert head.post(detail(upload), {"action": "cancel"}).status_code == 403
