"""Nobody settles alone what nobody judged, nor a dispute of their own (M10)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import Case, Outcome, Proposal
from moderation.selectors.settling import cases_to_settle
from moderation.services.outcomes import (
    agree_to_proposal,
    turn_proposal_down,
    undo_outcome,
    uphold_case,
)
from tests.factories import CollectionFactory, MembershipFactory
from tests.moderation.test_outcomes import changed
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


def a_case(school, second=None, **fields):
    decision = decided(CollectionFactory(**fields), school)
    return given_case(decision, moderator(school.quadrant), second)


@pytest.fixture
def judged(school):
    case = a_case(school)
    return judge(case, case.moderator, "C")


@pytest.fixture
def held(school):
    """A judged case whose outcome schools are told of in ten days."""
    case = a_case(school, feedback_on=timezone.localdate() + dt.timedelta(days=10))
    return judge(case, case.moderator, "C")


@pytest.fixture
def disputed(school):
    """Judged by a lead who moderates too, and by somebody else, in different bands."""
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    case = a_case(school, second=boss)
    judge(case, case.moderator, "A")
    return judge(case, boss, "C")


def lower(case, by):
    return changed(case, by, band="A", reason_code="need_lower")


def outcomes():
    return BandDecision.objects.filter(source=DecisionSource.MODERATION)


def test_band_nobody_judged_waits_for_a_second_person(judged):
    proposal = lower(judged, judged.moderator)
    assert isinstance(proposal, Proposal)
    assert (Outcome.objects.count(), outcomes().count()) == (0, 0)
    with pytest.raises(RefusalError, match="Somebody else has to agree"):
        agree_to_proposal(case=judged, by=judged.moderator)
    boss = lead()
    outcome = agree_to_proposal(case=judged, by=boss)
    assert (outcome.band.code, outcome.recorded_by, outcome.agreed_by) == (
        "A",
        judged.moderator,
        boss,
    )
    assert outcomes().get().band.code == "A"
    assert not Proposal.objects.exists()


def test_proposed_case_is_not_settled_otherwise_until_it_is_turned_down(judged):
    lower(judged, judged.moderator)
    boss = lead()
    with pytest.raises(RefusalError, match="has proposed Band A"):
        uphold_case(case=judged, by=boss, reason="As it was.")
    turn_proposal_down(case=judged, by=boss)
    assert uphold_case(case=judged, by=boss, reason="As it was.").kind == "upheld"


def test_proposal_waits_for_others_on_their_home_page(judged):
    lower(judged, judged.moderator)
    assert list(cases_to_settle(judged.moderator)) == []
    assert list(cases_to_settle(lead())) == [judged]


def test_upholding_against_ones_own_judgement_needs_a_reason(judged):
    with pytest.raises(RefusalError, match="Say why"):
        uphold_case(case=judged, by=judged.moderator)
    outcome = uphold_case(case=judged, by=judged.moderator, reason="The plan is older.")
    assert (outcome.reason, outcome.moderated_decision.rationale) == (
        "The plan is older.",
        "The plan is older.",
    )


def test_upholding_what_was_judged_needs_none(school):
    case = a_case(school)
    judge(case, case.moderator, "B")
    assert uphold_case(case=case, by=case.moderator).reason == ""


def test_party_never_settles_its_own_dispute_not_even_as_the_lead(disputed):
    for party in (disputed.moderator, disputed.second_moderator):
        with pytest.raises(RefusalError, match=r"party to this|lead settles"):
            changed(disputed, party)
    assert list(cases_to_settle(disputed.second_moderator)) == []
    assert changed(disputed, lead()).kind == "changed"


def test_party_agrees_to_no_proposal_about_its_own_dispute(school):
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    case = a_case(school, second=boss)
    judge(case, case.moderator, "A")
    judge(case, boss, "B")
    changed(case, lead(), band="C")
    with pytest.raises(RefusalError, match="party to this"):
        agree_to_proposal(case=case, by=boss)


@pytest.mark.parametrize(("days", "right"), [(364, True), (365, False), (63_000, False)])
def test_date_is_within_the_year_of_the_collection(judged, days, right):
    day = judged.decision.effective_from + dt.timedelta(days=days)
    if right:
        assert changed(judged, judged.moderator, effective_from=day).effective_from == day
        return
    with pytest.raises(RefusalError, match="within the year of the collection"):
        changed(judged, judged.moderator, effective_from=day)


def test_settled_case_is_opened_again_until_schools_are_told(held):
    first = changed(held, held.moderator)
    undo_outcome(case=held, by=held.moderator)
    held.refresh_from_db()
    assert (held.state, Outcome.objects.count()) == (CaseState.JUDGED, 0)
    assert outcomes().get().state == DecisionState.MISTAKEN
    again = uphold_case(case=held, by=held.moderator, reason="Looked at again.")
    assert again.moderated_decision != first.moderated_decision
    assert outcomes().filter(state=DecisionState.SUBMITTED).get() == again.moderated_decision


def test_settled_case_stays_once_schools_are_told(judged):
    changed(judged, judged.moderator)
    with pytest.raises(RefusalError, match="have been told"):
        undo_outcome(case=judged, by=judged.moderator)


def test_settled_case_is_opened_by_who_settled_it_or_the_lead(held, school):
    changed(held, held.moderator)
    with pytest.raises(RefusalError, match="lead opens"):
        undo_outcome(case=held, by=moderator(school.quadrant))
    assert undo_outcome(case=held, by=lead()).state == CaseState.JUDGED


def test_pages_of_a_proposal_and_of_undoing(client, held):
    client.force_login(held.moderator)
    url = {
        name: reverse(f"moderation:case_{name}", args=[held.pk])
        for name in ("detail", "change", "agree", "undo")
    }
    day = held.decision.effective_from
    sent = {
        "band": str(held.decision.framework.bands.get(code="A").pk),
        "reason_code": "need_lower",
        "reason": "Less help is needed.",
        "effective_from_0": day.day,
        "effective_from_1": day.month,
        "effective_from_2": day.year,
    }
    assert "A second person has to agree" in client.post(url["change"], sent).text
    client.post(url["change"], sent | {"checked": "1"})
    assert "Agree to it" not in client.get(url["detail"]).text
    client.force_login(lead())
    page = client.get(url["detail"])
    assert ("Agree to it" in page.text, held.decision.pupil.reference in page.text) == (True, True)
    client.post(url["agree"])
    assert Outcome.objects.get().band.code == "A"
    assert "Open the case again" in client.get(url["undo"]).text
    client.post(url["undo"])
    assert Case.objects.get().state == CaseState.JUDGED
