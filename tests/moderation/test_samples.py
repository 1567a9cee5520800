"""Drawing samples: M1, M2."""

import hashlib
from decimal import Decimal

import pytest

from banding.choices import DecisionState
from banding.decisions.outcomes import record_moderated_band
from banding_portal.refusals import RefusalError
from moderation.choices import CaseKind, CaseState
from moderation.models import Case, Sample
from moderation.references import neutral_references
from moderation.selectors.population import Settings
from moderation.selectors.preview import SamplePreview
from moderation.services.samples import draw_sample
from tests.factories import CollectionFactory, QuadrantFactory, SchoolFactory
from tests.moderation.world import all_at_once, decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(db):
    return CollectionFactory(code="autumn")


def drawn(collection, **fields):
    given = {"rate": Decimal("0.1"), "seed": "autumn", "minimum": 1, "by": lead()} | fields
    settings = Settings(given.pop("rate"), given.pop("minimum"))
    return draw_sample(collection=collection, settings=settings, **given)


def test_draw_sample_takes_the_first_by_hash_of_each_stratum(collection, school):
    of_band = {band: [decided(collection, school, band) for _ in range(5)] for band in "AB"}
    sample = drawn(collection, rate=Decimal("0.5"))
    expected = set()
    for decisions in of_band.values():
        by_hash = sorted(
            decisions, key=lambda d: hashlib.sha256(f"autumn:{d.pk}".encode()).hexdigest()
        )
        expected |= {decision.pk for decision in by_hash[:3]}  # round half up of 2.5
    assert set(sample.cases.values_list("decision", flat=True)) == expected


def test_draw_sample_freezes_the_population(collection, school):
    decision = decided(collection, school, "C")
    row = drawn(collection).population.get()
    assert (row.decision, row.urn, row.quadrant, row.sector, row.band) == (
        decision,
        school.urn,
        school.quadrant.name,
        "mainstream",
        "C",
    )
    assert (row.stratum_size, row.stratum_sample, row.selected) == (1, 1, True)
    assert row.hash == hashlib.sha256(f"autumn:{decision.pk}".encode()).hexdigest()


def test_draw_sample_counts_submitted_school_decisions_of_the_collection_only(collection, school):
    counted = decided(collection, school)
    decided(collection, school, state=DecisionState.DRAFT)
    decided(collection, school, state=DecisionState.SUPERSEDED)
    decided(CollectionFactory(), school)
    record_moderated_band(
        decision=counted,
        band=counted.band,
        effective_from=counted.effective_from,
        reason="",
        by=lead(),
    )
    sample = drawn(collection)
    assert [row.decision for row in sample.population.all()] == [counted]


def test_draw_sample_makes_random_unassigned_cases(collection, school):
    decided(collection, school)
    case = drawn(collection).cases.get()
    assert (case.kind, case.state, case.moderator) == (CaseKind.RANDOM, CaseState.UNASSIGNED, None)


def test_draw_sample_of_a_school_without_quadrant_has_an_empty_one(collection):
    decided(collection, SchoolFactory(quadrant=None))
    assert drawn(collection).population.get().quadrant == ""


def test_draw_sample_twice_is_refused(collection, school):
    decided(collection, school)
    drawn(collection)
    with pytest.raises(RefusalError, match="has been drawn from already"):
        drawn(collection, seed="another")
    assert Sample.objects.count() == 1


def test_draw_sample_without_decisions_is_refused(collection):
    with pytest.raises(RefusalError, match="No school has submitted"):
        drawn(collection)


def test_draw_sample_of_nobody_is_refused(collection, school):
    decided(collection, school)
    with pytest.raises(RefusalError, match="Choose a higher rate"):
        drawn(collection, rate=Decimal(0), minimum=0)


@pytest.mark.parametrize("rate", ["-0.1", "1.01", "NaN", "0.12345"])
def test_draw_sample_with_a_wrong_rate_is_refused(collection, school, rate):
    decided(collection, school)
    with pytest.raises(RefusalError, match="rate"):
        drawn(collection, rate=Decimal(rate))


