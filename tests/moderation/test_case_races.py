"""Two at once about a case, made to meet at its row: nothing is lost and one alone wins (M4, M5).

A few rounds in the suite, 300 of each in `make soak`.
"""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from banding.models import BandDecision
from banding_portal.refusals import RefusalError
from moderation.choices import CaseState, OutcomeKind, PanelCaseState
from moderation.models import Case, Judgement, Outcome, PanelCase
from moderation.panels.services import take_challenge_back
from moderation.services.judgements import lock_judgement
from moderation.services.outcomes import withdraw_case
from schools.models import Placement
from tests.factories import CollectionFactory, SchoolFactory
from tests.moderation.evidence import judged_case, senco
from tests.moderation.panels import (
    challenged,
    decide,
    escalated,
    on_agenda,
    outcome_of,
    settled_case,
)
from tests.moderation.world import answers, decided, given_case, lead, moderator
from tests.races import until_waiting

pytestmark = pytest.mark.django_db(transaction=True)
in_rounds = pytest.mark.parametrize(
    "rounds", [range(4), pytest.param(range(300), marks=pytest.mark.soak)], ids=["few", "many"]
)


def meet(case, *calls):
    """Runs the calls once all of them wait for the case; what each raised, None where nothing."""
    raised = [None] * len(calls)

    def run(place, call):
        try:
            call()
        except Exception as problem:
            raised[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        for number, thread in enumerate(threads, start=1):
            thread.start()
            until_waiting(number)
    for thread in threads:
        thread.join()
    assert [one for one in raised if one and not isinstance(one, RefusalError)] == []
    case.refresh_from_db()
    return raised


def in_turns(number, first, second):
    """Each comes first in every other round."""
    return (first, second) if number % 2 else (second, first)


def fresh_case(second=None):
    school = SchoolFactory()
    decision = decided(CollectionFactory(), school)
    return given_case(decision, moderator(school.quadrant), second)


def lock(case, by, band="C"):
    given = answers(case, band)
    return lambda: lock_judgement(case=case, by=by, answers=given)


def in_force(case):
    return BandDecision.objects.in_force().filter(moderates=case.decision).count()


@in_rounds
def test_two_moderators_lock_at_once_and_both_count(rounds):
    for number in rounds:
        case = fresh_case(second=moderator())
        pair = (lock(case, case.moderator), lock(case, case.second_moderator, "B"))
        assert meet(case, *in_turns(number, *pair)) == [None, None]
        locked = Judgement.objects.filter(case=case, locked_at__isnull=False)
        assert (locked.count(), case.state) == (2, CaseState.JUDGED)


@in_rounds
def test_one_moderator_locks_twice_and_the_first_stays(rounds):
    for number in rounds:
        case = fresh_case()
        bands = in_turns(number, "A", "C")
        raised = meet(case, *(lock(case, case.moderator, band) for band in bands))
        assert [one is None for one in raised] == [True, False]
        assert Judgement.objects.get(case=case).band.code == bands[0]


@in_rounds
def test_judgement_against_withdrawal(rounds):
    """A case that is withdrawn takes no judgement; one judged just before is withdrawn all the
    same, with the judgement kept. Either way it is settled without a band.
    """
    by = lead()
    for number in rounds:
        case = fresh_case()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Placement.objects.filter(pupil=case.decision.pupil).update(end=yesterday)

        def withdraw(case=case):
            withdraw_case(case=case, by=by)

        judged_first = bool(number % 2)
        raised = meet(case, *in_turns(number, lock(case, case.moderator), withdraw))
        assert [one is None for one in raised] == [True, judged_first]
        assert Judgement.objects.filter(case=case).count() == judged_first
        assert Outcome.objects.get(case=case).kind == OutcomeKind.WITHDRAWN
        assert (case.state, in_force(case)) == (CaseState.SETTLED, 0)


@in_rounds
def test_a_second_challenge_against_the_final_outcome(rounds):
    """A challenged outcome is challenged no more, before the panel decides and after."""
    for number in rounds:
        case = settled_case()
        item = on_agenda(challenged(case))
        user = senco(case)
        pair = (lambda i=item: decide(i, "A"), lambda c=case, u=user: challenged(c, u))
        raised = meet(case, *in_turns(number, *pair))
        assert [one is None for one in in_turns(number, *raised)] == [True, False]
        assert (case.state, in_force(case)) == (CaseState.SETTLED, 1)
        assert PanelCase.objects.get(case=case).state == PanelCaseState.DECIDED
        assert Outcome.objects.get(case=case).band.code == "A"


@in_rounds
def test_two_panels_decisions_on_an_escalated_case(rounds):
    for number in rounds:
        case = judged_case("B")
        item = on_agenda(escalated(case))
        bands = in_turns(number, "A", "C")
        raised = meet(case, *(lambda b=band, i=item: decide(i, b) for band in bands))
        assert [one is None for one in raised] == [True, False]
        assert (case.outcome.band.code, in_force(case)) == (bands[0], 1)


@in_rounds
def test_a_challenge_taken_back_against_the_panels_decision(rounds):
    """Whoever comes first: the outcome of before stands, or that of the panel is final."""
    for number in rounds:
        case = settled_case()
        item = on_agenda(challenged(case))
        user, outcome = senco(case), outcome_of(case)
        pair = (
            lambda i=item: decide(i, "A"),
            lambda o=outcome, u=user: take_challenge_back(outcome=o, by=u),
        )
        raised = meet(case, *in_turns(number, *pair))
        assert [one is None for one in raised] == [True, False]
        assert Outcome.objects.get(case=case).band.code == ("A" if number % 2 else "C")
        assert (case.state, in_force(case)) == (CaseState.SETTLED, 1)
