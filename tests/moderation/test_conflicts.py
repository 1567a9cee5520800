"""Who is barred from a case: by what they were, declared or have seen (M4, M9)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import BandsSeen, Case, Interest, Judgement
from moderation.selectors.conflicts import Bar, bar_to_judging, conflict_of
from moderation.selectors.sight import Stage, stage_of
from moderation.services.assignment import assign_case, assign_cases
from moderation.services.interests import declare_interest, end_interest, hand_back
from moderation.services.judgements import lock_judgement
from moderation.services.outcomes import uphold_case, withdraw_case
from schools.models import Placement
from tests.factories import CollectionFactory, MembershipFactory, PlacementFactory, SchoolFactory
from tests.moderation.world import (
    answers,
    decided,
    given_case,
    judge,
    lead,
    moderator,
    works_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def test_nobody_near_is_barred(case):
    works_at(case.moderator, SchoolFactory())
    assert (conflict_of(case.moderator, case), bar_to_judging(lead(), case)) == (None, None)


def test_people_of_the_same_trust_are_barred(case, school):
    school.trust = "Brook Trust"
    school.save()
    works_at(case.moderator, SchoolFactory(trust="Brook Trust"), dt.date(2020, 1, 1))
    assert conflict_of(case.moderator, case) == Bar.TRUST


def test_schools_without_a_trust_are_of_no_trust(case):
    works_at(case.moderator, SchoolFactory(trust=""))
    assert conflict_of(case.moderator, case) is None


def test_people_of_a_school_the_pupil_has_been_at_are_barred(case):
    """They see what was in effect while the pupil was with them (B6)."""
    other, placed = SchoolFactory(), case.decision.pupil.placements.get()
    PlacementFactory(
        pupil=case.decision.pupil,
        school=other,
        start=placed.start - dt.timedelta(days=90),
        end=placed.start - dt.timedelta(days=1),
    )
    works_at(case.moderator, other)
    assert conflict_of(case.moderator, case) == Bar.SCHOOL


def test_declared_relation_bars_and_takes_back_what_is_not_judged(case, school):
    second = moderator(school.quadrant)
    other = given_case(decided(case.decision.collection, school), case.moderator, second)
    judge(other, case.moderator)
    back = declare_interest(school=school, reason="My child goes there.", by=case.moderator)
    case.refresh_from_db()
    other.refresh_from_db()
    assert (back, case.state, other.moderator) == (1, CaseState.UNASSIGNED, other.moderator)
    assert conflict_of(other.moderator, case) == Bar.DECLARED
    assert stage_of(other, other.moderator) == Stage.WAITING
    assign_cases(sample=case.sample, by=lead(), share=Decimal(0))
    case.refresh_from_db()
    assert case.moderator == second


def test_relation_that_ended_bars_no_more_and_stays_on_record(case, school):
    declare_interest(school=school, reason="A governor.", by=case.moderator)
    with pytest.raises(RefusalError, match="declared this already"):
        declare_interest(school=school, reason="A governor.", by=case.moderator)
    own = Interest.objects.get()
    with pytest.raises(RefusalError):
        end_interest(interest=own, by=lead())
    end_interest(interest=own, by=case.moderator)
    assert conflict_of(case.moderator, case) is None
    assert Interest.objects.count() == 1


def test_case_given_back_goes_to_the_second_and_never_returns(case, school):
    second = moderator(school.quadrant)
    assign_case(case=case, by=lead(), moderator=case.moderator, second=second)
    first = case.moderator
    hand_back(case=case, reason="I know the family.", by=first)
    case.refresh_from_db()
    assert (case.moderator, case.second_moderator, case.state) == (second, None, "assigned")
    with pytest.raises(RefusalError, match="has declared a connection"):
        assign_case(case=case, by=lead(), moderator=first, second=None)


def test_judged_case_is_not_given_back(case):
    judge(case, case.moderator)
    with pytest.raises(RefusalError, match="judged this case already"):
        hand_back(case=case, reason="I know the family.", by=case.moderator)


def test_lead_with_a_conflict_neither_compares_settles_nor_withdraws(case, school):
    judge(case, case.moderator)
    boss = lead()
    declare_interest(school=school, reason="A governor.", by=boss)
    assert stage_of(case, boss) == Stage.WAITING
    Placement.objects.update(end=timezone.localdate() - dt.timedelta(days=1))
    for settle in (uphold_case, withdraw_case):
        with pytest.raises(RefusalError, match="declared a connection"):
            settle(case=case, by=boss)


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.AUDITOR, Role.FINANCE_OFFICER])
def test_who_could_read_bands_since_the_collection_opened_judges_none_of_it(case, role):
    opened = case.decision.collection.opens_on
    MembershipFactory(user=case.moderator, role=role, ended_on=opened)
    assert bar_to_judging(case.moderator, case) == Bar.ROLE
    with pytest.raises(RefusalError, match="held a role that reads bands"):
        lock_judgement(case=case, by=case.moderator, answers=answers(case))
    case.moderator.memberships.filter(role=role).update(ended_on=opened - dt.timedelta(days=1))
    assert bar_to_judging(case.moderator, case) is None


def test_lead_who_saw_the_list_of_bands_is_given_no_case(client, case, school):
    boss = lead()
    client.force_login(boss)
    client.get(reverse("moderation:sample_population", args=[case.sample_id]))
    assert BandsSeen.objects.get().person == boss
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    with pytest.raises(RefusalError, match="has seen the bands of this sample"):
        assign_case(case=case, by=boss, moderator=boss, second=None)
    given = client.get(reverse("moderation:case_assign", args=[case.pk])).context["form"]
    assert boss not in given.fields["moderator"].queryset


def test_lead_who_moderates_sees_no_strata(client, case, school):
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    client.force_login(boss)
    page = client.get(reverse("moderation:sample_detail", args=[case.sample_id]))
    assert ("The strata show bands" in page.text, BandsSeen.objects.count()) == (True, 0)
    assert Case.objects.get().state == CaseState.ASSIGNED


def test_pages_of_relations(client, case, school):
    client.force_login(case.moderator)
    url = reverse("moderation:interest_list")
    assert "Nothing declared" in client.get(url).text
    back = reverse("moderation:case_hand_back", args=[case.pk])
    assert "Say why you cannot judge it" in client.post(back, {}).text
    client.post(back, {"reason": "I know the family."})
    assert Case.objects.get().moderator is None
    page = client.post(url, {"school": school.pk, "reason": "A governor."}, follow=True)
    assert "You are given no case of this school." in page.text
    client.post(reverse("moderation:interest_end", args=[Interest.objects.last().pk]))
    assert Interest.objects.exclude(ended_at=None).count() == 1
    assert not Judgement.objects.exists()
