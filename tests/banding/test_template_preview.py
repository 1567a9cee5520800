"""What the preview of a template shows to compare with (rules.md T4, T7)."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from banding.models import Level
from banding_portal.roles import Role
from tests.banding.workbook_files import Filled, checked, uploaded
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    FrameworkFactory,
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


def test_pupil_who_left_is_not_said_to_be_undecided(pupil_return, amira):
    filled = Filled(pupil_return).fill(amira, Change="Left", **{"Date of change": "31/07/2026"})

    [change] = checked(uploaded(pupil_return, filled.content)).preview["changes"]

    assert (change["old"], change["new"]) == ("", "No band needed")
