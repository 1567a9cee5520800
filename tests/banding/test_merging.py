"""Returns and decisions of two records of one child, made one (rules.md S8, S10)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.changes.services import account_for
from banding.choices import DecisionState, PupilChange
from banding.collections.services import sync_return_pupils
from banding.models import BandDecision, ExceptionalRequest, Joiner, ReturnPupil
from banding.returns.services import submit_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Pupil
from schools.services.merges import merge_pupils, undo_merge
from tests.banding.helpers import decide, senco_of
from tests.banding.races import at_once
from tests.factories import CollectionFactory, PlacementFactory, PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def collection():
    return CollectionFactory()


@pytest.fixture
def school():
    return SchoolFactory(name="One School")


@pytest.fixture
def other_school():
    return SchoolFactory(name="Other School")


@pytest.fixture
def on_both(collection, school, other_school):
    """Two records of a child, each on the list of another school."""
    pupils = PupilFactory(school=school), PupilFactory(school=other_school)
    sync_return_pupils(collection)
    return pupils


@pytest.fixture
def on_one(collection, school):
    """Two records of a child on one list."""
    pupils = PupilFactory(school=school), PupilFactory(school=school)
    sync_return_pupils(collection)
    return pupils


def row_of(pupil):
    return ReturnPupil.objects.get(pupil=pupil)


def submit(pupil_return):
    senco = senco_of(pupil_return)
    for row in pupil_return.pupils.filter(change="", decisions=None):
        decide(row, senco)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")


def merge(pupils, by, **given):
    kept, dropped = pupils
    return merge_pupils(kept=kept, dropped=dropped, reason="Same child", by=by, **given)


def records():
    models = (Pupil, ReturnPupil, BandDecision, ExceptionalRequest, Joiner)
    return {model: sorted(map(str, model._base_manager.values_list())) for model in models}


def in_force(pupil):
    return [decision.band.code for decision in BandDecision.objects.in_force().filter(pupil=pupil)]


def test_child_is_on_one_list(on_both, officer):
    merge(on_both, officer)
    assert ReturnPupil.objects.count() == 1


def test_it_is_that_of_the_school_the_child_came_to_last(on_both, officer, other_school):
    on_both[1].placements.update(start=dt.date(2025, 10, 1))
    merge(on_both, officer)
    assert row_of(on_both[0]).pupil_return.school == other_school


def test_return_that_listed_both_lists_one(on_one, officer):
    done = merge(on_one, officer)
    assert ReturnPupil.everything.count() == 1
    assert "it lists one now" in " ".join(done.said)


def test_draft_of_the_other_record_is_the_child_s(on_one, officer):
    decide(row_of(on_one[1]))
    merge(on_one, officer)
    [draft] = row_of(on_one[0]).decisions.all()
    assert (draft.pupil, draft.state) == (on_one[0], DecisionState.DRAFT)


def test_of_two_drafts_that_of_the_record_that_stands_stays(on_one, officer):
    decide(row_of(on_one[0]), code="A", difference_reason="Known")
    decide(row_of(on_one[1]))
    before = records()
    done = merge(on_one, officer)
    [draft] = row_of(on_one[0]).decisions.all()
    assert draft.band.code == "A"
    undo_merge(merge=done, by=officer)
    assert records() == before


def test_of_two_decisions_of_one_return_one_is_in_force(on_one, officer):
    decide(row_of(on_one[0]), code="A", difference_reason="Known")
    submit(row_of(on_one[1]).pupil_return)
    merge(on_one, officer)
    assert len(in_force(on_one[0])) == 1
    assert BandDecision.objects.filter(state=DecisionState.SUPERSEDED).count() == 1


def test_of_two_submitted_returns_the_child_is_on_one_with_one_decision(on_both, officer):
    for pupil in on_both:
        submit(row_of(pupil).pupil_return)
    done = merge(on_both, officer)
    assert ReturnPupil.objects.count() == 1
    assert len(in_force(on_both[0])) == 1
    assert any("no longer lists the child" in each for each in done.said)
    assert any("is superseded" in each for each in done.said)


def test_decision_on_the_list_that_stands_stays_in_force(on_both, officer, other_school):
    for pupil in on_both[::-1]:
        submit(row_of(pupil).pupil_return)
    on_both[1].placements.update(start=dt.date(2025, 10, 1))
    merge(on_both, officer)
    [decision] = BandDecision.objects.in_force()
    assert decision.school == other_school


def test_list_a_record_has_left_is_not_the_child_s_list(on_both, officer):
    on_both[0].placements.update(start=dt.date(2025, 10, 1))
    gone = row_of(on_both[1])
    account_for(
        return_pupil=gone,
        change=PupilChange.LEFT,
        change_date=timezone.localdate(),
        reason="",
        by=senco_of(gone.pupil_return),
    )
    merge(on_both, officer)
    assert row_of(on_both[0]).change == ""


def test_word_on_the_other_row_is_kept(on_one, officer):
    gone = row_of(on_one[1])
    account_for(
        return_pupil=gone,
        change=PupilChange.LEFT,
        change_date=timezone.localdate(),
        reason="",
        by=senco_of(gone.pupil_return),
    )
    merge(on_one, officer)
    assert row_of(on_one[0]).change == PupilChange.LEFT


def test_requests_and_joiners_follow(on_one, officer):
    row = row_of(on_one[1])
    request = ExceptionalRequest.objects.create(
        return_pupil=row, reason="No band", asked_by=senco_of(row.pupil_return)
    )
    joiner = Joiner.objects.create(
        school=row.pupil_return.school,
        pupil_return=row.pupil_return,
        surname="Joiner",
        forename="A",
        date_of_birth=dt.date(2018, 3, 4),
        joined_on=dt.date(2026, 9, 1),
        plan_type="EHCP",
        state="placed",
        pupil=on_one[1],
    )
    merge(on_one, officer)
    request.refresh_from_db()
    joiner.refresh_from_db()
    assert request.return_pupil == row_of(on_one[0])
    assert joiner.pupil == on_one[0]


@pytest.mark.parametrize("names", [(), (0,), (1,), (0, 1)])
@pytest.mark.parametrize("where", ["on_one", "on_both"])
def test_undo_leaves_everything_as_it_was(names, where, officer, request):
    pupils = request.getfixturevalue(where)
    for name in names:
        pupil_return = row_of(pupils[name]).pupil_return
        if pupil_return.state != "submitted":
            submit(pupil_return)
    before = records()
    done = merge(pupils, officer)
    assert records() != before
    undo_merge(merge=done, by=officer)
    assert records() == before


def test_decision_since_keeps_it_from_being_undone(on_one, officer):
    done = merge(on_one, officer)
    decide(row_of(on_one[0]))
    with pytest.raises(RefusalError, match="band decision"):
        undo_merge(merge=done, by=officer)


def test_closed_collection_keeps_what_it_decided(on_both, officer, collection):
    for pupil in on_both:
        submit(row_of(pupil).pupil_return)
    type(collection).objects.update(closed_at=timezone.now())
    merge(on_both, officer)
    assert len(in_force(on_both[0])) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(3))
def test_merge_against_submission(_, on_both, officer):
    """Whichever is first, the child is on one list with at most one decision in force."""
    pupil_return = row_of(on_both[1]).pupil_return
    senco = senco_of(pupil_return)
    for row in pupil_return.pupils.all():
        decide(row, senco)
    answers = at_once(
        [
            lambda: merge(on_both, officer),
            lambda: submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter"),
        ]
    )
    assert not any(
        isinstance(each, Exception) and not isinstance(each, RefusalError) for each in answers
    ), answers
    assert ReturnPupil.objects.count() == 1
    assert len(in_force(on_both[0])) <= 1


@pytest.mark.django_db(transaction=True)
def test_two_merges_of_one_pair_at_once(on_both, officer):
    answers = at_once([lambda: merge(on_both, officer), lambda: merge(on_both[::-1], officer)])
    assert [isinstance(each, RefusalError) for each in answers].count(True) == 1
    assert Pupil.objects.filter(pk__in=[each.pk for each in on_both]).count() == 1


def test_placements_of_both_schools_are_the_child_s(on_both, officer, school):
    merge(on_both, officer)
    PlacementFactory(pupil=on_both[0], school=school, start=dt.date(2027, 1, 1))
    assert on_both[0].placements.count() == 3
