"""Challenge against a final outcome, two decisions at once: one wins, nothing is half done (M5)."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from banding.models import BandDecision, Collection
from banding_portal.refusals import RefusalError
from moderation.choices import CaseState
from moderation.models import Outcome, PanelCase
from moderation.panels.services import challenge_outcome
from moderation.services.outcomes import undo_outcome, uphold_case
from tests.moderation.evidence import judged_case, senco
from tests.moderation.panels import (
    challenged,
    decide,
    escalated,
    on_agenda,
    outcome_of,
    settled_case,
)
from tests.moderation.world import all_at_once, lead

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def refusals(results):
    assert all(not isinstance(one, Exception) or isinstance(one, RefusalError) for one in results)
    return sum(isinstance(one, RefusalError) for one in results)


def in_force(case):
    return BandDecision.objects.in_force().filter(moderates=case.decision).count()


def test_eight_challenges_at_once_are_one():
    case = settled_case()
    user = senco(case)
    results = all_at_once(*[lambda: challenged(case, user)] * 8)
    assert (refusals(results), PanelCase.objects.count()) == (7, 1)


def test_challenge_against_opening_the_case_again():
    """Both are possible only where the day of feedback is moved meanwhile: one of them wins."""
    for _ in range(ROUNDS):
        case = settled_case()
        user, by = senco(case), lead()
        later = timezone.localdate() + dt.timedelta(days=1)

        def open_again(case=case, by=by, later=later):
            Collection.objects.filter(pk=case.sample.collection_id).update(feedback_on=later)
            return undo_outcome(case=case, by=by)

        challenge = partial(
            challenge_outcome, outcome=outcome_of(case), grounds="It is C.", by=user
        )
        results = all_at_once(challenge, open_again)
        assert refusals(results) >= 1
        case.refresh_from_db()
        waits = PanelCase.objects.open().filter(case=case).exists()
        assert case.state == (CaseState.PANEL if waits else CaseState.JUDGED)
        assert Outcome.objects.filter(case=case).exists() is waits
        assert in_force(case) == waits


def test_challenged_case_is_not_opened_again_though_the_day_of_feedback_moves():
    case = settled_case()
    challenged(case)
    later = timezone.localdate() + dt.timedelta(days=1)
    Collection.objects.filter(pk=case.sample.collection_id).update(feedback_on=later)
    with pytest.raises(RefusalError, match="so a panel decides this case"):
        undo_outcome(case=case, by=lead())
    assert (PanelCase.objects.open().count(), in_force(case)) == (1, 1)


def test_two_decisions_of_a_panel_at_once():
    for _ in range(ROUNDS):
        case = settled_case()
        item = on_agenda(challenged(case))
        members = [seat.person for seat in item.panel.seats.all()]
        results = all_at_once(
            lambda i=item, m=members: decide(i, "A", by=m[0]),
            lambda i=item, m=members: decide(i, "B", by=m[1]),
        )
        assert refusals(results) == 1
        item.refresh_from_db()
        assert outcome_of(case).band == item.band
        assert in_force(case) == 1


def test_escalating_against_settling():
    for _ in range(ROUNDS):
        case = judged_case("B")
        by = case.moderator
        results = all_at_once(
            lambda c=case, b=by: escalated(c, b), lambda c=case, b=by: uphold_case(case=c, by=b)
        )
        assert refusals(results) == 1
        case.refresh_from_db()
        waits = PanelCase.objects.open().filter(case=case).exists()
        assert case.state == (CaseState.PANEL if waits else CaseState.SETTLED)
        assert in_force(case) == (not waits)
