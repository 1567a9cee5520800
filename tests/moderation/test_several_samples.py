"""Several samples of one collection, as returns come in; a pilot by itself (M1, M2, M7)."""

from decimal import Decimal

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.actions.samples import sample_actions
from moderation.choices import TargetReason
from moderation.models import Case
from moderation.selectors.population import Settings
from moderation.selectors.results import results_of
from moderation.services.assignment import assign_cases
from moderation.services.samples import draw_sample
from moderation.widening.selectors import judged_schools, proposals
from moderation.widening.services import leave_sample, widen_sample
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    MembershipFactory,
    QuadrantFactory,
)
from tests.moderation.world import decided, in_population, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    return CollectionFactory()


def drawn(collection, rate="1", **settings):
    return draw_sample(collection=collection, settings=Settings(Decimal(rate), **settings), by=None)


def judged(sample, band, by):
    """Every case of the sample judged with this band."""
    for case in sample.cases.all():
        Case.objects.filter(pk=case.pk).update(moderator=by, state="assigned")
        judge(Case.objects.get(pk=case.pk), by, band)


def test_second_sample_is_of_what_came_in_since(collection, school):
    first = decided(collection, school)
    one = drawn(collection)
    with pytest.raises(RefusalError, match="has been drawn from already"):
        drawn(collection)
    later = decided(collection, school)
    two = drawn(collection)
    assert [row.decision for sample in (one, two) for row in sample.population.all()] == [
        first,
        later,
    ]


def test_corrected_decision_of_a_sampled_pupil_is_not_drawn_again(collection, school):
    first = decided(collection, school)
    drawn(collection)
    first.state = "superseded"
    first.save()
    BandDecisionFactory(return_pupil=first.return_pupil, supersedes=first)
    with pytest.raises(RefusalError, match="has been drawn from already"):
        drawn(collection)


def test_results_count_both_samples_by_their_own_strata(collection, school):
    """Four decisions at 25 % and two at 100 %: weighted they are six, not three."""
    for _ in range(4):
        decided(collection, school, "A")
    one = drawn(collection, "0.25")
    for _ in range(2):
        decided(collection, school, "A")
    two = drawn(collection)
    by = moderator(school.quadrant)
    judged(one, "A", by), judged(two, "B", by)
    for sample in (one, two):
        results = results_of(sample)
        assert (results.agreement.n, results.population) == (3, 6)
        assert results.weighted_exact.value == pytest.approx(4)
        assert [(each.judged, each.decisions) for each in judged_schools(sample)] == [(3, 6)]


def test_results_wait_for_who_judges_any_sample_that_counts_with_it(collection, school):
    decided(collection, school)
    one = drawn(collection)
    decided(collection, school)
    two = drawn(collection)
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    assert sample_actions(one, boss).may("results")
    two.cases.update(moderator=boss, state="assigned")
    assert not sample_actions(one, boss).may("results")


def test_pilot_counts_for_itself_and_only_its_cases_are_left_out_later(collection, school):
    for _ in range(4):
        decided(collection, school, "A")
    pilot = drawn(collection, "0.25", pilot=True)
    sample = drawn(collection)
    assert (pilot.cases.count(), sample.population.count()) == (1, 3)
    by = moderator(school.quadrant)
    judged(pilot, "B", by), judged(sample, "A", by)
    assert [results_of(each).agreement.exact_agreement for each in (pilot, sample)] == [0, 1]


def test_references_of_cases_are_not_given_twice_in_a_collection(collection, school, monkeypatch):
    known = []
    decided(collection, school)
    drawn(collection)
    decided(collection, school)
    monkeypatch.setattr(
        "moderation.services.samples.neutral_references",
        lambda count, taken: known.extend(taken) or ["ZZZZ"],
    )
    first = Case.objects.get().reference
    drawn(collection)
    assert known == [first]


def test_second_judgements_go_across_quadrants(collection, school):
    for _ in range(4):
        decided(collection, school)
    near = [moderator(school.quadrant) for _ in range(2)]
    far = moderator(QuadrantFactory(code="south", name="South"))
    sample = drawn(collection)
    assign_cases(sample=sample, by=lead(), share=Decimal(1), across=Decimal("0.5"))
    seconds = list(sample.cases.values_list("second_moderator", flat=True))
    assert sorted(pk == far.pk for pk in seconds) == [False, False, True, True]
    for case in sample.cases.all():
        for by in (case.moderator, case.second_moderator):
            judge(Case.objects.get(pk=case.pk), by, "A" if by == far else "B")
    results = results_of(sample)
    assert (results.twice, results.twice_agreed) == (4, 2)
    assert (results.across, results.across_agreed) == (2, 0)
    assert set(sample.cases.values_list("moderator", flat=True)) == {one.pk for one in near}


def test_school_past_the_limit_over_all_samples_is_proposed_on_each_and_decided_once(
    collection, school
):
    """Three of one draw and two of the next make five judged; what is left is of either draw."""
    by, boss = moderator(school.quadrant), lead()
    made = []
    for many in (3, 2):
        decisions = [decided(collection, school) for _ in range(many)]
        sample = drawn(collection)
        made.append(sample)
        assert len(decisions) == sample.cases.count()
        judged(sample, "C", by)
    spare = [decided(collection, school) for _ in range(2)]
    for sample, decision in zip(made, spare, strict=True):
        in_population(sample, decision)
    for sample in made:
        (found,) = proposals(sample)
        assert (found.judged, found.differing, found.left) == (5, 5, 2)
    widen_sample(sample=made[1], school=school, cases=2, by=boss)
    more = Case.objects.filter(target_reason=TargetReason.WIDENED)
    assert {(one.sample, one.decision) for one in more} == set(zip(made, spare, strict=True))
    assert [proposals(sample) for sample in made] == [[], []]
    with pytest.raises(RefusalError, match="decided about already"):
        leave_sample(sample=made[0], school=school, reason="Enough is seen.", by=boss)


def test_who_judges_in_one_sample_sees_no_bands_of_another_of_the_collection(collection, school):
    decided(collection, school)
    one = drawn(collection)
    decided(collection, school)
    two = drawn(collection)
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    Case.objects.filter(sample=two).update(moderator=boss, state="assigned")
    shown = ("results", "population", "targets", "target")
    assert [name for name in shown if sample_actions(one, boss).may(name)] == []
    Case.objects.filter(sample=two).update(moderator=moderator())
    assert [name for name in shown if sample_actions(one, boss).may(name)] == list(shown)
