"""Cases judged besides the random ones: by rule, by hand, in no statistics, with a reason (M3)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import DecisionSource, RequestState, ReturnState
from banding.models import ExceptionalRequest, Return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseKind, CaseState, TargetReason
from moderation.models import Case
from moderation.selectors.case_history import history_of
from moderation.selectors.results import results_of
from moderation.targeting.selectors import decisions_found
from moderation.targeting.services import target_by_hand, target_by_rule
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    MembershipFactory,
    SampleFactory,
)
from tests.moderation.world import decided, given_case, in_population, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample():
    return SampleFactory(collection=CollectionFactory())


@pytest.fixture
def drawn(sample, school):
    """`drawn("C")` is a decision of the population."""

    def _drawn(band="B", **fields):
        decision = decided(sample.collection, school, band, **fields)
        in_population(sample, decision)
        return decision

    return _drawn


def found(sample, reason):
    return {row.decision_id for row in decisions_found(sample, TargetReason(reason))}


def test_rule_of_the_highest_band(sample, drawn):
    drawn("A"), drawn("B")
    highest = drawn("C")
    assert found(sample, "top_band") == {highest.pk}


def test_rule_of_a_jump_looks_at_the_band_before_whichever_way(sample, drawn):
    far, near, down, alone = drawn("C"), drawn("B"), drawn("A"), drawn("C")
    earlier = far.effective_from - dt.timedelta(days=100)
    for now, before in ((far, "A"), (near, "A"), (down, "C")):
        BandDecisionFactory(
            pupil=now.pupil, school=now.school, framework=now.framework, collection=None,
            return_pupil=None, band=now.framework.bands.get(code=before),
            source=DecisionSource.AUTHORITY, effective_from=earlier,
        )  # fmt: skip
    assert found(sample, "jump") == {far.pk, down.pk}
    assert alone.pk not in found(sample, "jump")


def test_rule_of_an_exceptional_band_leaves_out_what_was_refused(sample, drawn):
    waiting, refused = drawn(), drawn()
    drawn()
    for one, state in ((waiting, RequestState.WAITING), (refused, RequestState.REFUSED)):
        row = one.return_pupil
        about = {"return_pupil": row, "asked_by": lead(), "answered_by": lead()}
        ExceptionalRequest.objects.create(
            reason="A nurse all day", state=state, answered_at=timezone.now(), **about
        )
    assert found(sample, "exceptional") == {waiting.pk}


def test_rule_of_outlying_schools_finds_none_where_nothing_compares(sample, drawn):
    drawn()
    assert found(sample, "outlying") == set()


def test_rule_of_outlying_schools(sample, drawn, monkeypatch):
    decision = drawn()

    class Apart:
        school = decision.school

    monkeypatch.setattr("moderation.targeting.selectors.schools_apart", lambda *_: [Apart])
    assert found(sample, "outlying") == {decision.pk}


def test_rule_of_accepted_decisions(sample, drawn):
    decision = drawn()
    assert found(sample, "recheck") == set()
    sent = {"submitted_by": lead(), "submitted_at": timezone.now()}
    Return.objects.update(state=ReturnState.ACCEPTED, **sent)
    assert found(sample, "recheck") == {decision.pk}


def test_rule_takes_the_first_in_the_order_of_the_draw_and_no_case_twice(sample, drawn):
    decisions = [drawn("C") for _ in range(4)]
    first = sorted(decisions, key=lambda one: one.pk.hex * 2)
    given_case(first[0], moderator())
    assert target_by_rule(sample=sample, reason=TargetReason.TOP_BAND, cases=2, by=lead()) == 2
    added = Case.objects.filter(target_reason=TargetReason.TOP_BAND)
    assert {case.decision_id for case in added} == {first[1].pk, first[2].pk}
    assert {(case.kind, case.state) for case in added} == {
        (CaseKind.TARGETED, CaseState.UNASSIGNED)
    }


@pytest.mark.parametrize("cases", [0, 3])
def test_rule_refuses_a_number_that_is_not_there(sample, drawn, cases):
    drawn("C"), drawn("C")
    with pytest.raises(RefusalError, match="Enter a number from 1 to 2"):
        target_by_rule(sample=sample, reason=TargetReason.TOP_BAND, cases=cases, by=lead())
    assert not Case.objects.exists()


def by_hand(sample, reference, note="The parents complained.", by=None):
    return target_by_hand(
        sample=sample,
        reference=reference,
        reason=TargetReason.COMPLAINT,
        note=note,
        by=by or lead(),
    )


def test_pupil_is_chosen_by_hand_with_what_made_the_lead_choose(sample, drawn):
    decision = drawn()
    case = by_hand(sample, f" {decision.pupil.reference.lower()} ")
    assert (case.decision, case.kind) == (decision, CaseKind.TARGETED)
    assert case.why_targeted == "A complaint: The parents complained."


def test_by_hand_is_refused_without_a_reason_for_nobody_and_for_a_case(sample, drawn):
    decision = drawn()
    reference = decision.pupil.reference
    for given, note, said in [
        (reference, "n/a", "Say what makes you choose this pupil"),
        ("nobody", "They complained.", "No decision of a pupil with this reference"),
    ]:
        with pytest.raises(RefusalError, match=said):
            by_hand(sample, given, note)
    by_hand(sample, reference)
    with pytest.raises(RefusalError, match="is a case of the sample already"):
        by_hand(sample, reference)
    assert Case.objects.count() == 1


def test_only_a_lead_adds_cases(sample, drawn, school):
    reference = drawn().pupil.reference
    with pytest.raises(RefusalError):
        by_hand(sample, reference, by=moderator(school.quadrant))


def test_what_is_chosen_is_in_no_statistics(sample, drawn, school):
    by = moderator(school.quadrant)
    case = by_hand(sample, drawn("A").pupil.reference)
    Case.objects.filter(pk=case.pk).update(moderator=by, state=CaseState.ASSIGNED)
    judge(case, by, "C")
    assert results_of(sample).agreement.n == 0


def test_reason_is_not_told_before_the_case_is_compared(sample, drawn, school):
    """“The highest band” would tell it."""
    drawn("C")
    target_by_rule(sample=sample, reason=TargetReason.TOP_BAND, cases=1, by=lead())
    case = Case.objects.select_related("sample").get()
    told = {
        whole: [event.detail for event in history_of(case, whole=whole)] for whole in (True, False)
    }
    assert (told[True], told[False]) == (["The highest band"], [""])


def page(name, *args):
    return reverse(f"moderation:{name}", args=args)


def test_lead_adds_cases_on_pages_and_sees_why_each_is_there(client, sample, drawn):
    drawn("C")
    other = drawn("A")
    client.force_login(lead())
    text = client.get(page("target_list", sample.pk)).text
    assert ("None yet" in text, "Add cases by rule" in text) == (True, True)
    by_rule = page("target_by_rule", sample.pk, "top_band")
    assert "From 1 to 1" in client.get(by_rule).text
    assert "Enter a number" in client.post(by_rule, {"cases": "2"}).text
    client.post(by_rule, {"cases": "1"})
    given = {"reference": other.pupil.reference, "reason": "by_hand", "note": "An odd report."}
    client.post(page("target_by_hand", sample.pk), given)
    text = client.get(page("target_list", sample.pk)).text
    assert "The highest band" in text
    assert "Another reason: An odd report." in text


def test_pages_are_closed_to_a_lead_who_judges_until_they_have_judged(client, school, sample):
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    case = given_case(decided(sample.collection, school), boss)
    client.force_login(boss)
    for url in (
        page("target_list", sample.pk),
        page("target_by_hand", sample.pk),
        page("target_by_rule", sample.pk, "top_band"),
    ):
        assert "You see it when you have judged your cases" in client.get(url, follow=True).text
    judge(case, boss)
    assert client.get(page("target_list", sample.pk)).status_code == 200


def test_unknown_rule_is_not_found(client, sample):
    client.force_login(lead())
    assert client.get(page("target_by_rule", sample.pk, "complaint")).status_code == 404


def test_list_needs_the_same_queries_for_more_cases(
    client, sample, drawn, django_assert_max_num_queries
):
    client.force_login(lead())
    url, counts = page("target_list", sample.pk), []
    for more in (1, 2):
        for _ in range(more):
            by_hand(sample, drawn().pupil.reference)
        with django_assert_max_num_queries(25) as captured:
            client.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1]
