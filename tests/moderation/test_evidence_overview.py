"""The list of everything the authority has asked schools for (M5)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding_portal.roles import Role
from moderation.models import EvidenceRequest
from tests.moderation.evidence import asked_case
from tests.moderation.world import decided, given_case, moderator

pytestmark = pytest.mark.django_db
URL = "/moderation/evidence/"


def test_lead_and_auditor_see_all_and_filter_what_is_overdue(sign_in):
    late, open_still = asked_case(), asked_case()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    EvidenceRequest.objects.filter(case=late).update(due_on=yesterday)
    for role in (Role.MODERATION_LEAD, Role.AUDITOR):
        shown = sign_in(role).get(URL).text
        assert all(one.reference in shown for one in (late, open_still))
        overdue = sign_in(role).get(URL, {"state": "overdue"}).text
        assert (late.reference in overdue, open_still.reference in overdue) == (True, False)


def test_moderator_sees_those_of_their_own_cases_once_all_are_judged(client):
    case = asked_case()
    client.force_login(case.moderator)
    assert case.reference in client.get(URL).text
    given_case(decided(case.decision.collection, case.decision.school), case.moderator)
    assert case.reference not in client.get(URL).text
    client.force_login(moderator())
    assert case.reference not in client.get(URL).text


def test_it_names_neither_pupil_nor_band(sign_in):
    case = asked_case()
    shown = sign_in(Role.MODERATION_LEAD).get(URL).text
    pupil = case.decision.pupil
    assert not [one for one in (pupil.surname, pupil.reference, "Band B") if one in shown]


def test_it_takes_as_many_queries_for_three(sign_in, django_assert_max_num_queries):
    asked_case()
    client = sign_in(Role.MODERATION_LEAD)
    client.get(URL)
    with django_assert_max_num_queries(100) as one:
        client.get(URL)
    asked_case()
    asked_case()
    with django_assert_max_num_queries(len(one)):
        client.get(URL)
