"""Settling cases: M5, M8."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseState, OutcomeKind
from moderation.forms import ChangeForm
from moderation.models import Outcome
from moderation.selectors.settling import TAKEN_BACK, withdrawal_reason
from moderation.services.outcomes import change_case, uphold_case, withdraw_case
from schools.models import Placement
from schools.services.conversions import convert_school
from tests.agreed_bands import agreed_bands_on
from tests.factories import CollectionFactory, SchoolFactory, person
from tests.moderation.world import (
    all_at_once,
    decided,
    given_case,
    judge,
    lead,
    moderator,
    works_at,
)
from tests.schools.conversions import CLOSED_ON, converted

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


@pytest.fixture
def judged(case):
    return judge(case, case.moderator, "C")


def changed(case, by, band="C", **fields):
    decision = case.decision
    settings = {
        "band": decision.framework.bands.get(code=band),
        "reason_code": "need_higher",
        "reason": "Needs more.",
        "effective_from": decision.effective_from,
    } | fields
    return change_case(case=case, by=by, **settings)


def agreed_on(day, decision, plan_type="SEN_SUPPORT"):
    found = agreed_bands_on(day, [decision.pupil], plan_type=plan_type)
    return [one.band.code for one in found]


def test_uphold_case_records_the_schools_band_as_agreed(judged):
    today = timezone.localdate()
    assert agreed_on(today, judged.decision) == []
    outcome = uphold_case(case=judged, by=judged.moderator, reason="The plan says so.")
    assert (outcome.kind, outcome.band, outcome.effective_from) == (
        OutcomeKind.UPHELD,
        judged.decision.band,
        judged.decision.effective_from,
    )
    assert outcome.moderated_decision.source == DecisionSource.MODERATION
    assert agreed_on(today, judged.decision) == ["B"]
    judged.refresh_from_db()
    assert judged.state == CaseState.SETTLED


def test_change_case_keeps_the_schools_decision_and_changes_the_agreed_band(judged):
    today = timezone.localdate()
    changed(judged, judged.moderator, effective_from=today)
    original = BandDecision.objects.get(pk=judged.decision_id)
    assert (original.band.code, original.state) == ("B", DecisionState.SUBMITTED)
    assert agreed_on(today, original, "EHCP") == ["C"]
    assert agreed_on(today - dt.timedelta(days=1), original, "EHCP") == ["B"]


def test_change_case_to_the_same_band_is_refused(judged):
    with pytest.raises(RefusalError, match="school’s own band"):
        changed(judged, judged.moderator, band="B")


def test_change_case_without_a_reason_code_is_refused(judged):
    with pytest.raises(RefusalError, match="reason"):
        changed(judged, judged.moderator, reason_code="")


def test_change_case_before_the_decision_is_refused_and_settles_nothing(judged):
    early = judged.decision.effective_from - dt.timedelta(days=1)
    with pytest.raises(RefusalError, match="before the decision"):
        changed(judged, judged.moderator, effective_from=early)
    judged.refresh_from_db()
    assert (judged.state, Outcome.objects.count()) == (CaseState.JUDGED, 0)


def test_settling_before_it_is_judged_is_refused(case):
    with pytest.raises(RefusalError, match="not judged yet"):
        uphold_case(case=case, by=case.moderator)


def test_settling_twice_tells_who_was_first(judged):
    uphold_case(case=judged, by=judged.moderator, reason="As it was.")
    with pytest.raises(RefusalError, match=f"{judged.moderator} has settled this case already"):
        changed(judged, lead())


def test_settling_a_case_of_somebody_else_is_refused(judged, school):
    with pytest.raises(RefusalError, match="lead settles"):
        uphold_case(case=judged, by=moderator(school.quadrant))


def test_settling_a_disagreement_is_the_leads(case, school):
    case.second_moderator = moderator(school.quadrant)
    case.save()
    judge(case, case.moderator, "A")
    judge(case, case.second_moderator, "C")
    for one in (case.moderator, case.second_moderator):
        with pytest.raises(RefusalError, match="lead settles"):
            uphold_case(case=case, by=one)
    outcome = uphold_case(case=case, by=lead(), reason="As it was.")
    assert outcome.kind == OutcomeKind.UPHELD


def test_settling_by_a_lead_who_worked_there_is_refused(judged, school):
    by = lead()
    works_at(by, school, ended_on=dt.date(2020, 1, 1))
    with pytest.raises(RefusalError, match="worked for this school"):
        uphold_case(case=judged, by=by)


def test_settling_a_replaced_decision_is_refused_but_it_can_be_withdrawn(judged):
    BandDecision.objects.filter(pk=judged.decision_id).update(state=DecisionState.SUPERSEDED)
    with pytest.raises(RefusalError, match="no longer counts"):
        uphold_case(case=judged, by=judged.moderator)
    outcome = withdraw_case(case=judged, by=judged.moderator)
    assert outcome.reason == TAKEN_BACK


def test_withdraw_case_of_a_pupil_on_roll_is_refused(case):
    with pytest.raises(RefusalError, match="still on roll"):
        withdraw_case(case=case, by=case.moderator)


def test_withdraw_case_of_a_pupil_who_left_records_no_band(case):
    Placement.objects.update(end=timezone.localdate() - dt.timedelta(days=1))
    outcome = withdraw_case(case=case, by=case.moderator)
    assert (outcome.kind, outcome.band, outcome.moderated_decision) == ("withdrawn", None, None)
    assert BandDecision.objects.count() == 1


def test_case_stays_when_the_pupil_s_school_has_become_another():
    """Who goes on at the academy has not left (S1)."""
    old, new = converted("Brook Academy")
    case = given_case(decided(CollectionFactory(), old), moderator(old.quadrant))
    convert_school(school=old, roles={}, by=person(Role.SEND_OFFICER))
    assert withdrawal_reason(case) == ""
    Placement.objects.filter(school=new).update(end=CLOSED_ON + dt.timedelta(days=1))
    assert withdrawal_reason(case) == "The pupil has left the school."


@pytest.mark.django_db(transaction=True)
def test_settling_twice_at_once_settles_one():
    school = SchoolFactory()
    case = given_case(decided(CollectionFactory(), school), moderator(school.quadrant))
    judge(case, case.moderator, "C")
    boss = lead()
    results = all_at_once(
        lambda: uphold_case(case=case, by=case.moderator, reason="As it was."),
        lambda: changed(case, boss),
    )
    refused = [one for one in results if isinstance(one, RefusalError)]
    assert ["has settled this case already" in str(one) for one in refused] == [True]
    assert (Outcome.objects.count(), BandDecision.objects.count()) == (1, 2)


@pytest.mark.parametrize(("band", "reason"), [("C", "need_lower"), ("A", "need_higher")])
def test_change_case_against_its_reason_is_refused(judged, band, reason):
    with pytest.raises(RefusalError, match="cannot be"):
        changed(judged, judged.moderator, band=band, reason_code=reason)
    assert not Outcome.objects.exists()


def test_form_of_a_change_says_when_the_reason_does_not_fit(judged):
    data = {
        "band": judged.decision.framework.bands.get(code="A").pk,
        "reason_code": "need_higher",
        "reason": "Needs less.",
    }
    assert "cannot be" in str(ChangeForm(data, case=judged).errors["reason_code"])
