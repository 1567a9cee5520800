"""Submissions and saves at the same moment, on real PostgreSQL (B7, B8)."""

from functools import partial

import pytest

from banding.choices import CollectionKind, DecisionState, ReturnState
from banding.collections.services import sync_return_pupils
from banding.collections.several import accept_several
from banding.decisions.services import DecisionConflictError
from banding.joiners.services import place_joiner
from banding.models import BandDecision, Joiner, Return
from banding.returns.locks import ReturnClosedError
from banding.returns.services import (
    AlreadySubmittedError,
    accept_return,
    return_for_correction,
    submit_return,
    withdraw_return,
)
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Placement
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.banding.races import at_once
from tests.factories import PupilFactory, person

pytestmark = pytest.mark.django_db(transaction=True)


def submission(pupil_return, by):
    return lambda: submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")


def test_fifty_submissions_at_once_have_one_effect():
    pupil_return, rows = return_with_pupils(2)
    by = senco_of(pupil_return)
    for row in rows:
        decide(row, by)
    results = at_once([submission(pupil_return, by)] * 50)
    done = [r for r in results if isinstance(r, Return)]
    told = [r for r in results if isinstance(r, AlreadySubmittedError)]
    assert (len(done), len(told)) == (1, 49)
    decisions = BandDecision.objects.all()
    assert [d.state for d in decisions] == [DecisionState.SUBMITTED] * 2
    assert {d.submitted_at for d in decisions} == {done[0].submitted_at}


def test_save_and_submission_at_once_lose_nothing():
    """Whichever comes first, what was submitted is what the last accepted save said."""
    for _ in range(5):
        pupil_return, (row,) = return_with_pupils()
        by = senco_of(pupil_return)
        decide(row, by)

        def save(row=row, by=by):
            return decide(row, by, code="C", difference_reason="New report", version=1)

        saved, submitted = at_once([save, submission(pupil_return, by)])
        assert isinstance(submitted, Return)
        decision = BandDecision.objects.get(return_pupil=row)
        assert decision.state == DecisionState.SUBMITTED
        if isinstance(saved, BandDecision):
            assert decision.band.code == "C"
        else:
            assert isinstance(saved, ReturnClosedError)
            assert decision.band.code == "B"


def test_submission_and_a_late_decision_on_an_exercise_leave_no_draft_behind():
    """The last pupil is decided while somebody else submits: in with it, or refused for it."""
    for _ in range(5):
        pupil_return, (first, last) = return_with_pupils(2)
        by, colleague = senco_of(pupil_return), senco_of(pupil_return)
        assert pupil_return.collection.kind == CollectionKind.EXERCISE
        decide(first, by)
        late = partial(decide, last, colleague)
        saved, submitted = at_once([late, submission(pupil_return, by)])
        assert isinstance(saved, BandDecision), saved
        pupil_return.refresh_from_db()
        is_in = isinstance(submitted, Return)
        assert is_in or isinstance(submitted, RefusalError)
        decisions = BandDecision.objects.filter(return_pupil__pupil_return=pupil_return)
        state = DecisionState.SUBMITTED if is_in else DecisionState.DRAFT
        assert [each.state for each in decisions] == [state] * 2
        assert (pupil_return.state == ReturnState.SUBMITTED) is is_in


def test_two_people_saving_the_same_decision_second_is_told():
    pupil_return, (row,) = return_with_pupils()
    people = [senco_of(pupil_return) for _ in range(2)]
    draft = decide(row, people[0])
    saves = [
        lambda by=by, code=code: decide(
            row, by, code=code, difference_reason=f"Reason of {code}", version=draft.version
        )
        for by, code in zip(people, "AC", strict=True)
    ]
    results = at_once(saves)
    saved = [r for r in results if isinstance(r, BandDecision)]
    told = [r for r in results if isinstance(r, DecisionConflictError)]
    assert (len(saved), len(told)) == (1, 1)
    assert told[0].current == saved[0]
    now = BandDecision.objects.get(return_pupil=row)
    assert (now.version, now.band) == (2, saved[0].band)


