"""What counts in the results: M3, M7."""

import pytest

from moderation.agreement import measure_agreement
from moderation.choices import CaseKind
from moderation.group_rows import bias_words
from moderation.models import Outcome, SampleDecision
from moderation.selectors.found_moves import found_moves
from moderation.selectors.results import results_of
from moderation.selectors.spread import spread_bars, spread_of
from moderation.services.judgements import lock_judgement
from moderation.services.outcomes import change_case, uphold_case
from moderation.variance import REST
from tests.factories import CollectionFactory, QuadrantFactory, SampleFactory, SchoolFactory
from tests.moderation.world import answers, decided, given_case, judge, lead, moderator

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


def test_estimate_is_provisional_while_a_judged_case_is_not_settled(sample, judge_of):
    """Disagreements settle late: of the settled alone nothing would change (M7)."""
    agreed, differing = judge_of("A", "A"), judge_of("A", "C")
    uphold_case(case=agreed, by=agreed.moderator)
    results = results_of(sample)
    assert (results.estimate.value, results.is_final) == (1.0, False)
    assert (results.settled, results.changed, results.unsettled) == (1, 0, 1)
    uphold_case(case=differing, by=differing.moderator, reason="As it was.")
    results = results_of(sample)
    assert (results.estimate.value, results.is_final) == (0.0, True)


def test_agreement_is_weighted_by_what_a_case_stands_for(sample, judge_of, school):
    """Both strata agree half and half as judged; one stands for eight decisions, one for two."""
    judge_of("A", "A"), judge_of("A", "A"), judge_of("B", "A"), judge_of("B", "C")
    for _ in range(6):
        judge_of("A", None)
    results = results_of(sample)
    assert results.agreement.exact_agreement == 0.5
    assert results.weighted_exact.shares[0] == pytest.approx(0.8)
    assert results.weighted_exact.shares[1] < 0.7
    assert results.weighted_exact.shares[2] == pytest.approx(0.8)  # two are known to differ


def test_results_group_by_the_quadrant_frozen_at_the_draw(sample, judge_of, school):
    judge_of("A", "A")
    school.quadrant = QuadrantFactory(code="south", name="South")
    school.save()
    assert [group.label for group in results_of(sample).groups["Quadrant"]] == ["North"]


def test_results_keep_the_band_that_was_drawn(sample, judge_of):
    case = judge_of("A", "B")
    case.first_decision = case.decision
    case.decision = decided(CollectionFactory(code="other"), case.decision.school, "C")
    case.save()
    assert results_of(sample).agreement.matrix[1] == (1, 0, 0)


def test_estimate_leaves_targeted_cases_out(sample, judge_of):
    """M3: a case chosen because it looks odd says nothing about the others."""
    upheld, odd = judge_of("A", "A"), judge_of("A", "C", kind=CaseKind.TARGETED)
    change(odd)
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
        "Band": [("A", 2)],
        "Moderator": [("Ann", 2)],
    }


def test_groups_have_an_interval_and_areas_compare_levels(sample, judge_of):
    judge_of("A", "A"), judge_of("A", "B")
    for _ in range(6):
        judge_of("A", None)
    results = results_of(sample)
    [north] = results.groups["Quadrant"]
    assert north.same.shares[0] == 0.5
    assert north.same.shares[1] <= 0.25
    assert north.same.shares[2] >= 0.75
    assert {area.agreement.n for area in results.areas} == {2}
    assert {area.same.shares[0] for area in results.areas} == {1.0}


def test_bias_of_direction_is_told_where_chance_does_not_explain_it():
    agreement = measure_agreement([[5, 0], [12, 5]])
    assert bias_words(agreement, 500) == (
        "In 12 of 12 cases with different bands the moderator’s is the higher one: 100.0% "
        "(95% interval 75.8% to 100.0%), so the moderator’s tends to be the higher one."
    )
    assert "no tendency is shown" in bias_words(measure_agreement([[5, 2], [2, 5]]), 500)
    assert bias_words(measure_agreement([[5, 0], [0, 5]]), 500) == "not defined"


def levels_judged_at(school, collection, by, level):
    case = given_case(decided(collection, school, level="2"), by)
    lock_judgement(case=case, by=by, answers=answers(case, level=level))
    return case


def test_where_the_disagreement_lies_is_told_by_school_moderator_and_area(sample):
    """Everything at one school differs and nothing elsewhere: it lies between schools."""
    people = [moderator(name=name) for name in ("Ann", "Bob")]
    schools = [SchoolFactory() for _ in range(4)]
    for school in schools:
        for by in people * 2:
            levels_judged_at(school, sample.collection, by, "3" if school == schools[0] else "2")
    found = {one.name: round(one.share, 2) for one in spread_of(sample)}
    assert found == {"school": 1, "moderator": 0, "area": 0, REST: 0}
    assert [bar["text"] for bar in spread_bars(spread_of(sample))] == ["100%", "0%", "0%", "0%"]


def test_too_few_levels_tell_nothing_of_where_the_disagreement_lies(sample, school):
    levels_judged_at(school, sample.collection, moderator(), "3")
    assert spread_of(sample) is None
    assert spread_bars(None) == []


def test_what_moderation_found_is_told_case_by_case(sample, judge_of):
    """The newest sample under any version of the framework; settled bands before judged ones."""
    framework = sample.collection.framework
    assert found_moves(framework) is None
    judge_of("A", "A"), judge_of("A", "B")
    change(judge_of("B", "C"))
    found = found_moves(framework)
    assert found.population == 3
    told = sorted((each.before, each.after, each.is_settled) for each in found.moves)
    assert told == [("A", "A", False), ("A", "B", False), ("B", "C", True)]
    assert {each.sector for each in found.moves} == {"mainstream"}
    assert [each.weight for each in found.moves] == [1, 1, 1]
