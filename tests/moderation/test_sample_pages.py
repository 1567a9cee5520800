"""Pages of samples: work out, draw, assign, export, results."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.models import Case, Sample
from moderation.services.outcomes import uphold_case
from moderation.services.samples import discard_sample
from tests.factories import CollectionFactory, SchoolFactory
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db
CREATE = "moderation:sample_create"


@pytest.fixture
def collection(school):
    collection = CollectionFactory(code="autumn")
    for band in "AABBBBBBBB":
        decided(collection, school, band)
    return collection


@pytest.fixture
def the_lead(sign_in):
    return sign_in(Role.MODERATION_LEAD)


def settings_of(collection, **changed):
    usual = {"collection": collection.pk, "rate": "50", "minimum": "1", "despite_missing": "yes"}
    return usual | changed


def test_create_shows_the_numbers_at_once(the_lead, collection):
    preview = the_lead.get(reverse(CREATE)).context["preview"]
    assert (preview.population, preview.sampled) == (10, 2)


def test_create_of_a_single_decision_compares_no_samples(the_lead, school):
    collection = CollectionFactory()
    decided(collection, school, "B")
    page = the_lead.get(reverse(CREATE), settings_of(collection)).text
    assert "The one decision is judged whatever the rate" in page
    assert "none, all judged" in page
    assert ("What other samples would cost" in page, "0.0 points" in page) == (False, False)
    assert "Draw the sample" in page


def test_create_works_the_numbers_out_again(the_lead, collection):
    page = the_lead.get(reverse(CREATE), settings_of(collection, minimum="2"))
    preview = page.context["preview"]
    assert [(row.band, row.size, row.sample) for row in preview.strata] == [
        ("A", 2, 2),
        ("B", 8, 4),
    ]
    assert not Sample.objects.exists()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"rate": "101"}, "The rate must be 100 or less"),
        ({"rate": "1.234"}, "The rate must have 2 decimal places or fewer"),
        ({"rate": "many"}, "The rate must be a number"),
        ({"minimum": "-1"}, "The least number of cases must be 0 or more"),
    ],
)
def test_create_with_wrong_settings_says_so(the_lead, collection, changed, problem):
    page = the_lead.post(reverse(CREATE), settings_of(collection, **changed))
    assert problem in page.content.decode()
    assert not Sample.objects.exists()


def test_create_shows_designs_side_by_side_and_a_curve(the_lead, collection):
    page = the_lead.get(reverse(CREATE), settings_of(collection, rate="20", minutes="30"))
    rows = page.context["design"].rows
    assert [row["allocation"] for row in rows[:3]] == [
        "same share",
        "equal precision",
        "by last time",
    ]
    (chosen,) = [row for row in rows if row["is_chosen"]]
    assert (chosen["rate"], chosen["cases"]) == ("20%", "3")
    assert "rate=5&" in rows[0]["url"]
    assert "chart__dot--stands-out" in page.text


def test_create_says_why_an_interval_is_wide_and_offers_more(the_lead, collection):
    page = the_lead.get(reverse(CREATE), settings_of(collection, rate="10"))
    assert "Why the interval is this wide" in page.text
    design = page.context["design"]
    assert "2 cases of 10 decisions give" in design.why_wide
    assert "To reach ± 10.0 points" in design.offers[-1]["words"]
    offered = the_lead.get(design.offers[-1]["url"])
    assert offered.context["design"].why_wide == ""


def test_create_draws_as_it_was_designed(the_lead, collection, school):
    other = SchoolFactory(quadrant=school.quadrant)
    alone = decided(collection, other, "B")
    sent = settings_of(collection, rate="10", allocation="equal", each_school="on")
    the_lead.post(reverse(CREATE), sent)
    sample = Sample.objects.get()
    assert (sample.allocation, sample.each_school) == ("equal", True)
    of_other = sample.cases.filter(decision__school=other)
    assert of_other.count() == 1
    if not sample.population.get(decision=alone).selected:
        assert of_other.get().target_reason == "school"
    detail = the_lead.get(reverse("moderation:sample_detail", args=[sample.pk]))
    assert "Every stratum as precise as the others" in detail.text


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("allocation", "guess", "Choose a way of allotting the cases from the list"),
        ("minutes", "0", "The minutes of a case must be 1 or more"),
    ],
)
def test_create_with_a_wrong_design_says_so(the_lead, collection, name, value, problem):
    page = the_lead.post(reverse(CREATE), settings_of(collection, **{name: value}))
    assert problem in page.text
    assert not Sample.objects.exists()


def test_create_draws_by_post(the_lead, collection):
    page = the_lead.post(reverse(CREATE), settings_of(collection))
    sample = Sample.objects.get()
    assert page.url == reverse("moderation:sample_detail", args=[sample.pk])
    assert (sample.rate, sample.drawn_by) == (Decimal("0.5"), the_lead.user)
    assert Case.objects.count() == 5


def test_create_takes_the_seed_by_chance_and_says_so(the_lead, collection):
    """Nobody tries seeds until a wanted decision is drawn (M2)."""
    the_lead.post(reverse(CREATE), settings_of(collection, seed="mine"))
    sample = Sample.objects.get()
    assert (len(sample.seed), sample.seed_from, sample.missing) == (16, "portal", 1)
    text = the_lead.get(reverse("moderation:sample_detail", args=[sample.pk])).text
    assert "Chance, when the sample was drawn" in text


def test_create_asks_before_it_draws_without_missing_returns(the_lead, collection):
    sent = settings_of(collection)
    del sent["despite_missing"]
    assert "1 of 1 returns are not in" in the_lead.get(reverse(CREATE), sent).text
    assert "1 of 1 returns are not in" in the_lead.post(reverse(CREATE), sent).text
    assert not Sample.objects.exists()
    by = {"submitted_at": timezone.now(), "submitted_by": the_lead.user}
    collection.returns.update(state="submitted", **by)
    the_lead.post(reverse(CREATE), sent)
    assert Sample.objects.get().missing == 0


def test_sample_is_discarded_with_a_reason_and_drawn_again(the_lead, sample):
    url = reverse("moderation:sample_discard", args=[sample.pk])
    assert "Say why the sample is discarded" in the_lead.post(url, {}).text
    page = the_lead.post(url, {"reason": "Returns came in late."}, follow=True)
    assert "Returns came in late." in page.text
    assert (Case.objects.count(), sample.population.count()) == (0, 10)
    again = settings_of(sample.collection)
    the_lead.post(reverse(CREATE), again)
    assert Sample.objects.standing().get() != sample


def test_sample_of_which_a_case_is_judged_is_not_discarded(the_lead, sample):
    case = sample.cases.first()
    Case.objects.filter(pk=case.pk).update(moderator=moderator(), state="assigned")
    case.refresh_from_db()
    judge(case, case.moderator)
    with pytest.raises(RefusalError, match="judged already"):
        discard_sample(sample=sample, reason="Why not.", by=lead())
    url = reverse("moderation:sample_discard", args=[sample.pk])
    assert the_lead.get(url).status_code == 302


def test_create_again_is_refused_in_words(the_lead, collection):
    the_lead.post(reverse(CREATE), settings_of(collection))
    page = the_lead.post(reverse(CREATE), settings_of(collection))
    assert "Choose the collection from the list" in page.content.decode()
    assert Sample.objects.count() == 1


def test_create_is_for_the_lead_alone(sign_in, collection, school):
    client = sign_in(Role.MODERATOR, quadrant=school.quadrant)
    assert client.get(reverse(CREATE)).status_code == 403


@pytest.fixture
def sample(the_lead, collection):
    the_lead.post(reverse(CREATE), settings_of(collection))
    return Sample.objects.get()


def test_export_holds_the_whole_population(the_lead, sample):
    page = the_lead.get(reverse("moderation:sample_population", args=[sample.pk]))
    rows = list(csv.DictReader(io.StringIO(page.content.decode())))
    heads = "decision,urn,quadrant,sector,band,hash,stratum_size,stratum_sample,selected"
    assert page.content.decode().splitlines()[0] == heads
    assert len(rows) == 10
    assert sum(int(row["selected"]) for row in rows) == 5
    assert page["Content-Disposition"] == 'attachment; filename="sample-autumn.csv"'


def test_export_writes_a_quadrant_like_a_formula_as_text(the_lead, sample):
    sample.population.update(quadrant="=1+1")
    page = the_lead.get(reverse("moderation:sample_population", args=[sample.pk]))
    rows = list(csv.DictReader(io.StringIO(page.content.decode())))
    assert {row["quadrant"] for row in rows} == {"'=1+1"}


def test_assign_gives_cases_and_tells_what_is_left(the_lead, sample, school):
    url = reverse("moderation:sample_assign", args=[sample.pk])
    page = the_lead.post(url, {"share": "10"}, follow=True)
    assert "Cases nobody could be given: 5" in page.content.decode()
    moderator(school.quadrant), moderator(school.quadrant)
    page = the_lead.post(url, {"share": "20"}, follow=True)
    text = page.content.decode()
    assert "Cases given to a moderator: 5. To a second moderator: 1." in text


def test_results_without_judgements_are_an_empty_state(the_lead, sample):
    page = the_lead.get(reverse("moderation:sample_results", args=[sample.pk]))
    assert "No results yet" in page.content.decode()


def test_results_of_one_band_are_not_defined(the_lead, school):
    decision = decided(CollectionFactory(), school)
    case = given_case(decision, moderator(school.quadrant))
    judge(case, case.moderator)
    page = the_lead.get(reverse("moderation:sample_results", args=[case.sample_id]))
    text = page.content.decode()
    assert "not defined" in text
    assert "100.0%" in text
    page = the_lead.get(
        reverse("moderation:sample_results", args=[case.sample_id]), {"for": "publication"}
    )
    assert "100.0%" not in page.content.decode()


@pytest.mark.parametrize(
    "name", ["sample_detail", "sample_assign", "sample_results", "sample_create", "home"]
)
def test_pages_need_the_same_queries_for_more_cases(
    the_lead, school, name, django_assert_max_num_queries
):
    collection = CollectionFactory()
    judge_ = moderator(school.quadrant)
    case = given_case(decided(collection, school), judge_)
    judge(case, judge_)
    uphold_case(case=case, by=judge_)
    args = [case.sample_id] if name.startswith("sample_") and name != "sample_create" else []
    url = reverse(f"moderation:{name}", args=args)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as captured:
            the_lead.get(url)
        counts.append(len(captured))
        for _ in range(2):
            case = given_case(decided(collection, school), judge_)
            judge(case, judge_, "C")
    assert counts[0] == counts[1]
