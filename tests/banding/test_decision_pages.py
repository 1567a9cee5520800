"""The band decision page, with and without JavaScript (B2, B3, B8, B11)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.choices import DecisionState
from banding.models import BandDecision, ExceptionalRequest
from banding.returns.services import return_for_correction
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, submitted_return
from tests.factories import (
    BandDecisionFactory,
    PlacementFactory,
    ReturnPupilFactory,
    SchoolFactory,
    person,
)
from tests.pages import flat

pytestmark = pytest.mark.django_db
COMPLETE = {"level_cl": "2", "level_ci": "1", "band": "B", "do": "next"}


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def senco(sign_in, school):
    return sign_in(Role.SENCO, school=school)


@pytest.fixture
def rows(school):
    return return_with_pupils(2, school=school)[1]


def url(row, name="decision_edit"):
    return reverse(f"banding:{name}", args=[row.pk])


def test_page_shows_the_descriptors_and_no_suggestion_yet(senco, rows):
    text = senco.get(url(rows[0])).content.decode()
    assert 'Cognition and learning, level <mark class="differs">2.</mark>' in text
    assert "Words in bold show where a level differs from the one before it." in text
    assert "No suggestion yet." in text
    assert "checked" not in text
    assert text.count('class="govuk-button"') == 1


def test_complete_decision_leads_to_the_next_pupil(senco, rows):
    response = senco.post(url(rows[0]), COMPLETE)
    assert response.url == url(rows[1])
    draft = BandDecision.objects.get()
    assert (draft.band.code, draft.decided_by) == ("B", senco.user)


def test_last_decision_leads_to_the_check(senco, rows):
    decide(rows[1])
    response = senco.post(url(rows[0]), COMPLETE)
    assert response.url == reverse("banding:return_check", args=[rows[0].pupil_return_id])


def test_next_pupil_comes_after_this_one_and_then_from_the_start(senco, rows):
    assert senco.post(url(rows[1]), COMPLETE).url == url(rows[0])


def test_incomplete_decision_says_what_is_missing_and_keeps_what_was_typed(senco, rows):
    given = {"level_cl": "2", "rationale": "Learns slowly", "do": "next"}
    text = senco.post(url(rows[0]), given).content.decode()
    assert '<a href="#id_level_ci_0">Choose the level that fits best in Communication' in text
    assert '<a href="#id_band_0">Choose a band</a>' in text
    assert "Learns slowly" in text
    assert "<title>Error: " in text
    assert BandDecision.objects.count() == 0


def test_another_band_than_suggested_asks_for_the_reason(senco, rows):
    text = senco.post(url(rows[0]), COMPLETE | {"band": "C"}).content.decode()
    assert "Say why you chose Band C where Band B is suggested" in text


def test_draft_may_be_incomplete(senco, rows):
    response = senco.post(url(rows[0]), {"level_cl": "2", "do": "draft"})
    assert response.url == reverse("banding:return_detail", args=[rows[0].pupil_return_id])
    assert BandDecision.objects.get().band is None


def test_suggestion_without_script_saves_nothing_and_keeps_the_choices(senco, rows):
    given = COMPLETE | {"band": "C", "do": "suggest", "rationale": "Typed"}
    text = senco.post(url(rows[0]), given).content.decode()
    assert "<strong>Suggested:</strong>" in text
    assert "The highest need is Band B" in text
    assert "Typed" in text
    assert text.count("checked") == 3
    assert "<title>Error" not in text
    assert BandDecision.objects.count() == 0


def test_suggestion_follows_the_choices_as_a_fragment(senco, rows):
    response = senco.post(url(rows[0], "decision_suggestion"), {"level_cl": "3", "level_ci": "0"})
    text = response.content.decode()
    assert "Band C" in text
    assert "<html" not in text


def test_unknown_level_and_band_are_refused(senco, rows):
    given = COMPLETE | {"level_cl": "99", "band": "Z"}
    text = senco.post(url(rows[0]), given).content.decode()
    assert "Choose a level of Cognition and learning from those shown" in text
    assert "Choose the band from the list" in text


def test_page_starts_from_the_draft_and_its_version(senco, rows):
    decide(rows[0], rationale="Draft words")
    text = senco.get(url(rows[0])).content.decode()
    assert "Draft words" in text
    assert '<input type="hidden" name="version" value="1"' in text


def test_page_of_a_correction_starts_from_what_was_submitted(senco, school):
    pupil_return, (row,) = submitted_return(school=school)
    return_for_correction(pupil_return=pupil_return, by=senco.user, reason="Look again")
    text = senco.get(url(row)).content.decode()
    assert text.count("checked") == 3
    senco.post(url(row), COMPLETE | {"level_cl": "3", "band": "C"})
    draft = BandDecision.objects.get(state=DecisionState.DRAFT)
    assert (draft.band.code, draft.supersedes.band.code) == ("C", "B")
    assert "Remove my correction" in senco.get(url(row)).content.decode()
    senco.post(url(row, "decision_discard"))
    assert not BandDecision.objects.filter(state=DecisionState.DRAFT).exists()


def test_conflict_shows_both_versions_and_either_can_be_kept(senco, school, rows):
    colleague = person(Role.SENCO, school=school, name="Jo Bell")
    decide(rows[0], colleague, rationale="Words of Jo")
    mine = COMPLETE | {"level_cl": "3", "band": "C", "rationale": "My words", "version": ""}
    response = senco.post(url(rows[0]), mine)
    assert response.url == f"{url(rows[0])}?versions=both"
    text = senco.get(response.url).content.decode()
    for words in ("Jo Bell", "Words of Jo", "My words", "Save my version", "Keep theirs"):
        assert words in text
    assert BandDecision.objects.get().rationale == "Words of Jo"
    assert senco.post(url(rows[0]), mine | {"version": "1"}).status_code == 302
    assert BandDecision.objects.get().rationale == "My words"


def test_conflict_with_oneself_says_so(senco, rows):
    decide(rows[0], senco.user, rationale="First window")
    response = senco.post(url(rows[0]), COMPLETE | {"rationale": "Second window"}, follow=True)
    text = flat(response.content.decode())
    assert "You changed this decision in another window" in text
    assert "by you, in another window" in text


def test_button_that_names_the_suggested_band_saves_it(senco, rows):
    """Who decides is who presses it; where the levels have changed since, nothing is saved (B3)."""
    given = {**COMPLETE, "band": "", "do": ""}
    text = senco.post(url(rows[0]), given | {"do": "suggest"}).text
    assert 'name="take"' in text
    senco.post(url(rows[0]), given | {"take": "C"})
    assert BandDecision.objects.count() == 0
    senco.post(url(rows[0]), given | {"take": "B"})
    assert BandDecision.objects.get().band.code == "B"


def test_suggested_band_that_is_chosen_already_has_one_button(senco, rows):
    text = senco.post(url(rows[0]), COMPLETE | {"do": "suggest"}).text
    take = text.split('name="take"')[1].split(">")[0]
    choose = text.split('name="choose"')[1].split(">")[0]
    assert "hidden" in take
    assert "hidden" in choose


def test_reason_says_from_which_band_the_chosen_one_differs(senco, rows):
    text = senco.post(url(rows[0]), COMPLETE | {"do": "suggest", "band": "C"}).text
    hint = text.split("Reason for choosing a different band")[1].split("</div>")[0]
    assert "Your band differs from Band B. Say why." in hint


def test_reason_for_another_band_is_not_called_optional(senco, rows):
    text = senco.get(url(rows[0])).content.decode()
    label = text.split("Reason for choosing a different band")[1].split("</label>")[0]
    assert "(optional)" not in label
    assert "Only if your band differs from the suggested one." in text


def test_late_save_keeps_what_was_typed_on_the_page(senco, school):
    _, (row,) = submitted_return(school=school)
    response = senco.post(url(row), COMPLETE | {"rationale": "Typed in vain?"})
    text = response.content.decode()
    assert "This return has been submitted" in text
    assert "Typed in vain?" in text


def test_exceptional_request_keeps_the_choices_as_a_draft(senco, rows):
    response = senco.post(url(rows[0]), COMPLETE | {"do": "exceptional"})
    assert response.url == url(rows[0], "exceptional_create")
    assert BandDecision.objects.get().band.code == "B"
    senco.post(response.url, {"reason": "A nurse all day"})
    asked = ExceptionalRequest.objects.get()
    assert (asked.reason, asked.return_pupil) == ("A nurse all day", rows[0])
    text = senco.get(url(rows[0])).content.decode()
    assert "Exceptional request: waiting for an answer" in text


def test_exceptional_request_with_nothing_chosen_makes_no_draft(senco, rows):
    senco.post(url(rows[0]), {"do": "exceptional"})
    assert BandDecision.objects.count() == 0


def test_officer_reads_and_cannot_save(sign_in, rows):
    decide(rows[0], rationale="Learns slowly")
    officer = sign_in(Role.SEND_OFFICER)
    assert "Learns slowly" in officer.get(url(rows[0])).content.decode()
    assert officer.post(url(rows[0]), COMPLETE).status_code == 403


@pytest.mark.parametrize("name", ["decision_edit", "decision_suggestion", "decision_discard"])
def test_senco_of_another_school_who_only_heads_this_one_changes_nothing(sign_in, rows, name):
    school = rows[0].pupil_return.school
    client = sign_in(Role.SENCO, school=SchoolFactory())
    client.user.memberships.create(role=Role.HEADTEACHER, school=school)
    draft = decide(rows[0])
    assert client.post(url(rows[0], name), COMPLETE | {"band": "C"}).status_code == 403
    assert BandDecision.objects.get() == draft


def test_draft_is_discarded_by_the_senco(senco, rows):
    decide(rows[0])
    assert senco.post(url(rows[0], "decision_discard")).status_code == 302
    assert BandDecision.objects.count() == 0


def test_script_is_not_needed(senco, rows):
    """Every control is a plain form control; nothing runs inline."""
    text = senco.get(url(rows[0])).content.decode().split("<main")[1]
    assert "Show the suggested band" in text
    assert "<script" not in text
    assert "onclick" not in text


def test_school_a_pupil_left_sees_its_own_past_and_nothing_newer(senco, school):
    """B6: the page of an old return shows no decision of the school the pupil went to."""
    _, (row,) = submitted_return(school=school)
    row.pupil.placements.update(end=dt.date(2026, 11, 1))
    new_school = SchoolFactory()
    PlacementFactory(pupil=row.pupil, school=new_school, start=dt.date(2026, 11, 2))
    newer = ReturnPupilFactory(pupil=row.pupil, pupil_return__school=new_school)
    BandDecisionFactory(
        return_pupil=newer, band_code="C", effective_from=dt.date(2026, 11, 2), school=new_school
    )
    text = senco.get(url(row)).content.decode()
    assert "Band B" in text
    assert "Band C" not in text
    assert newer.pupil_return.collection.name not in text
    assert senco.get(url(newer)).status_code == 404


def test_showing_a_conflict_again_sends_nothing(senco, school, rows):
    decide(rows[0], person(Role.SENCO, school=school, name="Jo Bell"))
    page = senco.post(url(rows[0]), COMPLETE | {"band": "C", "difference_reason": "X"}).url
    assert [senco.get(page).status_code for _ in range(2)] == [200, 200]
    assert BandDecision.objects.get().band.code == "B"
    senco.post(url(rows[0]), {"typed": "discard"})
    assert "two versions" not in senco.get(page).content.decode()


def test_suggested_band_is_chosen_by_its_button_and_nothing_is_saved(senco, rows):
    given = {"level_cl": "2", "level_ci": "1", "rationale": "Typed"}
    text = flat(senco.post(url(rows[0]), given | {"do": "suggest"}).content.decode())
    assert 'name="choose" value="B"' in text
    text = flat(senco.post(url(rows[0]), given | {"choose": "B"}).content.decode())
    assert text.count("checked") == 3
    assert "Typed" in text
    assert BandDecision.objects.count() == 0


def test_page_says_which_pupil_it_is_and_leads_to_those_beside(senco, rows):
    first, second = (flat(senco.get(url(row)).content.decode()) for row in rows)
    assert "Pupil 1 of 2" in first
    assert "Pupil 2 of 2" in second
    assert f'href="{url(rows[1])}">Next' in first
    assert f'href="{url(rows[0])}">Previous' in second
    assert "Previous<" not in first


def test_saving_is_told_in_one_line_and_in_no_banner(senco, rows):
    text = flat(senco.post(url(rows[0]), COMPLETE, follow=True).content.decode())
    assert text.count("saved. 1 left to do.") == 1
    assert '<p class="saved-line" role="status">' in text
    assert "govuk-notification-banner" not in text


def last_time(row):
    decision = BandDecisionFactory(
        pupil=row.pupil, framework=row.pupil_return.collection.framework, band_code="B"
    )
    for area in decision.framework.areas.all():
        decision.levels.create(area=area, level=area.levels.get(code="2"))
    return decision


def test_last_time_is_marked_and_can_be_the_start_which_is_counted(senco, rows):
    before = last_time(rows[0])
    text = senco.get(url(rows[0])).content.decode()
    assert text.count("choice-mark") == 3
    assert "checked" not in text
    start = senco.get(url(rows[0]) + "?from=last").content.decode()
    assert start.count("checked") == 2
    assert "These are last time’s levels, as a start." in start
    given = {"level_cl": "2", "level_ci": "3", "band": "C", "started": "last", "do": "next"}
    text = senco.post(url(rows[0], "decision_suggestion"), given).content.decode()
    assert "Changed since last time: Communication and interaction 2 → 3." in text
    assert BandDecision.objects.filter(return_pupil=rows[0]).count() == 0
    senco.post(url(rows[0]), given)
    assert BandDecision.objects.get(return_pupil=rows[0]).started_from == before
    check = senco.get(reverse("banding:return_check", args=[rows[0].pupil_return_id]))
    assert "1 decision started from last time’s levels." in flat(check.content.decode())


def test_pupil_without_a_last_time_offers_no_start(senco, rows):
    assert "?from=last" not in senco.get(url(rows[0])).content.decode()
    assert "checked" not in senco.get(url(rows[0]) + "?from=last").content.decode()
