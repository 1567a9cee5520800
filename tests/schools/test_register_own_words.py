"""A list of schools with headings and codes of its own: explained once, then understood (S2)."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding_portal.models import LearnedWord
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.models import RegisterUpload
from tests.banding_portal.test_uploads_views import page_of, send_file
from tests.jobs import work_on
from tests.schools.register_files import as_csv, school_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def checked(upload):
    work_on(upload)
    upload.refresh_from_db()
    return upload


def sent(admin, **changes):
    content = as_csv([school_row(900001, **changes)]).replace(b"EstablishmentName", b"Our schools")
    send_file(admin, content)
    return checked(RegisterUpload.objects.latest("started_at"))


def meanings(upload):
    return reverse("schools:register_meanings", args=[upload.pk])


def test_heading_and_value_are_explained_and_remembered(admin):
    upload = sent(admin)
    assert upload.state == UploadState.REFUSED
    assertContains(admin.get(page_of(upload)), meanings(upload))
    page = admin.get(meanings(upload))
    names = {field.label: field.name for field in page.context["form"]}
    admin.post(meanings(upload), {names["What is the column “Our schools”?"]: "name"})
    assert checked(upload).state == UploadState.READY
    assert sent(admin).state == UploadState.READY
    odd = sent(admin, **{"EstablishmentStatus (code)": "Running"})
    page = admin.get(meanings(odd))
    [field] = page.context["form"].values
    admin.post(meanings(odd), {field: "1 (open)"})
    assert checked(odd).state == UploadState.READY
    assert set(LearnedWord.objects.values_list("files", flat=True)) == {"register"}
    assertContains(admin.get(reverse("schools:register_words")), "Our schools")
