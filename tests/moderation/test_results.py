"""What counts in the results: M3, M7."""

import pytest

from moderation.choices import CaseKind
from moderation.models import Outcome, SampleDecision
from moderation.selectors.results import results_of
from moderation.services.outcomes import change_case, uphold_case
from tests.factories import CollectionFactory, SampleFactory
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample():
    return SampleFactory(collection=CollectionFactory())


@pytest.fixture
def judge_of(sample, school):
    """`judge_of(school's band, moderator's)` makes a judged case of the sample."""
    first = moderator(school.quadrant, name="Ann")

    def _judge(school_band, own, **fields):
        decision = decided(sample.collection, school, school_band)
        SampleDecision.objects.create(
            sample=sample, decision=decision, urn=school.urn, quadrant="North",
            sector="mainstream", band=school_band, hash="", stratum_size=0, stratum_sample=0,
            selected=True,
        )  # fmt: skip
        case = given_case(decision, first, **fields)
        return judge(case, first, own) if own else case

    return _judge


def change(case):
    decision = case.decision
    change_case(
        case=case,
        by=case.moderator,
        band=decision.framework.bands.get(code="C"),
        reason_code="need_higher",
        reason="More",
        effective_from=decision.effective_from,
    )


def test_results_count_the_moderators_band_against_the_schools(sample, judge_of):
    judge_of("A", "A"), judge_of("A", "B"), judge_of("A", "C"), judge_of("B", "A")
    judge_of("B", None)
    agreement = results_of(sample).agreement
    assert agreement.matrix == ((1, 1, 0), (1, 0, 0), (1, 0, 0))
    assert (agreement.moderator_higher, agreement.moderator_lower) == (2, 1)


def test_results_leave_targeted_and_withdrawn_cases_out(sample, judge_of):
    judge_of("A", "A")
    judge_of("A", "C", kind=CaseKind.TARGETED)
    withdrawn = judge_of("A", "C")
    Outcome.objects.create(
        case=withdrawn,
        kind="withdrawn",
        effective_from=withdrawn.decision.effective_from,
        recorded_by=lead(),
    )
    assert results_of(sample).agreement.n == 1


def test_results_count_the_first_moderator_of_a_case_judged_twice(sample, judge_of, school):
    second = moderator(school.quadrant, name="Ben")
    agreed = judge_of("A", "B", second=second)
    assert results_of(sample).agreement.n == 0
    judge(agreed, second, "B")
    judge(judge_of("A", "B", second=second), second, "C")
    results = results_of(sample)
    assert (results.agreement.n, results.agreement.moderator_higher) == (2, 2)
    assert (results.twice, results.twice_agreed) == (2, 1)


def test_results_estimate_what_would_change_from_settled_cases(sample, judge_of):
    cases = [judge_of("A", "C"), judge_of("A", "A"), judge_of("A", "A")]
    judge_of("A", "A"), judge_of("B", "B")
    assert results_of(sample).estimate is None
    change(cases[0])
    uphold_case(case=cases[1], by=cases[1].moderator)
    estimate = results_of(sample).estimate
    assert (estimate.value, estimate.covered, estimate.left_out) == (2.0, 4, 1)


def test_estimate_leaves_targeted_cases_out(sample, judge_of):
    """M3: a case chosen because it looks odd says nothing about the others."""
    upheld, odd = judge_of("A", "A"), judge_of("A", "C", kind=CaseKind.TARGETED)
    change(odd)
    assert results_of(sample).estimate is None
    uphold_case(case=upheld, by=upheld.moderator)
    estimate = results_of(sample).estimate
    assert (estimate.value, estimate.covered) == (0.0, 2)


def test_results_are_grouped(sample, judge_of):
    judge_of("A", "A"), judge_of("A", "B")
    groups = results_of(sample).groups
    assert {
        heading: [(g.label, g.agreement.n) for g in rows] for heading, rows in groups.items()
    } == {
        "Quadrant": [("North", 2)],
        "Sector": [("Mainstream", 2)],
        "Moderator": [("Ann", 2)],
    }
