"""Every school's workbook in one archive, without what schools have only begun (T1, B6)."""

import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding.models import TemplateZip
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, submitted_return
from tests.banding.workbook_files import uploaded
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def asked(officer, collection):
    make = reverse("banding:template_zip_make", args=[collection.pk])
    page = officer.post(make)
    made = TemplateZip.objects.latest("started_at")
    assertRedirects(page, address("template_zip", made))
    work_on(made)
    made.refresh_from_db()
    return made


def address(name, made):
    return reverse(f"banding:{name}", args=[made.pk])


def test_open_returns_are_in_it_without_drafts_and_can_be_sent_back(officer):
    pupil_return, rows = return_with_pupils(2)
    decide(rows[0])
    closed, _ = submitted_return(collection=pupil_return.collection)
    made = asked(officer, pupil_return.collection)
    page = officer.get(address("template_zip", made))
    assertContains(page, "Download the workbooks (zip)")
    assertContains(page, closed.school.urn)
    answer = officer.get(address("template_zip_file", made))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        [name] = archive.namelist()
        content = archive.read(name)
    assert name.endswith(f"{pupil_return.school.urn}-version-1.xlsx")
    bands = {cell.value for cell in load_workbook(io.BytesIO(content))["Pupils"]["L"]}
    assert bands == {"Band", None}
    upload = uploaded(pupil_return, content)
    work_on(upload)
    upload.refresh_from_db()
    assert upload.issues == []


def test_new_archive_takes_the_place_of_the_old_one(officer):
    pupil_return, _ = return_with_pupils(1)
    first, second = (asked(officer, pupil_return.collection) for _ in range(2))
    assert list(TemplateZip.objects.all()) == [second]
    assert officer.get(address("template_zip", first)).status_code == 404


def test_only_officers_are_offered_it(sign_in):
    pupil_return, _ = return_with_pupils(1)
    page = reverse("banding:collection_detail", args=[pupil_return.collection.pk])
    assertContains(sign_in(Role.SEND_OFFICER).get(page), "Prepare every school’s template")
    assertNotContains(sign_in(Role.ADMINISTRATOR).get(page), "Prepare every school’s template")
