"""What is refused tells nothing of a judged case to who has cases left to judge (M9)."""

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from moderation.models import Case
from tests.factories import CollectionFactory, MembershipFactory
from tests.moderation.evidence import asked_case, judged_case
from tests.moderation.panels import settled_case
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db
PAGES = ("uphold", "change", "escalate", "ask_evidence", "withdraw", "undo")
POSTS = ("agree", "turn_down")


def told_by(client, case):
    """What each address answers, the reference of the case apart."""
    said = []
    for name in PAGES + POSTS:
        url = reverse(f"moderation:case_{name}", args=[case.pk])
        answer = (client.post if name in POSTS else client.get)(url, follow=True)
        problems = answer.text.split("<main", 1)[1].split("<h1", 1)[0]
        for own in (case.reference, case.sample.collection.name):
            problems = problems.replace(own, "")
        said.append((name, answer.status_code, " ".join(problems.split())))
    return said


def with_more_to_judge(case):
    given_case(decided(case.sample.collection, case.decision.school), case.moderator)
    return case


def disputed_case(school):
    first, second = moderator(school.quadrant), moderator(school.quadrant)
    case = given_case(decided(CollectionFactory(), school), first, second)
    judge(case, first, "A")
    return judge(case, second, "C")


@pytest.mark.parametrize("as_lead", [False, True])
def test_judged_cases_in_every_state_answer_alike(client, school, as_lead):
    cases = [judged_case("B"), judged_case("C"), settled_case("C"), asked_case()]
    cases.append(disputed_case(school))
    told = set()
    for each in map(with_more_to_judge, cases):
        case = Case.objects.get(pk=each.pk)
        if as_lead:
            MembershipFactory(user=case.moderator, role=Role.MODERATION_LEAD)
        client.force_login(case.moderator)
        answers = told_by(client, case)
        assert not [one for one in answers if "settled this case" in one[2]]
        told.add(tuple(answers))
    assert len(told) == 1


def test_once_all_are_judged_it_is_said_who_settled_it(client):
    case = settled_case("C")
    client.force_login(lead())
    url = reverse("moderation:case_uphold", args=[case.pk])
    assert "has settled this case already" in client.get(url, follow=True).text
