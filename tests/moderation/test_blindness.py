"""Nothing of the school's decision reaches a moderator before their judgement is locked (M4)."""

import re

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from moderation.choices import CaseKind
from moderation.models import Case
from moderation.selectors.blind import COLUMNS, BlindCase, blind_cases
from moderation.selectors.sight import Stage, stage_of
from tests.factories import CollectionFactory, MembershipFactory, PupilFactory
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db

RATIONALE, DIFFERENCE = "canary-rationale", "canary-difference"
SURNAME, UPN, REFERENCE = "Canarysurname", "CANARYUPN", "canary-ref"


def canary_case(school, band="B", **fields):
    """A case whose decision, pupil and school all have words to look for."""
    decision = decided(
        CollectionFactory(), school, band, level="3", rationale=RATIONALE,
        difference_reason=DIFFERENCE,
    )  # fmt: skip
    PupilFactory._meta.model.objects.filter(pk=decision.pupil_id).update(
        surname=SURNAME, forename="Canaryforename", upn=UPN, reference=REFERENCE
    )
    return given_case(decision, **{"first": moderator(school.quadrant)} | fields)


def canaries(case):
    school = case.decision.school
    pupil = case.decision.pupil
    return [
        RATIONALE, DIFFERENCE, SURNAME, "Canaryforename", UPN,
        school.name, school.urn, str(pupil.pk), str(case.decision_id), str(school.pk),
    ]  # fmt: skip


def pages_of(case):
    """Every address of moderation, for this case and its sample."""
    sample = ["sample_detail", "sample_assign", "sample_population", "sample_results"]
    one = ["case_detail", "case_assign", "case_change"]
    return [
        reverse("home"),
        reverse("moderation:home"),
        reverse("moderation:case_list"),
        reverse("moderation:sample_create"),
        *[reverse(f"moderation:{name}", args=[case.sample_id]) for name in sample],
        *[reverse(f"moderation:{name}", args=[case.pk]) for name in one],
    ]


def without_tokens(html):
    # Nor the seconds until the session ends, which go on meanwhile.
    return re.sub(r'[A-Za-z0-9]{64}|data-seconds="\d+"|data-look="[^"]+"', "", html)


@pytest.fixture
def case(school):
    return canary_case(school)


def read_everything(client, case):
    """What every page shows, followed to its end; the token of the form taken out."""
    pages = [client.get(url, follow=True) for url in pages_of(case)]
    return [without_tokens(page.content.decode()) for page in pages]


def test_every_page_of_a_moderator_hides_pupil_school_and_reasons(client, case):
    client.force_login(case.moderator)
    for html in read_everything(client, case):
        assert [canary for canary in canaries(case) if canary in html] == []


def test_every_page_of_a_moderator_is_the_same_whatever_the_school_decided(client, case):
    client.force_login(case.moderator)
    before = read_everything(client, case)
    decision = case.decision
    decision.band = decision.framework.bands.get(code="C")
    decision.suggested_band = decision.band
    decision.rationale = "Other words"
    decision.save()
    for level in decision.levels.all():
        level.level = level.area.levels.get(code="0")
        level.save()
    assert read_everything(client, case) == before


def test_a_draft_does_not_open_the_comparison(client, case):
    client.force_login(case.moderator)
    url = reverse("moderation:case_detail", args=[case.pk])
    client.post(url, {"draft": "1", "rationale": "Mine"})
    html = client.get(url).content.decode()
    assert (RATIONALE in html, "Mine" in html) == (False, True)


def test_a_wrong_form_does_not_open_the_comparison(client, case):
    client.force_login(case.moderator)
    page = client.post(reverse("moderation:case_detail", args=[case.pk]), {})
    html = page.content.decode()
    assert "Error: Judge pupil" in html
    assert [canary for canary in canaries(case) if canary in html] == []


def test_another_moderator_of_the_quadrant_never_sees_the_comparison(client, case, school):
    judge(case, case.moderator, "C")
    client.force_login(moderator(school.quadrant))
    for html in read_everything(client, case):
        assert [canary for canary in canaries(case) if canary in html] == []


def test_the_second_moderator_does_not_see_the_first_judgement(client, school):
    second = moderator(school.quadrant)
    case = canary_case(school, second=second)
    client.force_login(second)
    before = read_everything(client, case)
    judge(case, case.moderator, "C")
    assert read_everything(client, case) == before


