"""A template in a browser: refused, corrected on screen, previewed, applied, undone."""

from django.urls import reverse

from banding.models import BandDecision
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils
from tests.banding.workbook_files import Filled
from tests.browser.visitor import Visitor


def wait(visitor: Visitor, *, javascript: bool) -> None:
    """By itself with JavaScript, by looking again without."""
    while not javascript and visitor.page.locator("#job-progress").count():
        visitor.leave_by(visitor.page.get_by_role("link", name="Check again"))
    visitor.wait_for_job()


def walk(visitor: Visitor, url: str, content: bytes, *, javascript: bool) -> None:
    visitor.go(url)
    visitor.attach("autumn.xlsx", content)
    visitor.press("Upload and check")
    wait(visitor, javascript=javascript)
    visitor.press("Correct the problems here")
    visitor.select("Band", "B")
    visitor.press("Save corrections and check again")
    wait(visitor, javascript=javascript)
    visitor.sees("“Band Z” became “B”")
    visitor.press("Apply these decisions")
    wait(visitor, javascript=javascript)
    visitor.sees("What was saved")
    assert BandDecision.objects.get().band.code == "B"
    visitor.press("Undo what this file changed")
    visitor.sees("1 undone.")
    assert not BandDecision.objects.exists()


def test_broken_template_is_corrected_applied_and_undone(visit, member, worker):
    pupil_return, rows = return_with_pupils(2)
    senco = member(Role.SENCO, school=pupil_return.school)
    content = Filled(pupil_return).decide(rows[0], band="Band Z").content
    url = reverse("banding:template_upload", args=[pupil_return.pk])
    for javascript in (True, False):
        walk(visit(senco, javascript=javascript), url, content, javascript=javascript)
