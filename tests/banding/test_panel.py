"""Decisions of the panel, under every framework in force (B3, B4)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.choices import DecisionState
from banding.models import BandDecision
from banding.panel.services import decide_for_panel
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.agreed_bands import agreed_bands_on
from tests.banding.helpers import LEVELS
from tests.factories import FrameworkFactory, PupilFactory, person

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school)


def decide(pupil, framework, code="B", **given):
    fields = {
        "levels": LEVELS,
        "band": framework.bands.get(code=code),
        "difference_reason": "",
        "rationale": "New plan",
        "effective_from": DAY,
        "by": person(Role.SEND_OFFICER),
    }
    return decide_for_panel(pupil=pupil, framework=framework, **(fields | given))


def test_panel_decision_is_in_force_at_once(pupil, framework):
    decision = decide(pupil, framework)
    assert (decision.state, decision.school, decision.collection) == ("submitted", None, None)
    agreed = agreed_bands_on(DAY, [pupil], plan_type="SEN_SUPPORT", framework=framework)
    assert list(agreed) == [decision]


def test_pupil_is_banded_under_two_frameworks(pupil, framework):
    other = FrameworkFactory(code="other", name="Other framework")
    decide(pupil, framework)
    decide(pupil, other, code="C", difference_reason="Epilepsy")
    in_force = BandDecision.objects.in_force().order_by("band__code")
    assert [(d.framework, d.band.code) for d in in_force] == [(framework, "B"), (other, "C")]


def test_second_decision_of_the_day_supersedes_the_first(pupil, framework):
    first = decide(pupil, framework)
    second = decide(pupil, framework, code="C", difference_reason="Epilepsy")
    first.refresh_from_db()
    assert first.state == DecisionState.SUPERSEDED
    assert second.supersedes == first


def test_same_decision_twice_is_one(pupil, framework):
    assert decide(pupil, framework) == decide(pupil, framework)


def test_same_band_with_other_levels_is_another_decision(pupil, framework):
    decide(pupil, framework, levels={"cl": "2", "ci": "1"})
    second = decide(pupil, framework, levels={"cl": "1", "ci": "2"})
    levels = second.levels.values_list("area__code", "level__code")
    assert dict(levels) == {"cl": "1", "ci": "2"}


def test_same_band_for_another_reason_is_another_decision(pupil, framework):
    decide(pupil, framework, code="C", difference_reason="Epilepsy")
    second = decide(pupil, framework, code="C", difference_reason="Epilepsy since May")
    assert second.difference_reason == "Epilepsy since May"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"levels": {"cl": "2"}}, "Choose a level in 1 more area"),
        ({"band": None}, "Choose a band"),
        ({"code": "C"}, "Enter a reason for choosing a different band"),
    ],
)
def test_incomplete_panel_decision_is_refused(pupil, framework, given, message):
    with pytest.raises(RefusalError, match=message):
        decide(pupil, framework, **given)
    assert BandDecision.objects.count() == 0


def test_officer_bands_a_pupil_on_screen(sign_in, pupil, framework):
    officer = sign_in(Role.SEND_OFFICER)
    listed = officer.get(reverse("banding:panel_list", args=[pupil.pk])).content.decode()
    url = reverse("banding:panel_decision", args=[pupil.pk, framework.pk])
    assert url in listed
    given = {"level_cl": "2", "level_ci": "1", "band": "B", "do": "save"}
    given |= {"effective_from_0": "2", "effective_from_1": "11", "effective_from_2": "2026"}
    text = officer.post(url, given | {"band": ""}).content.decode()
    assert "Choose a band" in text
    assert BandDecision.objects.count() == 0
    assert officer.post(url, given).status_code == 302
    assert BandDecision.objects.get().effective_from == DAY


def test_suggestion_on_the_panels_page_is_a_fragment_and_saves_nothing(sign_in, pupil, framework):
    officer = sign_in(Role.SEND_OFFICER)
    url = reverse("banding:panel_decision", args=[pupil.pk, framework.pk])
    response = officer.post(url, {"level_cl": "3", "level_ci": "0"}, headers={"HX-Request": "true"})
    assert "Band C" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert BandDecision.objects.count() == 0


def test_auditor_looks_and_decides_nothing(sign_in, pupil, framework):
    auditor = sign_in(Role.AUDITOR)
    assert auditor.get(reverse("banding:panel_list", args=[pupil.pk])).status_code == 200
    url = reverse("banding:panel_decision", args=[pupil.pk, framework.pk])
    assert auditor.get(url).status_code == 403


def test_link_to_band_is_the_officers_alone(sign_in, pupil, framework):
    page, link = (
        reverse("banding:panel_list", args=[pupil.pk]),
        reverse("banding:panel_decision", args=[pupil.pk, framework.pk]),
    )
    assert link in sign_in(Role.SEND_OFFICER).get(page).content.decode()
    assert link not in sign_in(Role.AUDITOR).get(page).content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.MODERATION_LEAD])
def test_panel_decision_of_another_role_is_refused(pupil, framework, role):
    with pytest.raises(RefusalError, match="Your role does not let you do this"):
        decide(pupil, framework, by=person(role))
    assert not BandDecision.objects.exists()