def test_only_who_judges_gets_the_reference_the_plan_is_filed_under(client, case):
    pages = []
    for user in (case.moderator, moderator(case.decision.school.quadrant)):
        client.force_login(user)
        pages.append(any(REFERENCE in html for html in read_everything(client, case)))
    assert pages == [True, False]


def test_the_school_is_shown_when_everybody_has_locked(client, school):
    second = moderator(school.quadrant)
    case = canary_case(school, second=second)
    judge(case, case.moderator, "C")
    url = reverse("moderation:case_detail", args=[case.pk])
    client.force_login(second)
    client.post(url, {"draft": "1", "rationale": "canary-second"})
    client.force_login(case.moderator)
    waiting = client.get(url).text
    judge(case, second, "C")
    shown = [RATIONALE in html for html in (waiting, client.get(url).text)]
    assert (shown, "canary-second" in waiting) == ([False, True], False)


def test_the_school_is_shown_when_the_moderator_has_judged_the_whole_batch(client, school):
    """With one case a band and stratum, the bands of those left could be guessed (M9)."""
    case = canary_case(school)
    other = given_case(decided(case.decision.collection, school), case.moderator)
    judge(case, case.moderator, "C")
    client.force_login(case.moderator)
    url = reverse("moderation:case_detail", args=[case.pk])
    assert stage_of(case, case.moderator) == Stage.WAITING
    assert "have judged all your cases" in client.get(url).text.replace("\n          ", " ")
    refused = client.post(reverse("moderation:case_uphold", args=[case.pk]), follow=True)
    assert "when you have judged all of yours" in refused.text
    judge(other, case.moderator)
    assert RATIONALE in client.get(url).text


def test_the_comparison_names_the_school_and_the_reference_but_not_the_pupil(client, case):
    """Who settles a case writes to the school about it."""
    judge(case, case.moderator, "C")
    client.force_login(case.moderator)
    html = client.get(reverse("moderation:case_detail", args=[case.pk])).content.decode()
    assert [name for name in (SURNAME, UPN) if name in html] == []
    shown = (RATIONALE, DIFFERENCE, REFERENCE, case.decision.school.name)
    assert [word for word in shown if word not in html] == []


def test_the_lead_sees_nothing_before_everybody_has_judged(client, case):
    client.force_login(lead())
    html = client.get(reverse("moderation:case_detail", args=[case.pk])).content.decode()
    assert [canary for canary in canaries(case) if canary in html] == []


def test_the_list_of_bands_waits_until_a_lead_who_judges_has_judged(client, school):
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    case = canary_case(school, first=boss)
    client.force_login(boss)
    url = reverse("moderation:sample_population", args=[case.sample_id])
    page = client.get(url, follow=True)
    assert "when you have judged your cases" in page.content.decode()
    judge(case, boss)
    assert client.get(url)["Content-Type"] == "text/csv; charset=utf-8"


def test_blind_case_reads_only_what_is_allowed(case, django_assert_num_queries):
    with django_assert_num_queries(1) as captured:
        blind = blind_cases(Case.objects.filter(pk=case.pk))[0]
    assert blind == BlindCase(
        pk=case.pk,
        sample_id=case.sample_id,
        reference=case.reference,
        state="assigned",
        kind=CaseKind.RANDOM,
        moderator_id=case.moderator_id,
        second_moderator_id=None,
        framework_id=case.decision.framework_id,
        collection=case.decision.collection.name,
        year_group=case.decision.pupil.year_group_on(case.decision.collection.reference_date),
        primary_need="SLCN",
        plan_type="EHCP",
    )
    forbidden = ("band_id", "rationale", "difference_reason", "surname", "upn", "school_id")
    sql = captured[0]["sql"].lower()
    assert [word for word in forbidden if word in sql] == []
    assert not any("band" in column for column in COLUMNS)


def test_stage_of_a_withdrawn_case_stays_closed_to_its_moderator(case):
    Case.objects.filter(pk=case.pk).update(state="settled")
    case.refresh_from_db()
    assert stage_of(case, case.moderator) == Stage.WAITING
    assert stage_of(case, lead()) == Stage.WAITING
