"""A caseload in a browser: loaded, loaded again, decided, applied, undone."""

import datetime as dt

from django.urls import reverse

from banding_portal.roles import Role
from schools.models import Placement, Pupil
from tests.banding.caseload_files import as_csv, caseload_row
from tests.factories import FrameworkFactory, SchoolFactory

ROWS = [caseload_row(1), caseload_row(2)]


def send(page, base, rows):
    page.goto(base + reverse("banding:caseload_upload"))
    file = {"name": "caseload.csv", "mimeType": "text/csv", "buffer": as_csv(rows)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("heading", name="Check what this file will change").wait_for()


def test_caseload_is_loaded_again_decided_and_undone(visit, member, worker):
    SchoolFactory(urn="900001")
    FrameworkFactory()
    page = visit(member(Role.SEND_OFFICER)).page
    base = page.url.rstrip("/")
    send(page, base, ROWS)
    page.get_by_role("button", name="Apply these changes").click()
    page.get_by_text("The pupils are up to date").wait_for()
    Placement.objects.filter(pupil__reference="999-1").update(end=dt.date(2026, 11, 10))

    send(page, base, ROWS)
    page.get_by_text("There is nothing to apply.").wait_for()
    page.get_by_role("link", name="Ended here").click()
    page.get_by_label("Take the file’s", exact=True).check()
    page.get_by_role("button", name="Save these choices").click()
    page.get_by_text("1 choice saved").wait_for()
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("button", name="Apply these changes").click()
    page.get_by_role("link", name="See every change").click()
    assert Placement.objects.get(pupil__reference="999-1").end is None

    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("1 change can be undone").wait_for()
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_text("1 change undone.").wait_for()
    assert Placement.objects.get(pupil__reference="999-1").end == dt.date(2026, 11, 10)
    assert Pupil.objects.count() == 2
