"""A school corrects a decision that is being moderated (M10)."""

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from banding.returns.services import return_for_correction, submit_return
from banding_portal.refusals import RefusalError
from moderation.choices import CaseState
from moderation.models import Case, SampleDecision
from moderation.services.outcomes import change_case, uphold_case, withdraw_case
from schools.models import Placement
from tests.banding.helpers import decide, senco_of, submitted_return
from tests.banding.races import at_once
from tests.factories import CollectionFactory
from tests.moderation.test_assignment import whole_sample
from tests.moderation.world import decided, given_case, judge, moderator

pytestmark = pytest.mark.django_db
ROUNDS = 5
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


def returned_case():
    """A judged case whose decision the school has corrected in a draft, on its return."""
    pupil_return, (row,) = submitted_return()
    case = given_case(BandDecision.objects.get(return_pupil=row), moderator())
    judge(case, case.moderator, "C")
    return_for_correction(pupil_return=pupil_return, by=senco_of(pupil_return), reason="Look")
    decide(row, code="C", difference_reason="A new report")
    return pupil_return, case


def send(pupil_return):
    return submit_return(
        pupil_return=pupil_return, by=senco_of(pupil_return), declared_name="Sam Carter"
    )


def test_case_follows_the_decision_that_replaces_the_sampled_one():
    pupil_return, case = returned_case()
    sampled = case.decision
    send(pupil_return)
    case.refresh_from_db()
    assert (case.first_decision, case.decision.band.code) == (sampled, "C")
    outcome = uphold_case(case=case, by=case.moderator)
    assert outcome.moderated_decision.moderates == case.decision


def test_correction_after_the_settlement_is_refused():
    pupil_return, case = returned_case()
    uphold_case(case=case, by=case.moderator, reason="As it was.")
    with pytest.raises(RefusalError, match="Moderation has settled the band"):
        send(pupil_return)


def test_nothing_that_would_fail_is_offered_for_a_decision_taken_back(client):
    _, case = returned_case()
    BandDecision.objects.filter(pk=case.decision_id).update(state=DecisionState.MISTAKEN)
    client.force_login(case.moderator)
    text = client.get(f"/cases/{case.pk}/").text
    assert ("Withdraw the case" in text, "Uphold Band" in text) == (True, False)
    with pytest.raises(RefusalError, match="Withdraw the case"):
        uphold_case(case=case, by=case.moderator, reason="As it was.")


@pytest.mark.django_db(transaction=True)
def test_settlement_and_correction_at_once_leave_one_in_force():
    for _ in range(ROUNDS):
        pupil_return, case = returned_case()
        results = at_once(
            [
                lambda pupil_return=pupil_return: send(pupil_return),
                lambda case=case: uphold_case(case=case, by=case.moderator, reason="As it was."),
            ]
        )
        problems = [one for one in results if isinstance(one, Exception)]
        assert {type(one) for one in problems} <= {RefusalError}
        in_force = BandDecision.objects.in_force().filter(pupil=case.decision.pupil)
        outcome = in_force.filter(source=DecisionSource.MODERATION).first()
        school = in_force.get(source=DecisionSource.SCHOOL)
        assert outcome is None or outcome.moderates == school
        case.refresh_from_db()
        assert case.decision == school


def test_database_keeps_one_decision_in_force_for_a_pupil_framework_and_collection(school):
    decision = decided(CollectionFactory(), school)
    with pytest.raises(IntegrityError, match="decision_one_in_force"), transaction.atomic():
        BandDecision.objects.create(
            pupil=decision.pupil,
            framework=decision.framework,
            collection=decision.collection,
            school=school,
            source=DecisionSource.SCHOOL,
            state=DecisionState.SUBMITTED,
            band=decision.band,
            effective_from=decision.effective_from,
            submitted_at=decision.submitted_at,
        )


def test_database_keeps_no_outcome_of_a_decision_that_counts_no_more(school):
    case = given_case(decided(CollectionFactory(), school), moderator(school.quadrant))
    judge(case, case.moderator, "B")
    uphold_case(case=case, by=case.moderator)
    decision = BandDecision.objects.filter(pk=case.decision_id)
    alone = pytest.raises(InternalError, match="beside the one it is about")
    with alone, transaction.atomic(), connection.cursor() as cursor:
        decision.update(state=DecisionState.SUPERSEDED)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def drawn_case(collection):
    """The one case of a stratum of three."""
    sample = whole_sample(collection)
    chosen, *others = sample.population.order_by("hash")
    Case.objects.filter(decision__in=[one.decision_id for one in others]).delete()
    return Case.objects.get(decision=chosen.decision_id), others


def test_withdrawn_case_is_replaced_by_the_next_in_the_order_of_the_draw(school):
    collection = CollectionFactory()
    for _ in range(3):
        decided(collection, school)
    case, (following, last) = drawn_case(collection)
    assert SampleDecision.objects.count() == 3
    BandDecision.objects.filter(pk=following.decision_id).update(state=DecisionState.MISTAKEN)
    who = moderator(school.quadrant)
    Case.objects.filter(pk=case.pk).update(moderator=who, state=CaseState.ASSIGNED)
    Placement.objects.filter(pupil=case.decision.pupil).update(end=YESTERDAY)
    withdraw_case(case=case, by=who)
    new = Case.objects.get(replaces=case)
    # The next one counts no more, so it is the one after that.
    assert (new.decision_id, new.state, new.moderator) == (
        last.decision_id,
        CaseState.UNASSIGNED,
        None,
    )


def test_nothing_replaces_a_withdrawn_case_where_all_are_judged(school):
    collection = CollectionFactory()
    case = given_case(decided(collection, school), moderator(school.quadrant))
    Placement.objects.update(end=YESTERDAY)
    withdraw_case(case=case, by=case.moderator)
    assert Case.objects.count() == 1


def test_change_of_a_corrected_decision_is_measured_against_the_new_one():
    pupil_return, case = returned_case()
    send(pupil_return)
    with pytest.raises(RefusalError, match="school’s own band"):
        change_case(
            case=case,
            by=case.moderator,
            band=case.decision.framework.bands.get(code="C"),
            reason_code="need_higher",
            reason="More help.",
            effective_from=case.decision.effective_from,
        )
