"""Drafts of band decisions, and accounting for pupils (B2, B3, B5, B8)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.changes.services import account_for, clear_account
from banding.choices import DecisionState, ReturnState
from banding.decisions.outcomes import record_moderated_band
from banding.decisions.services import DecisionConflictError, discard_draft, save_draft
from banding.leavers.rules import YEAR
from banding.models import BandDecision
from banding.returns.locks import ReturnClosedError
from banding.returns.progress import line_of
from banding.returns.services import return_for_correction
from banding_portal.refusals import RefusalError
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.words import day
from tests.banding.helpers import (
    LEVELS,
    band_of,
    decide,
    return_with_pupils,
    senco_of,
    submitted_return,
)
from tests.factories import FrameworkFactory, PlacementFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def row():
    return return_with_pupils()[1][0]


def test_draft_keeps_what_was_chosen(row):
    senco = senco_of(row.pupil_return)
    draft = decide(row, senco, rationale=" Learns slowly ")
    assert draft.state == DecisionState.DRAFT
    assert draft.band.code == "B"
    assert draft.rationale == "Learns slowly"
    assert draft.decided_by == senco
    assert draft.effective_from == row.pupil_return.collection.reference_date
    assert {lv.area.code: lv.level.code for lv in draft.levels.all()} == LEVELS


@pytest.mark.parametrize("role", sorted(BANDING_SCHOOL_ROLES))
def test_draft_is_seen_by_the_school_that_makes_it_and_not_by_the_pupils_next_one(row, role):
    """B6: the other school sees what was submitted, as the pupil is with it on that day."""
    there = PlacementFactory(pupil=row.pupil).school
    draft = decide(row)
    makers, others = person(role, school=row.pupil_return.school), person(role, school=there)
    assert list(BandDecision.objects.visible_to(makers)) == [draft]
    assert list(BandDecision.objects.visible_to(others)) == []
    BandDecision.objects.update(state=DecisionState.SUBMITTED, submitted_at=timezone.now())
    assert list(BandDecision.objects.visible_to(others)) == [draft]
    assert list(BandDecision.objects.visible_to(person(role, school=SchoolFactory()))) == []


def test_first_draft_starts_the_return(row):
    decide(row)
    row.pupil_return.refresh_from_db()
    assert row.pupil_return.state == ReturnState.IN_PROGRESS


def test_suggestion_is_kept_and_decides_nothing(row):
    draft = decide(row, code=None)
    assert draft.suggested_band.code == "B"
    assert draft.band is None
    assert line_of(row).status == "draft"


def test_blank_levels_are_not_chosen_and_suggest_nothing(row):
    draft = decide(row, code=None, levels={"cl": "2", "ci": ""})
    assert draft.suggested_band is None
    assert [lv.area.code for lv in draft.levels.all()] == ["cl"]


def test_band_without_all_levels_is_not_ready(row):
    decide(row, levels={"cl": "2"})
    assert line_of(row).problems == ["Choose a level in 1 more area"]


def test_other_band_without_a_reason_needs_one(row):
    decide(row, code="C")
    assert line_of(row).status == "needs_reason"


def test_other_band_with_a_reason_is_ready(row):
    decide(row, code="C", difference_reason="Epilepsy")
    assert line_of(row).status == "ready"


def test_any_band_needs_a_reason_where_no_band_is_suggested(row):
    decide(row, levels={"cl": "0", "ci": "0"}, code="A")
    assert line_of(row).status == "needs_reason"


def test_unknown_level_is_refused(row):
    with pytest.raises(RefusalError, match="has no level cl 9"):
        decide(row, levels={"cl": "9"})


def test_band_of_another_framework_is_refused(row):
    other = FrameworkFactory(code="other").bands.get(code="A")
    with pytest.raises(RefusalError, match="not a band of"):
        decide(row, band=other)


def test_saving_again_with_the_version_changes_the_draft(row):
    first = decide(row)
    second = decide(row, code="A", difference_reason="Settled", version=first.version)
    assert (second.pk, second.version, second.band.code) == (first.pk, 2, "A")
    assert BandDecision.objects.count() == 1


def test_second_person_is_told_and_the_first_version_stays(row):
    first = decide(row)
    with pytest.raises(DecisionConflictError) as told:
        decide(row, code="C", version=None)
    assert told.value.current == first
    first.refresh_from_db()
    assert (first.band.code, first.version) == ("B", 1)


def test_old_version_is_told(row):
    decide(row)
    decide(row, code="A", version=1)
    with pytest.raises(DecisionConflictError):
        decide(row, code="C", version=1)


def test_same_content_from_an_old_version_is_no_conflict(row):
    decide(row)
    assert decide(row, version=None).version == 1


def test_draft_removed_meanwhile_is_told(row):
    first = decide(row)
    discard_draft(return_pupil=row, by=senco_of(row.pupil_return))
    with pytest.raises(DecisionConflictError):
        decide(row, version=first.version)


def test_submitted_return_takes_no_draft():
    _, rows = submitted_return()
    with pytest.raises(ReturnClosedError, match="has been submitted"):
        decide(rows[0])


def test_late_return_takes_no_draft():
    late = {"deadline": TODAY - dt.timedelta(days=1)}
    _, rows = return_with_pupils(**{f"collection__{k}": v for k, v in late.items()})
    with pytest.raises(ReturnClosedError, match="The deadline was"):
        decide(rows[0])


def test_return_that_opens_later_takes_no_draft():
    _, rows = return_with_pupils(collection__opens_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(ReturnClosedError, match="opens on"):
        decide(rows[0])


def test_correction_leaves_the_submitted_decision_in_force_meanwhile():
    pupil_return, (row,) = submitted_return()
    before = BandDecision.objects.get()
    return_for_correction(pupil_return=pupil_return, by=senco_of(pupil_return), reason="Look again")
    draft = decide(row, code="C", difference_reason="New report")
    before.refresh_from_db()
    assert before.state == DecisionState.SUBMITTED
    assert draft.supersedes == before


def test_band_settled_by_moderation_is_not_the_schools_to_change():
    pupil_return, (row,) = submitted_return()
    officer = senco_of(pupil_return)
    record_moderated_band(
        decision=BandDecision.objects.get(),
        band=band_of(row, "C"),
        effective_from=TODAY,
        reason="Evidence",
        by=officer,
    )
    return_for_correction(pupil_return=pupil_return, by=officer, reason="Look again")
    with pytest.raises(RefusalError, match="Moderation settled this pupil’s band as Band C"):
        decide(row, code="A")


def account(row, change, **given):
    return account_for(return_pupil=row, change=change, by=senco_of(row.pupil_return), **given)


def test_pupil_who_left_is_accounted_for_and_the_draft_is_kept(row):
    decide(row, code=None)
    account(row, "left", change_date=TODAY)
    assert line_of(row).status == "left"
    clear_account(return_pupil=row, by=senco_of(row.pupil_return))
    assert line_of(row).status == "draft"


@pytest.mark.parametrize(
    ("change", "given", "message"),
    [
        ("left", {}, "Enter the date Amira left"),
        ("left", {"change_date": dt.date(2020, 1, 1)}, "on or after 1 September 2025"),
        ("not_ours", {}, "Say why Amira is not your pupil"),
        ("staying_on", {"reason": " "}, "Say why Amira is staying on"),
        ("staying_on", {"reason": "x"}, "Say in a few words why Amira is staying on"),
        ("not_ours", {"reason": "n/a."}, "Say in a few words why Amira is not your pupil"),
        ("no_band", {}, "Say why Amira needs no band"),
        ("vanished", {}, "no change called"),
    ],
)
def test_change_that_lacks_something_is_refused(row, change, given, message):
    with pytest.raises(RefusalError, match=message):
        account(row, change, **given)


def test_pupil_may_leave_within_a_year_of_today(row):
    latest = TODAY + YEAR
    with pytest.raises(RefusalError, match=f"must be on or before {day(latest)}"):
        account(row, "left", change_date=latest + dt.timedelta(days=1))
    account(row, "left", change_date=latest)
    assert line_of(row).status == "left"


def test_reason_of_another_band_goes_when_the_suggested_one_is_chosen(row):
    first = decide(row, code="C", difference_reason="Epilepsy")
    second = decide(row, code="B", difference_reason="Epilepsy", version=first.version)
    assert (second.band.code, second.difference_reason) == ("B", "")


def test_reason_stays_while_there_is_no_band(row):
    assert decide(row, code=None, difference_reason="Epilepsy").difference_reason == "Epilepsy"


def test_pupil_who_left_takes_no_band_until_that_is_undone(row):
    account(row, "left", change_date=TODAY)
    with pytest.raises(RefusalError, match="Undo that first"):
        decide(row)


def test_staying_on_still_takes_a_band(row):
    account(row, "staying_on", reason="Repeats the year")
    assert decide(row).band.code == "B"


def test_service_names_the_areas_by_code(row):
    framework = row.pupil_return.collection.framework
    draft = save_draft(
        return_pupil=row,
        by=senco_of(row.pupil_return),
        levels={"cl": "3", "ci": "0"},
        band=framework.bands.get(code="C"),
        difference_reason="",
        rationale="",
        version=None,
    )
    assert draft.suggested_band.code == "C"
