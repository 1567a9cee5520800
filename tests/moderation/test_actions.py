"""What a person may do with cases and samples, and that it tells nothing of the band: M4, M5."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from banding_portal.actions import NOT_YOURS, actions_for
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.actions.cases import case_actions
from moderation.actions.samples import sample_actions
from moderation.choices import CaseState
from moderation.models import Case, Sample
from moderation.selectors.blind import blind_cases
from moderation.selectors.population import Settings
from moderation.services.assignment import assign_case, assign_cases
from moderation.services.outcomes import withdraw_case
from moderation.services.samples import draw_sample
from tests.factories import CollectionFactory, person
from tests.moderation.world import decided, given_case, judge, lead, moderator, works_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(school):
    return {
        "first": moderator(school.quadrant),
        "second": moderator(school.quadrant),
        "other": moderator(school.quadrant),
        "lead": lead(),
        "auditor": person(Role.AUDITOR),
    }


@pytest.fixture
def case(school, people):
    return given_case(decided(CollectionFactory(), school), people["first"], people["second"])


def told(case, user):
    return [(one.name, one.words, one.cannot, one.reasons) for one in actions_for(case, user)]


def possible(case, user):
    return [one.name for one in case_actions(case, user) if one.is_possible]


def blind(case):
    return blind_cases(Case.objects.filter(pk=case.pk))[0]


def school_decides(case, band):
    case.decision.band = case.decision.framework.bands.get(code=band)
    case.decision.save()


@pytest.mark.parametrize("judged_by", [[], ["first"], ["first", "second"]])
@pytest.mark.parametrize("who", ["first", "second", "other", "lead", "auditor"])
def test_actions_of_a_blind_case_are_the_same_whatever_the_school_decided(
    case, people, who, judged_by
):
    for name in judged_by:
        judge(case, people[name], "C")
    found = []
    for band in ("A", "B", "C"):
        school_decides(case, band)
        found.append(told(blind(case), people[who]))
        if case.state == CaseState.ASSIGNED:
            found.append(told(Case.objects.get(pk=case.pk), people[who]))
    assert found == [found[0]] * len(found)


def test_actions_of_a_blind_case_read_nothing_of_the_schools_band(
    case, people, django_assert_max_num_queries
):
    judge(case, people["first"], "C")
    shown = blind(case)
    with django_assert_max_num_queries(50) as captured:
        for user in people.values():
            told(shown, user)
    sql = " ".join(query["sql"].lower() for query in captured)
    forbidden = (
        '"banding_banddecision"."band_id"',
        "suggested_band",
        "decisionlevel",
        "difference_",
    )
    assert '"banding_banddecision"."state"' in sql
    assert [word for word in forbidden if word in sql] == []


def test_actions_follow_who_judges_and_how_far_the_case_is(case, people):
    def of_each():
        return {name: possible(case, user) for name, user in people.items()}

    assert of_each() == {
        "first": ["judge", "hand_back"],
        "second": ["judge", "hand_back"],
        "other": [],
        "lead": ["assign", "give_plan"],
        "auditor": [],
    }
    judge(case, people["first"])
    assert of_each()["first"] == []
    judge(case, people["second"])
    settling = ["uphold", "change", "ask_evidence", "escalate"]
    assert of_each() == {
        "first": settling,
        "second": settling,
        "other": [],
        "lead": settling,
        "auditor": [],
    }


def test_page_tells_a_lead_who_worked_there_why_they_cannot_settle(client, case, people, school):
    judge(case, people["first"])
    judge(case, people["second"])
    works_at(people["lead"], school, ended_on=dt.date(2020, 1, 1))
    client.force_login(people["lead"])
    text = client.get(reverse("moderation:case_detail", args=[case.pk])).content.decode()
    assert "You cannot settle this case. You work or worked for this school" in text
    assert "Uphold" not in text


def test_judged_case_is_given_to_nobody_else(client, case, people):
    judge(case, people["first"])
    judge(case, people["second"])
    client.force_login(people["lead"])
    page = client.get(reverse("moderation:case_assign", args=[case.pk]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("moderation:case_detail", args=[case.pk])
    assert "judged already and cannot be given to somebody else" in page.content.decode()


def test_case_given_to_nobody_is_not_withdrawn(case, people):
    assign_case(case=case, by=people["lead"], moderator=None, second=None)
    with pytest.raises(RefusalError, match="nothing to withdraw"):
        withdraw_case(case=case, by=people["lead"])


@pytest.mark.parametrize("who", ["first", "auditor"])
def test_drawing_and_giving_out_are_the_leads_in_services_too(case, people, who):
    by, chosen = people[who], {"moderator": None, "second": None}
    another = CollectionFactory(code="another")
    for asked in (
        lambda: draw_sample(collection=another, settings=Settings(Decimal(1)), seed="all", by=by),
        lambda: assign_cases(sample=case.sample, by=by),
        lambda: assign_case(case=case, by=by, **chosen),
    ):
        with pytest.raises(RefusalError, match=NOT_YOURS):
            asked()


def test_sample_is_the_leads_to_draw_and_the_auditors_to_read(case, people):
    def of_each(sample):
        return [
            [one.name for one in sample_actions(sample, people[name]) if one.is_possible]
            for name in ("first", "lead", "auditor")
        ]

    assert of_each(Sample()) == [[], ["draw"], []]
    assert of_each(case.sample) == [
        [],
        ["assign", "results", "population", "targets", "target", "widen", "discard"],
        ["results", "population", "targets"],
    ]


def test_neither_way_of_settling_stands_out(case, people):
    for who in ("first", "second"):
        judge(case, people[who])
    shown = case_actions(Case.objects.get(), people["first"]).only("uphold", "change").buttons
    assert [(each.action.name, each.kind) for each in shown] == [
        ("uphold", "secondary"),
        ("change", "secondary"),
    ]
