"""Open cases handed to somebody else: M4."""

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import Judgement
from moderation.services.handing_over import HandedOver, hand_over_cases
from moderation.services.judgements import save_draft
from schools.services.people import deactivate_person
from tests.factories import CollectionFactory, person
from tests.moderation.world import (
    all_at_once,
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
def admin(db):
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def ann(school):
    return moderator(school.quadrant, name="Ann")


@pytest.fixture
def ben(school):
    return moderator(school.quadrant, name="Ben")


@pytest.fixture
def collection(db):
    return CollectionFactory()


def judges(case):
    case.refresh_from_db()
    return [case.moderator, case.second_moderator]


def test_open_cases_go_to_the_other(collection, school, admin, ann, ben):
    first = given_case(decided(collection, school), ann)
    second = given_case(decided(collection, school), lead(), ann)
    of_others = given_case(decided(collection, school), moderator(school.quadrant))
    kept = judges(of_others)
    assert hand_over_cases(person=ann, to=ben, by=admin) == HandedOver(2, 0)
    assert judges(first) == [ben, None]
    assert judges(second)[1] == ben
    assert judges(of_others) == kept
    assert first.state == CaseState.ASSIGNED


def test_what_was_begun_is_dropped(collection, school, admin, ann, ben):
    """Whoever takes a case judges it without sight of anybody's band."""
    case = given_case(decided(collection, school), ann)
    save_draft(case=case, by=ann, answers=answers(case))
    hand_over_cases(person=ann, to=ben, by=admin)
    assert not Judgement.objects.exists()


def test_what_was_judged_stays(collection, school, admin, ann, ben):
    judged = given_case(decided(collection, school), ann, lead())
    judge(judged, ann)
    given_case(decided(collection, school), ann)
    assert hand_over_cases(person=ann, to=ben, by=admin) == HandedOver(1, 0)
    assert judges(judged)[0] == ann
    assert Judgement.objects.filter(moderator=ann).count() == 1


def test_case_of_a_school_they_worked_for_stays(collection, school, admin, ann, ben):
    case = given_case(decided(collection, school), ann)
    works_at(ben, school)
    assert hand_over_cases(person=ann, to=ben, by=admin) == HandedOver(0, 1)
    assert judges(case) == [ann, None]


def test_case_they_judge_already_stays(collection, school, admin, ann, ben):
    case = given_case(decided(collection, school), ann, ben)
    assert hand_over_cases(person=ann, to=ben, by=admin) == HandedOver(0, 1)
    assert judges(case) == [ann, ben]


def test_cases_of_somebody_deactivated_are_handed_over(collection, school, admin, ann, ben):
    case = given_case(decided(collection, school), ann)
    deactivate_person(person=ann, by=admin)
    assert hand_over_cases(person=ann, to=ben, by=admin) == HandedOver(1, 0)
    assert judges(case) == [ben, None]


def test_it_is_on_record_with_who_did_it(collection, school, admin, ann, ben):
    case = given_case(decided(collection, school), ann)
    hand_over_cases(person=ann, to=ben, by=admin)
    event = case.events.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["user"] == str(admin.pk)
    assert event.moderator_id == ben.pk


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MODERATION_LEAD])
def test_administrators_alone_hand_over(collection, school, ann, ben, role):
    given_case(decided(collection, school), ann)
    with pytest.raises(RefusalError):
        hand_over_cases(person=ann, to=ben, by=person(role))


def test_only_another_moderator_takes_them(collection, school, admin, ann, ben):
    given_case(decided(collection, school), ann)
    deactivate_person(person=ben, by=admin)
    for to in (ann, ben, person(Role.SEND_OFFICER)):
        with pytest.raises(RefusalError, match="Choose another moderator"):
            hand_over_cases(person=ann, to=to, by=admin)


def test_nothing_to_hand_over_is_said(admin, ann, ben):
    with pytest.raises(RefusalError, match="has no cases to judge"):
        hand_over_cases(person=ann, to=ben, by=admin)


def test_page_from_the_person_and_back(sign_in, collection, school, ann, ben):
    given_case(decided(collection, school), ann)
    client = sign_in(Role.ADMINISTRATOR)
    page = reverse("schools:person_detail", args=[ann.pk])
    url = reverse("moderation:hand_over", args=[ann.pk])
    assert "1 case left to judge" in client.get(page).text
    assert url in client.get(page).text
    assert "Ann has 1 case to judge" in client.get(url).text
    assert "Error: " in client.post(url, {}).text
    answer = client.post(url, {"to": ben.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == page
    assert "Cases handed to Ben: 1." in answer.text
    assert "Open work" not in client.get(page).text
    assert client.get(url).url == page


def test_page_offers_other_moderators_alone(sign_in, collection, school, ann, ben):
    given_case(decided(collection, school), ann)
    form = sign_in(Role.ADMINISTRATOR).get(reverse("moderation:hand_over", args=[ann.pk]))
    assert list(form.context["form"].fields["to"].queryset) == [ben]


@pytest.mark.django_db(transaction=True)
def test_judged_and_handed_over_at_once(collection, school, admin, ann, ben):
    """Either it was judged and stays, or it was handed over and not judged by who had it."""
    case = given_case(decided(collection, school), ann)
    given_case(decided(collection, school), ann)
    all_at_once(
        lambda: hand_over_cases(person=ann, to=ben, by=admin),
        lambda: judge(case, ann),
    )
    holder = judges(case)[0]
    locked = Judgement.objects.exclude(locked_at=None).filter(case=case)
    assert [row.moderator for row in locked] == ([ann] if holder == ann else [])
