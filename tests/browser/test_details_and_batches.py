"""Details typed over in a template, asked for and corrected; and several templates at once."""

import io
import zipfile

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from banding.models import BandDecision, DetailCorrection, TemplateUpload
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils
from tests.banding.workbook_files import Filled
from tests.browser.test_template_mending import wait
from tests.factories import MembershipFactory


@pytest.mark.parametrize("javascript", [True, False])
def test_name_typed_over_is_asked_for_and_corrected(javascript, visit, member, worker):
    pupil_return, [row] = return_with_pupils()
    senco = visit(member(Role.SENCO, school=pupil_return.school), javascript=javascript)
    senco.go(reverse("banding:template_upload", args=[pupil_return.pk]))
    senco.attach("autumn.xlsx", Filled(pupil_return).fill(row, Surname="Kahn").content)
    senco.press("Upload and check")
    wait(senco, javascript=javascript)
    senco.sees("Surname: Kahn")
    senco.page.get_by_role("checkbox", name=f"{row.pupil}").check()
    senco.press("Ask the authority to correct these")
    asked = DetailCorrection.objects.get()
    officer = visit(member(Role.SEND_OFFICER), javascript=javascript)
    officer.go(reverse("banding:details_list"))
    officer.follow(row.pupil.display_name)
    officer.sees("Kahn")
    officer.press("Correct the pupil’s details")
    officer.sees("The pupil’s details are corrected, and the school has been told.")
    row.pupil.refresh_from_db()
    assert row.pupil.surname == "Kahn"
    senco.go(reverse("banding:details_detail", args=[asked.pk]))
    senco.sees("Corrected")


@pytest.mark.parametrize("javascript", [True, False])
def test_several_templates_each_find_their_return(javascript, visit, member, worker):
    first, [row] = return_with_pupils()
    second, _ = return_with_pupils(collection=first.collection)
    person = member(Role.SENCO, school=first.school)
    MembershipFactory(user=person, role=Role.SENCO, school=second.school)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("second.xlsx", Filled(second).content)
    senco = visit(person, javascript=javascript)
    senco.go(reverse("banding:return_list"))
    senco.follow("Upload several templates at once")
    files = {
        "first.xlsx": Filled(first).decide(row).content,
        "both.zip": zipped.getvalue(),
        "notes.csv": b"Some,thing\n1,2\n",
    }
    senco.page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            for name, content in files.items()
        ]
    )
    senco.press("Upload and check")
    wait(senco, javascript=javascript)
    senco.sees("2 of 3 files taken")
    senco.sees("Not taken")
    upload = TemplateUpload.objects.get(pupil_return=first)
    line = senco.page.get_by_role("row", name="first.xlsx")
    expect(line).to_contain_text(str(first.school))
    senco.go(reverse("banding:template_upload_detail", args=[upload.pk]))
    wait(senco, javascript=javascript)
    senco.press("Apply these decisions")
    wait(senco, javascript=javascript)
    assert BandDecision.objects.get().pupil == row.pupil
