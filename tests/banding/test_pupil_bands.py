"""The band of each pupil in the list of pupils: agreed, and as far as one may know (B6, B9)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from tests.factories import BandDecisionFactory, FrameworkFactory, PlanFactory, PupilFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


def bands(client):
    shown = client.get(reverse("schools:pupil_list")).context["page_obj"]
    return [band.code if band else None for pupil in shown for _, band in pupil.bands]


def banded(school, code, *days, **fields):
    pupil, framework = PupilFactory(school=school, **fields), FrameworkFactory()
    for day in days:
        BandDecisionFactory(
            pupil=pupil,
            school=school,
            return_pupil=None,
            collection=None,
            framework=framework,
            band_code=code if day == max(days) else "A",
            effective_from=day,
        )
    return pupil


def test_list_shows_the_newest_band_in_force(sign_in, school):
    banded(school, "B", dt.date(2026, 1, 1), dt.date(2026, 4, 1), surname="A")
    banded(school, "B", TODAY + dt.timedelta(days=1), surname="B")
    PupilFactory(school=school, surname="C")
    assert bands(sign_in(Role.SENCO, school=school)) == ["B", None, None]


def test_band_of_sen_support_counts_only_once_moderated(sign_in, school):
    pupil = banded(school, "B", dt.date(2026, 1, 1))
    pupil.plans.all().delete()
    PlanFactory(pupil=pupil, plan_type="SEN_SUPPORT")
    assert bands(sign_in(Role.SENCO, school=school)) == [None]


def test_bands_of_two_frameworks_have_a_column_each(sign_in, school):
    pupil = banded(school, "B", dt.date(2026, 1, 1))
    senco = sign_in(Role.SENCO, school=school)
    url = reverse("schools:pupil_list")
    old = FrameworkFactory(code="old", name="Old bands")
    assert senco.get(url).context["columns"] == ["Band"]
    BandDecisionFactory(
        pupil=pupil,
        school=school,
        return_pupil=None,
        collection=None,
        framework=old,
        band_code="A",
        effective_from=dt.date(2025, 1, 1),
    )
    page = senco.get(url)
    [shown] = page.context["page_obj"]
    assert [(heading, band.code) for heading, band in shown.bands] == [
        ("Old bands", "A"),
        (str(FrameworkFactory()), "B"),
    ]
    assert '<th scope="col">Old bands</th>' in page.text
