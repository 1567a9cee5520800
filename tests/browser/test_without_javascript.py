"""Pupils banded and a return submitted in a browser that runs no scripts (quality.md Q21)."""

import pytest

from banding.models import BandDecision, Return
from banding_portal.roles import Role
from tests.browser import school
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory


@pytest.fixture
def pupil_return(transactional_db):
    """Two pupils, nothing decided yet."""
    pupil_return = ReturnFactory()
    for surname in ("Adair", "Bell"):
        pupil = PupilFactory(school=pupil_return.school, surname=surname)
        ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    return pupil_return


def test_pupils_are_banded_and_the_return_submitted(visit, member, pupil_return):
    senco = visit(member(Role.SENCO, school=pupil_return.school), javascript=False)
    senco.begin_with("Amira Adair")
    senco.sees_heading("Amira Adair")
    for area in school.AREAS:
        senco.choose(area, "Level 1")
    senco.press("Show the suggested band")
    senco.sees("Suggested: Band A")
    senco.choose("Band", "Band A")
    senco.press("Save and go to next pupil")
    senco.sees_heading("Amira Bell")
    school.band_on_screen(senco, "2", "B")
    school.submit(senco)
    assert Return.objects.get().state == "submitted"
    bands = BandDecision.objects.values_list("pupil__surname", "band__code", "state")
    assert sorted(bands) == [("Adair", "A", "submitted"), ("Bell", "B", "submitted")]


def test_unanswered_questions_are_named_and_linked(visit, member, pupil_return):
    senco = visit(member(Role.SENCO, school=pupil_return.school), javascript=False)
    senco.begin_with("Amira Adair")
    senco.fill("Rationale (optional)", "Typed and kept.")
    senco.press("Save and go to next pupil")
    senco.sees_heading("Amira Adair")
    senco.sees("Choose a band")
    summary = senco.page.get_by_role("alert")
    summary.get_by_role("link", name="Choose a band").click()
    assert senco.page.url.endswith("#id_band_0")
    rationale = senco.page.get_by_label("Rationale (optional)", exact=True)
    assert rationale.input_value() == "Typed and kept."
    assert BandDecision.objects.count() == 0


def test_upload_is_followed_by_a_link(visit, member, pupil_return, worker):
    """The page of an upload asks nobody to wait for a script."""
    senco = visit(member(Role.SENCO, school=pupil_return.school), javascript=False)
    senco.go(f"/returns/{pupil_return.pk}/")
    template = school.download_template(senco).decide("Adair", "2", "B").decide("Bell", "9", "B")
    senco.follow("Upload a filled-in template")
    senco.attach("autumn.xlsx", template.content)
    senco.press("Upload and check")
    again = senco.page.get_by_role("link", name="Check again")
    for _ in range(120):
        if not again.count():
            break
        senco.page.wait_for_timeout(250)
        senco.leave_by(again)
    senco.sees("There are 2 problems in this file")
    assert BandDecision.objects.count() == 0
