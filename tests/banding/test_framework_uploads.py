"""The pages of a framework's file, from the file to what was loaded (rules.md B1)."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding.models import Framework, FrameworkUpload
from banding_portal.roles import Role
from tests.banding.test_frameworks import DATA, changed
from tests.factories import FrameworkFactory
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def page_after(client, data):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    file = SimpleUploadedFile("framework.json", content)
    page = client.post(reverse("banding:framework_upload"), {"file": file})
    work_on(FrameworkUpload.objects.first())
    return client.get(page.url)


def apply(client, page):
    upload = page.context["upload"]
    told = {"action": "apply", "fingerprint": upload.fingerprint}
    client.post(page.request["PATH_INFO"], told)
    work_on(upload)
    return client.get(page.request["PATH_INFO"])


def test_new_framework_is_previewed_and_then_loaded(admin):
    page = page_after(admin, DATA)
    assertContains(page, "Version 1, from 1 Sep 2024: 2 bands, 1 area, 2 levels")
    assert not Framework.objects.exists()
    assertContains(apply(admin, page), "The framework is loaded")
    assert Framework.objects.get().name == "Matrix"


def test_changes_are_shown_old_and_new_by_their_path(admin):
    apply(admin, page_after(admin, DATA))
    bands = [{**DATA["bands"][0], "name": "Lowest"}, DATA["bands"][1]]
    page = page_after(admin, changed(bands=bands))
    [change] = page.context["upload"].preview["changes"]
    assert (change["what"], change["old"], change["new"]) == ("bands low name", "Low", "Lowest")
    assertContains(page, "Lowest")


def test_framework_that_is_there_already_has_nothing_to_apply(admin):
    apply(admin, page_after(admin, DATA))
    assertContains(page_after(admin, DATA), "There is nothing to apply.")


def test_every_problem_is_listed_with_its_path(admin):
    data = changed(name="", bands=[{**DATA["bands"][0], "rank": "one"}])
    page = page_after(admin, data)
    for part in ("name", "The name is empty.", "bands[0].rank", "The rank is a whole number"):
        assertContains(page, part)
    assert not Framework.objects.exists()


def test_file_that_is_no_json_says_where(admin):
    assertContains(page_after(admin, b'{"code": '), "something is wrong in line 1, at character 10")


def test_points_of_a_weighted_sum_are_shown(admin):
    apply(admin, page_after(admin, DATA))
    framework = Framework.objects.get()
    page = admin.get(reverse("banding:framework_detail", args=[framework.pk]))
    assertContains(page, "From points")


def test_no_file_is_asked_for(admin):
    assertContains(admin.post(reverse("banding:framework_upload")), "Choose a file")


def test_auditor_looks_but_does_not_apply(admin, client, sign_in):
    page = page_after(admin, DATA)
    sign_in(Role.AUDITOR)
    assertContains(client.get(page.request["PATH_INFO"]), "Check what this file will change")
    assert client.post(page.request["PATH_INFO"], {"action": "apply"}).status_code == 403


@pytest.mark.parametrize("loaded", [0, 1])
def test_list_offers_to_load_a_framework_to_administrators_alone(sign_in, loaded):
    FrameworkFactory.create_batch(loaded)
    page, link = reverse("banding:framework_list"), reverse("banding:framework_upload")
    assert link in sign_in(Role.ADMINISTRATOR).get(page).content.decode()
    assert link not in sign_in(Role.SEND_OFFICER).get(page).content.decode()
