"""More is judged at a school past the limit, kept apart from the statistics (M6)."""

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from moderation.choices import CaseKind, CaseState, TargetReason
from moderation.models import Case, SampleDecision, Widening
from moderation.selectors.results import results_of
from moderation.widening.pictures import funnel_of
from moderation.widening.rules import (
    ALARMS,
    WARNS,
    funnel_limits,
    past_limit,
    reason_words,
)
from moderation.widening.selectors import JudgedSchool, judged_schools, proposals
from moderation.widening.services import leave_sample, widen_sample
from tests.factories import CollectionFactory, SchoolFactory
from tests.moderation.world import (
    all_at_once,
    decided,
    given_case,
    in_population,
    judge,
    lead,
    moderator,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("judged", "differing", "past"),
    [(4, 4, False), (5, 1, False), (5, 2, True), (10, 2, False), (10, 3, True)],
)
def test_limit_is_a_fifth_of_at_least_five(judged, differing, past):
    assert past_limit(judged, differing) is past


def test_reason_says_the_figures_and_the_limit():
    assert reason_words(12, 3) == (
        "3 of 12 judged cases (25.0%) got a band that differs from the school’s. The limit is 20%."
    )


def test_funnel_is_wide_for_few_and_holds_998_in_1000_outside():
    assert funnel_limits(0.5, 4, WARNS) == pytest.approx((0.010009, 0.989991), abs=1e-5)
    assert funnel_limits(0.5, 100, ALARMS) == pytest.approx((0.345488, 0.654512), abs=1e-5)
    assert funnel_limits(0.1, 2, WARNS)[0] == 0


def sample_of(*, judged=5, differing=2, left=3):
    """A school with cases judged, some of them otherwise, and decisions that are no case."""
    school, collection = SchoolFactory(), CollectionFactory()
    by = moderator(school.quadrant)
    cases = [given_case(decided(collection, school), by) for _ in range(judged)]
    for place, case in enumerate(cases):
        judge(case, by, "C" if place < differing else "B")
    sample = cases[0].sample
    for _ in range(left):
        in_population(sample, decided(collection, school))
    return sample, school


def test_school_past_the_limit_is_proposed_with_the_reason():
    sample, school = sample_of()
    (found,) = proposals(sample)
    assert (found.school, found.judged, found.differing, found.left) == (school, 5, 2, 3)
    assert found.reason.startswith("2 of 5 judged cases (40.0%)")


@pytest.mark.parametrize("given", [{"judged": 4, "differing": 4}, {"differing": 1}, {"left": 0}])
def test_nothing_is_proposed_within_the_limit_or_where_nothing_is_left(given):
    assert proposals(sample_of(**given)[0]) == []


def test_widening_adds_the_next_of_the_draw_outside_the_statistics():
    sample, school = sample_of()
    before = results_of(sample).agreement
    widen_sample(sample=sample, school=school, cases=2, by=lead())
    more = Case.objects.filter(target_reason=TargetReason.WIDENED)
    assert {(one.kind, one.state) for one in more} == {(CaseKind.TARGETED, CaseState.UNASSIGNED)}
    taken = Case.objects.exclude(target_reason=TargetReason.WIDENED).values("decision")
    order = SampleDecision.objects.filter(sample=sample).exclude(decision__in=taken)
    wanted = list(order.order_by("hash").values_list("decision", flat=True)[:2])
    assert {one.decision_id for one in more} == set(wanted)
    by = moderator(school.quadrant)
    for case in more:
        Case.objects.filter(pk=case.pk).update(moderator=by, state=CaseState.ASSIGNED)
        judge(Case.objects.get(pk=case.pk), by, "C")
    assert results_of(sample).agreement == before
    assert judged_schools(sample)[0].judged == 5


def refused(match):
    return pytest.raises(RefusalError, match=match)


@pytest.mark.parametrize("cases", [0, 4])
def test_more_than_there_is_cannot_be_judged(cases):
    sample, school = sample_of()
    with refused("Enter a number from 1 to 3"):
        widen_sample(sample=sample, school=school, cases=cases, by=lead())
    assert not Widening.objects.exists()


def test_lead_may_leave_it_with_a_reason_and_decides_once():
    sample, school = sample_of()
    by = lead()
    with refused("Say why no more"):
        leave_sample(sample=sample, school=school, reason=" ", by=by)
    leave_sample(sample=sample, school=school, reason="A new SENCO since.", by=by)
    assert proposals(sample) == []
    with refused("decided about already"):
        widen_sample(sample=sample, school=school, cases=1, by=by)


def test_only_the_lead_widens_and_only_what_is_proposed():
    sample, school = sample_of(differing=1)
    with refused("not past the limit"):
        widen_sample(sample=sample, school=school, cases=1, by=lead())
    with refused("role does not let you"):
        widen_sample(sample=sample, school=school, cases=1, by=moderator())


@pytest.mark.django_db(transaction=True)
def test_two_leads_decide_at_once_and_one_is_heard():
    sample, school = sample_of()
    by = [lead(), lead()]
    results = all_at_once(
        lambda: widen_sample(sample=sample, school=school, cases=2, by=by[0]),
        lambda: leave_sample(sample=sample, school=school, reason="New SENCO", by=by[1]),
    )
    assert sum(isinstance(one, RefusalError) for one in results) == 1
    done = Widening.objects.get()
    assert Case.objects.filter(target_reason=TargetReason.WIDENED).count() == done.cases


def test_pages_show_the_picture_and_take_the_decision(client):
    sample, school = sample_of()
    client.force_login(lead())
    schools = reverse("moderation:sample_schools", args=[sample.pk])
    shown = client.get(schools).text
    url = reverse("moderation:sample_widen", args=[sample.pk, school.pk])
    assert (url in shown, "chart__line--outer" in shown) == (True, True)
    answer = client.post(url, {"choice": "widen", "cases": "9"})
    assert "Enter a number from 1 to 3" in answer.text
    answer = client.post(url, {"choice": "leave"})
    assert "Say why no more of its decisions are judged" in answer.text
    answer = client.post(url, {"choice": "widen", "cases": "2"}, follow=True)
    assert "2 cases of" in answer.text
    again = client.get(url, follow=True)
    assert "decided about already" in again.text


def test_funnel_names_what_lies_past_the_limit():
    sample, school = sample_of()
    funnel = funnel_of(judged_schools(sample))
    assert [(dot.words, dot.stands_out) for dot in funnel.dots] == [(school.name, True)]
    assert funnel_of([]) is None
    assert funnel_of(judged_schools(sample_of(differing=0)[0])) is None


def test_names_in_the_funnel_lie_apart():
    """Three schools at one place are counted, and one close by is left to the table."""
    schools = [
        JudgedSchool(SchoolFactory.build(name=name), judged, differing, left=1)
        for name, judged, differing in (
            ("Ash", 5, 3), ("Beech", 5, 3), ("Cedar", 5, 3), ("Dale", 7, 4), ("Elm", 9, 3),
        )
    ]  # fmt: skip
    labels = [dot.words for dot in funnel_of(schools).dots]
    assert [label for label in labels if label] == ["3 schools", "Elm"]
    assert len(labels) == 3
