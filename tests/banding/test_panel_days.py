"""From when a band of the panel holds: a mistyped year does not pass (B4, S13)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.models import BandDecision
from banding.panel.rules import doubts_of_effect, problem_of_effect
from banding.panel.services import decide_for_panel
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import LEVELS
from tests.factories import PlacementFactory, PlanFactory, PupilFactory, person
from tests.pages import flat

TODAY = dt.date(2026, 11, 27)
PLANNED, PLACED = dt.date(2024, 9, 5), dt.date(2024, 11, 4)


# Pure


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        (dt.date(2024, 9, 4), "The pupil’s first plan begins on 5 September 2024. Enter that day"),
        (PLANNED, ""),
    ],
)
def test_no_band_before_the_first_plan(wanted, begins):
    born, since = dt.date(2016, 3, 1), dt.date(2020, 9, 1)
    found = problem_of_effect(wanted, born=born, since=since, today=TODAY, planned=PLANNED)
    assert found.startswith(begins) if begins else found == ""


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            dt.date(2024, 11, 3),
            [
                "This is before the pupil’s first placement, which begins on 4 November 2024",
                "This is more than a year ago: 3 November 2024. Check the year",
            ],
        ),
        (PLACED, ["This is more than a year ago: 4 November 2024. Check the year"]),
        (dt.date(2025, 11, 26), []),
        (TODAY, []),
    ],
)
def test_what_is_asked_about(wanted, said):
    found = doubts_of_effect(wanted, placed=PLACED, today=TODAY)
    assert [doubt.sentence for doubt in found] == said
    assert not any(doubt.is_error for doubt in found)


# The service


@pytest.fixture
def pupil(school):
    pupil = PupilFactory()
    PlacementFactory(pupil=pupil, school=school, start=PLACED)
    PlanFactory(pupil=pupil, start=PLANNED)
    return pupil


@pytest.mark.django_db
def test_service_refuses_a_day_before_the_plan(pupil, framework):
    with pytest.raises(RefusalError, match="first plan begins on 5 September 2024"):
        decide_for_panel(
            pupil=pupil, framework=framework, levels=LEVELS,
            band=framework.bands.get(code="B"), difference_reason="", rationale="",
            effective_from=dt.date(2024, 9, 4), by=person(Role.SEND_OFFICER),
        )  # fmt: skip
    assert not BandDecision.objects.exists()


# The pages


def single(pupil, framework):
    url = reverse("banding:panel_decision", args=[pupil.pk, framework.pk])
    return url, {"level_cl": "2", "level_ci": "1", "band": "B"}


def every(pupil, _):
    given = {"level_cl": "2", "level_ci": "1", "band": "B"}
    url = reverse("banding:panel_every", args=[pupil.pk])
    return url, {f"framework1-{name}": code for name, code in given.items()}


def sent(day):
    named = {f"effective_from_{at}": str(part) for at, part in enumerate((day.day, day.month))}
    return named | {"effective_from_2": str(day.year), "do": "save"}


pages = pytest.mark.parametrize("page", [single, every])


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


@pytest.mark.django_db
@pages
def test_page_refuses_a_day_before_the_plan(officer, pupil, framework, page):
    url, given = page(pupil, framework)
    text = flat(officer.post(url, given | sent(dt.date(2021, 9, 5)) | {"sure": "on"}).text)
    assert "The pupil’s first plan begins on 5 September 2024. Enter that day or a later" in text
    assert not BandDecision.objects.exists()


@pytest.mark.django_db
@pages
def test_page_asks_about_a_mistyped_year_and_takes_it_once_it_is_ticked(
    officer, pupil, framework, page
):
    url, given = page(pupil, framework)
    given |= sent(dt.date(2024, 10, 1))
    text = flat(officer.post(url, given).text)
    assert "This is before the pupil’s first placement, which begins on 4 November 2024" in text
    assert "This is more than a year ago: 1 October 2024. Check the year" in text
    assert "It is right anyway" in text
    assert not BandDecision.objects.exists()
    officer.post(url, given | {"sure": "on"})
    assert BandDecision.objects.get().effective_from == dt.date(2024, 10, 1)


@pytest.mark.django_db
def test_correction_asks_about_it_as_well(officer, pupil, framework):
    url, given = single(pupil, framework)
    officer.post(url, given | sent(dt.date(2026, 10, 1)))
    made = BandDecision.objects.get()
    page = reverse("banding:decision_correct", args=[made.pk])
    wrong = sent(dt.date(2025, 10, 1)) | {"reason": "Misread"}
    assert "more than a year ago: 1 October 2025" in flat(officer.post(page, wrong).text)
    early = sent(dt.date(2021, 9, 5)) | {"reason": "Misread", "sure": "on"}
    assert "first plan begins on 5 September 2024" in flat(officer.post(page, early).text)