def test_two_first_drafts_at_once_second_is_told():
    pupil_return, (row,) = return_with_pupils()
    by = senco_of(pupil_return)
    results = at_once([lambda code=code: decide(row, by, code=code) for code in "AC"])
    assert sorted(type(r).__name__ for r in results) == ["BandDecision", "DecisionConflictError"]
    assert BandDecision.objects.count() == 1


def test_accepting_and_sending_back_at_once_agree():
    pupil_return, _ = submitted_return()
    by = senco_of(pupil_return)
    results = at_once(
        [
            lambda: accept_return(pupil_return=pupil_return, by=by),
            lambda: return_for_correction(pupil_return=pupil_return, by=by, reason="Look"),
        ]
    )
    pupil_return.refresh_from_db()
    sent_back = isinstance(results[1], Return)
    assert sent_back or isinstance(results[1], ValueError)
    assert pupil_return.state == (ReturnState.RETURNED if sent_back else ReturnState.ACCEPTED)


def test_taking_back_and_accepting_at_once_agree():
    officer = person(Role.SEND_OFFICER)
    for _ in range(5):
        pupil_return, _ = submitted_return()
        by = senco_of(pupil_return)
        back, accepted = at_once(
            [
                lambda r=pupil_return, by=by: withdraw_return(
                    pupil_return=r, by=by, reason="A wrong band"
                ),
                lambda r=pupil_return: accept_return(pupil_return=r, by=officer),
            ]
        )
        pupil_return.refresh_from_db()
        assert isinstance(back, Return) != isinstance(accepted, Return)
        is_back = isinstance(back, Return)
        assert pupil_return.state == (ReturnState.IN_PROGRESS if is_back else ReturnState.ACCEPTED)


def test_accepting_many_and_taking_one_back_at_once_agree():
    officer = person(Role.SEND_OFFICER)
    for _ in range(3):
        returns = [submitted_return()[0] for _ in range(3)]
        one, by = returns[1], senco_of(returns[1])
        seen = {each.pk: str(each.submitted_at) for each in returns}
        accepted, back = at_once(
            [
                lambda rs=returns, seen=seen: accept_several(returns=rs, seen=seen, by=officer),
                lambda r=one, by=by: withdraw_return(pupil_return=r, by=by, reason="A wrong band"),
            ]
        )
        is_back = isinstance(back, Return)
        assert len(accepted.done) == (2 if is_back else 3)
        one.refresh_from_db()
        assert one.state == (ReturnState.IN_PROGRESS if is_back else ReturnState.ACCEPTED)


def test_pupil_added_while_submitting_is_never_left_undecided_on_a_submitted_return():
    pupil_return, (row,) = return_with_pupils()
    by = senco_of(pupil_return)
    decide(row, by)
    PupilFactory(school=pupil_return.school)
    _, submitted = at_once(
        [lambda: sync_return_pupils(pupil_return.collection), submission(pupil_return, by)]
    )
    pupil_return.refresh_from_db()
    if pupil_return.pupils.count() == 2:
        assert isinstance(submitted, RefusalError)
        assert pupil_return.state == ReturnState.IN_PROGRESS
    else:
        assert pupil_return.state == ReturnState.SUBMITTED


def test_joiner_placed_twice_at_once_is_placed_once():
    pupil_return, _ = return_with_pupils(0)
    by = person(Role.SEND_OFFICER)
    joiner = Joiner.objects.create(
        school=pupil_return.school,
        pupil_return=pupil_return,
        surname="Khan",
        forename="Amira",
        date_of_birth="2018-03-04",
        joined_on="2026-09-01",
        plan_type="EHCP",
    )
    results = at_once([lambda: place_joiner(joiner=joiner, pupil=None, by=by)] * 4)
    assert [type(r) for r in results].count(RefusalError) == 3
    assert Placement.objects.count() == pupil_return.pupils.count() == 1
