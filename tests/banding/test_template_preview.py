"""What the preview of a template shows to compare with (rules.md T4, T7)."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from banding.models import Level
from banding_portal.roles import Role
from tests.banding.helpers import decide
from tests.banding.workbook_files import Filled, checked, uploaded
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    FrameworkFactory,
    PupilFactory,
    ReturnFactory,
    ReturnPupilFactory,
)

pytestmark = pytest.mark.django_db


def test_preview_shows_last_band_and_levels(pupil_return, amira, ben):
    """Answers that were sorted away from their pupils show beside those of last time."""
    framework = pupil_return.collection.framework
    earlier = CollectionFactory(framework=framework, reference_date=dt.date(2025, 1, 1))
    before = ReturnPupilFactory(
        pupil_return=ReturnFactory(collection=earlier, school=pupil_return.school),
        pupil=amira.pupil,
    )
    decision = BandDecisionFactory(return_pupil=before, band_code="B")
    area = framework.areas.get(code="cl")
    decision.levels.create(area=area, level=area.levels.get(code="1"))
    filled = Filled(pupil_return).decide(amira).decide(ben)

    upload = checked(uploaded(pupil_return, filled.content))

    found = {each["who"]: each for each in upload.preview["changes"]}
    assert found["Khan, Amira"]["last"]["name"] == "Band B"
    areas = {area.name: area.levels.get(code="2") for area in framework.areas.all()}
    learning, talking = areas.values()
    assert found["Khan, Amira"]["answers"] == [
        ["Cognition and learning", str(learning), "1"],
        ["Communication and interaction", str(talking), ""],
    ]
    assert found["Kowalski, Ben"]["last"] == ""
    assert [before for _, _, before in found["Kowalski, Ben"]["answers"]] == ["", ""]


def test_last_band_of_another_framework_is_named_with_it(pupil_return, amira):
    other = FrameworkFactory(code="another", name="Another framework")
    earlier = CollectionFactory(framework=other, reference_date=dt.date(2025, 1, 1))
    before = ReturnPupilFactory(
        pupil_return=ReturnFactory(collection=earlier, school=pupil_return.school),
        pupil=amira.pupil,
    )
    BandDecisionFactory(return_pupil=before, band_code="B")

    upload = checked(uploaded(pupil_return, Filled(pupil_return).decide(amira).content))

    assert upload.preview["changes"][0]["last"] == f"Band B ({other})"


def test_page_shows_both_beside_the_new_band(sign_in, pupil_return, amira):
    upload = checked(uploaded(pupil_return, Filled(pupil_return).decide(amira).content))
    senco = sign_in(Role.SENCO, school=pupil_return.school)

    page = senco.get(reverse("banding:template_upload_detail", args=[upload.pk])).content.decode()

    level = Level.objects.get(area__code="cl", code="2")
    assertInHTML(f"<dt>Cognition and learning</dt><dd>{level}</dd>", page)
    assert "Last time" not in page


def test_earlier_draft_stands_beside_the_new_levels(sign_in, pupil_return, amira):
    decide(amira, levels={"cl": "1", "ci": "2"}, code="A")
    upload = checked(uploaded(pupil_return, Filled(pupil_return).decide(amira).content))
    [change] = upload.preview["changes"]
    assert change["until_now"] == "Cognition and learning 1"
    assert (change["old"]["name"], change["new"]["name"]) == ("Band A", "Band B")
    senco = sign_in(Role.SENCO, school=pupil_return.school)
    page = senco.get(reverse("banding:template_upload_detail", args=[upload.pk])).text
    assert "On the portal until now: Cognition and learning 1." in page


def test_band_of_another_authoritys_pupil_is_said_not_to_be_needed(pupil_return, ben):
    pupil = PupilFactory(
        surname="Lane", forename="Cai", school=pupil_return.school, responsible_la="998"
    )
    theirs = ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    filled = Filled(pupil_return).decide(theirs).decide(ben)
    preview = checked(uploaded(pupil_return, filled.content)).preview
    found = {each["who"]: each["what"] for each in preview["changes"]}
    not_needed = "Another authority’s pupil, for whom no band is needed"
    assert found == {"Lane, Cai": not_needed, "Kowalski, Ben": ""}


def test_preview_says_on_opening_that_an_answer_changed_since(sign_in, pupil_return, amira, ben):
    """What nobody looked at is not offered to be applied; another check shows what is so now."""
    upload = checked(uploaded(pupil_return, Filled(pupil_return).decide(amira).content))
    senco = sign_in(Role.SENCO, school=pupil_return.school)
    url = reverse("banding:template_upload_detail", args=[upload.pk])
    assert "Check again" not in senco.get(url).text
    decide(amira, levels={"cl": "1", "ci": "1"}, code="A")
    page = senco.get(url).text
    assert "Something changed since this file was checked" in page
    assert "Apply these decisions" not in page
    senco.post(url, {"action": "again"})
    again = checked(upload)
    assert again.preview["changes"][0]["old"]["name"] == "Band A"
    page = senco.get(url).text
    assert "Apply these decisions" in page
    assert "Check again" not in page


def test_pupil_who_left_is_not_said_to_be_undecided(pupil_return, amira):
    filled = Filled(pupil_return).fill(amira, Change="Left", **{"Date of change": "31/07/2026"})

    [change] = checked(uploaded(pupil_return, filled.content)).preview["changes"]

    assert (change["old"], change["new"]) == ("", "No band needed")
