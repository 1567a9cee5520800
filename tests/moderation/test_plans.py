"""What a plan says, given to who judges blind, with a reading aid (M4)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import BandValue
from moderation.models import CasePlan
from moderation.plans.rules import read_with
from moderation.plans.services import give_plan
from schools.choices import Sector
from tests.factories import CollectionFactory, MembershipFactory
from tests.moderation.world import decided, given_case, judge, lead, moderator

AREAS = {
    "Communication": "Speaks in short phrases. Uses signs to ask for something.",
    "Wellbeing and safety": "Is anxious in crowds. Needs an adult to stay safe on the road.",
    "Independence": "Dresses alone. Needs reminding to eat and wash.",
}


def test_each_sentence_names_the_areas_it_shares_words_with():
    text = "He speaks little and signs.  He is anxious on roads, safe at home.\nLikes trains."
    assert [(one.text, one.areas) for one in read_with(text, AREAS)] == [
        ("He speaks little and signs.", ("Communication",)),
        ("He is anxious on roads, safe at home.", ("Wellbeing and safety",)),
        ("Likes trains.", ()),
    ]


def test_shortened_words_end_no_sentence():
    text = "Dr. Smith saw him at 3 p.m. in clinic, e.g. on Mondays. He is calm.\nMrs. Lee too."
    assert [one.text for one in read_with(text, AREAS)] == [
        "Dr. Smith saw him at 3 p.m. in clinic, e.g. on Mondays.",
        "He is calm.",
        "Mrs. Lee too.",
    ]


def test_words_that_areas_have_in_common_tell_nothing():
    areas = {"One": "Follows instructions alone.", "Two": "Follows instructions in groups."}
    [found] = read_with("She follows instructions.", areas)
    assert found.areas == ()


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("She needs help with most of these.", ("One",)),
        ("She needs help, from time to time.", ("Two",)),
        ("She needs help. With most of it.", ()),
        ("Most others need time.", ()),
    ],
)
def test_common_words_in_a_row_quote_a_descriptor(text, areas):
    known = {
        "One": "Needs help with most of the things others do alone.",
        "Two": "Needs help from time to time.",
    }
    assert read_with(text, known)[0].areas == areas


def test_the_name_of_an_area_alone_supports_nothing():
    areas = {"Independence": "Dresses alone.", "Wellbeing": "Wellbeing is at risk in crowds."}
    [name, wellbeing, crowds] = read_with(
        "Section on independence. His wellbeing matters. Hates crowds.", areas
    )
    assert (name.areas, wellbeing.areas, crowds.areas) == ((), (), ("Wellbeing",))


def test_empty_text_has_no_sentence():
    assert read_with(" \n ", AREAS) == []


@pytest.fixture
def case(db, school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def give(case, needs="Follows one step at a time.", provision="", by=None):
    return give_plan(case=case, needs=needs, provision=provision, by=by or lead())


def test_plan_is_kept_without_names_and_replaced_the_next_time(case):
    pupil, school = case.decision.pupil, case.decision.school
    give(case, f"{pupil.forename} {pupil.surname} of {school.name} needs help.")
    plan = CasePlan.objects.get()
    assert plan.needs == "the pupil of the school needs help."
    give(case, "", "An adult each morning.")
    plan.refresh_from_db()
    assert (plan.needs, plan.provision) == ("", "An adult each morning.")
    assert give(case, "", "") is None
    assert not CasePlan.objects.exists()


def test_plan_that_names_a_band_is_refused_at_its_field(case):
    with pytest.raises(RefusalError, match="Take “band B” out"):
        give(case, provision="Funded at band B since May.")
    assert not CasePlan.objects.exists()


def test_plan_that_tells_what_a_band_pays_or_will_pay_is_refused(case):
    band = case.decision.framework.bands.get(code="B")
    for value, days in ((4350, 0), (4500, 100)):
        day = timezone.localdate() + dt.timedelta(days=days)
        row = {"band": band, "sector": Sector.MAINSTREAM, "annual_value": value}
        BandValue.objects.create(**row, effective_from=day)
    for told in ("£4,350", "4,500 pounds"):
        with pytest.raises(RefusalError, match=f"Take “{told}” out"):
            give(case, f"Funded with {told} a year.")
    assert give(case, "Funded with £4,400 a year.")


def test_plan_of_a_judged_case_stays_as_it_was(case):
    judge(case, case.moderator)
    with pytest.raises(RefusalError, match="judged already"):
        give(case)


def test_nobody_gives_a_plan_to_themselves_and_no_moderator_gives_one(case, school):
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    own = given_case(decided(case.decision.collection, school), boss)
    with pytest.raises(RefusalError, match="another moderation lead"):
        give(own, by=boss)
    with pytest.raises(RefusalError):
        give(case, by=case.moderator)


def test_who_judges_reads_it_beside_the_descriptors_and_nobody_else(client, case):
    boss = lead()
    client.force_login(boss)
    url = reverse("moderation:case_plan", args=[case.pk])
    page = client.get(url)
    assert case.decision.pupil.reference in page.text
    assert client.get(reverse("moderation:case_detail", args=[case.pk])).text.count(url) == 1
    refused = client.post(url, {"needs": "Was on Band B.", "provision": ""})
    assert "Take “Band B” out" in refused.text
    client.post(url, {"needs": "Canary sentence about learning.", "provision": ""})
    client.force_login(case.moderator)
    page = client.get(reverse("moderation:case_detail", args=[case.pk]))
    assert "Canary sentence about learning." in page.text
    assert "Needs (section B)" in page.text
    client.force_login(moderator(case.decision.school.quadrant))
    page = client.get(reverse("moderation:case_detail", args=[case.pk]))
    assert "Canary sentence" not in page.text