def test_draw_sample_without_a_seed_is_refused(collection, school):
    decided(collection, school)
    with pytest.raises(RefusalError, match="seed"):
        drawn(collection, seed=" ")


def test_draw_sample_needs_the_same_queries_for_more_decisions(
    collection, school, django_assert_num_queries
):
    other = CollectionFactory()
    for _ in range(3):
        decided(other, school)
    decided(collection, school)
    by = lead()
    assert by.roles  # read once, as a page has
    with django_assert_num_queries(15):
        drawn(collection, by=by)
    with django_assert_num_queries(15):
        drawn(other, by=by)


def test_preview_sample_equals_what_is_drawn(collection, school):
    south = SchoolFactory(quadrant=QuadrantFactory(code="south"))
    for band in "ABBB":
        decided(collection, school, band)
        decided(collection, south, band)
    moderator(school.quadrant)
    moderator(south.quadrant)
    preview = SamplePreview(collection, Settings(Decimal("0.5"), 2))
    assert [(row.quadrant, row.band, row.size, row.sample) for row in preview.strata] == [
        ("North", "A", 1, 1),
        ("North", "B", 3, 2),
        ("South", "A", 1, 1),
        ("South", "B", 3, 2),
    ]
    assert (preview.population, preview.sampled, preview.cases_each) == (8, 6, 3)
    assert drawn(collection, rate=Decimal("0.5"), minimum=2).cases.count() == 6


def test_preview_sample_of_everything_is_exact(collection, school):
    decided(collection, school)
    preview = SamplePreview(collection, Settings(Decimal(1)))
    assert (preview.half_width, preview.cases_each) == (0.0, None)


def test_neyman_takes_more_where_bands_differed_last_time(collection, school):
    before = CollectionFactory(framework=collection.framework)
    first = moderator(school.quadrant)
    for band, judged in [("A", "A"), ("A", "A"), ("B", "C"), ("B", "C")]:
        judge(given_case(decided(before, school, band), first), first, judged)
    for _ in range(20):
        decided(collection, school, "A")
        decided(collection, school, "B")
    preview = SamplePreview(collection, Settings(Decimal("0.2"), 1, "neyman"))
    expected = {"A": 0.25, "B": 0.75}
    assert {key.band: share for key, share in preview.differing.items()} == expected
    assert preview.chosen.expected < preview.chosen.at_most
    sample = draw_sample(collection=collection, settings=preview.settings, seed="s", by=lead())
    drawn_of = [sample.population.filter(band=band, selected=True).count() for band in "AB"]
    assert drawn_of == [row.sample for row in preview.strata]


def test_school_without_a_drawn_decision_has_one_besides(collection, school):
    """Kept apart from the statistics, and told by the list alone: the lowest hash of the school."""
    schools = [school, *SchoolFactory.create_batch(6, quadrant=school.quadrant)]
    for one in schools * 2:
        decided(collection, one)
    settings = Settings(Decimal("0.05"), 1, each_school=True)
    sample = draw_sample(collection=collection, settings=settings, seed="s", by=lead())
    (first,) = sample.population.filter(selected=True)
    rows = [sample.population.filter(urn=one.urn).order_by("hash").first() for one in schools]
    besides = sample.cases.filter(kind=CaseKind.TARGETED, target_reason="school")
    wanted = {row.decision_id for row in rows if row.urn != first.urn}
    assert set(besides.values_list("decision", flat=True)) == wanted
    assert len(wanted) == 6
    assert SamplePreview(CollectionFactory(), settings).others == 0


def test_neutral_references_are_different_and_short():
    references = neutral_references(5000)
    assert len(set(references)) == 5000
    assert {len(reference) for reference in references} == {4}


@pytest.mark.django_db(transaction=True)
def test_draw_sample_twice_at_once_draws_one():
    collection = CollectionFactory()
    decided(collection, SchoolFactory())
    results = all_at_once(*[lambda: drawn(collection)] * 4)
    assert sum(isinstance(one, RefusalError) for one in results) == 3
    assert (Sample.objects.count(), Case.objects.count()) == (1, 1)
