"""Two at once about evidence: one of them wins, and nothing is half done."""

import pytest

from banding_portal.refusals import RefusalError
from moderation.choices import CaseState, EvidenceState
from moderation.evidence.services import answer_request, withdraw_request
from moderation.models import EvidenceRequest
from moderation.services.outcomes import uphold_case
from tests.moderation.evidence import ask, asked_case, judged_case, senco
from tests.moderation.world import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def refusals(results):
    assert all(not isinstance(one, Exception) or isinstance(one, RefusalError) for one in results)
    return sum(isinstance(one, RefusalError) for one in results)


def test_eight_ask_at_once_and_one_request_is_made():
    case = judged_case()
    results = all_at_once(*[lambda: ask(case)] * 8)
    assert (refusals(results), EvidenceRequest.objects.count()) == (7, 1)


def test_answer_against_withdrawal():
    for _ in range(ROUNDS):
        case = asked_case()
        asked, by, user = case.evidence_requests.get(), case.moderator, senco(case)
        results = all_at_once(
            lambda a=asked, u=user: answer_request(asked=a, none_there=True, note="None", by=u),
            lambda a=asked, b=by: withdraw_request(asked=a, because="Found", by=b),
        )
        assert refusals(results) == 1
        asked.refresh_from_db()
        case.refresh_from_db()
        assert asked.state in (EvidenceState.ANSWERED, EvidenceState.WITHDRAWN)
        assert case.state == CaseState.JUDGED


def test_asking_against_settling():
    for _ in range(ROUNDS):
        case = judged_case(band="B")
        by = case.moderator
        results = all_at_once(
            lambda c=case, b=by: ask(c, b), lambda c=case, b=by: uphold_case(case=c, by=b)
        )
        assert refusals(results) == 1
        case.refresh_from_db()
        waits = EvidenceRequest.objects.open().filter(case=case).exists()
        assert case.state == (CaseState.EVIDENCE if waits else CaseState.SETTLED)
