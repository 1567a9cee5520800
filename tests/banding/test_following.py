"""Each pupil on one list of a collection, wherever a change came from (rules.md S10)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from banding.changes.services import account_for, clear_account
from banding.choices import DecisionState, JoinerState, PupilChange, ReturnState
from banding.collections.services import sync_return_pupils
from banding.decisions.agreed_bands import agreed_decisions
from banding.joiners.services import place_joiner
from banding.models import BandDecision, Joiner, Return, ReturnPupil
from banding.pupil_sections import decisions
from banding.returns.following import follow
from banding.returns.locks import ReturnClosedError
from banding.returns.services import accept_return, return_for_correction, submit_return
from banding_portal.roles import Role
from schools.models import SchoolLink
from schools.services import corrections
from schools.services.following import hearing
from schools.services.pupils import end_placement, place_pupil
from schools.services.register import import_register
from tests.banding.helpers import decide, senco_of
from tests.factories import (
    CollectionFactory,
    PlanFactory,
    PupilFactory,
    ReturnPupilFactory,
    SchoolFactory,
    person,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def collection():
    return CollectionFactory()


@pytest.fixture
def old(collection):
    return SchoolFactory(name="Old School")


@pytest.fixture
def new(collection):
    """A school with a return, because of another pupil."""
    school = SchoolFactory(name="New School")
    PupilFactory(school=school)
    return school


@pytest.fixture
def pupil(collection, old, new):
    pupil = PupilFactory(school=old)
    sync_return_pupils(collection)
    return pupil


def lists(pupil):
    """The schools on whose lists the pupil is."""
    return [row.pupil_return.school.name for row in ReturnPupil.objects.filter(pupil=pupil)]


def return_of(school):
    return Return.objects.get(school=school)


def row_of(pupil, school):
    return ReturnPupil.everything.get(pupil=pupil, pupil_return__school=school)


def move(pupil, school, by, start=None):
    start = start or timezone.localdate() - DAY
    return place_pupil(pupil=pupil, school=school, start=start, end_others=True, by=by)


def submit(school):
    pupil_return = return_of(school)
    senco = senco_of(pupil_return)
    for row in pupil_return.pupils.filter(change="", decisions=None):
        decide(row, senco)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")


def test_pupil_who_moves_is_on_the_new_list_alone(pupil, new, officer):
    move(pupil, new, officer)
    assert lists(pupil) == ["New School"]


def test_move_to_come_changes_nothing_yet(pupil, new, officer):
    move(pupil, new, officer, start=timezone.localdate() + DAY)
    assert lists(pupil) == ["Old School"]


def test_school_without_a_return_gets_one(pupil, officer):
    move(pupil, SchoolFactory(name="Third School"), officer)
    assert lists(pupil) == ["Third School"]


def test_school_gets_no_return_once_the_deadline_has_passed(pupil, collection, officer):
    type(collection).objects.update(deadline=timezone.localdate() - DAY)
    move(pupil, SchoolFactory(), officer)
    assert lists(pupil) == ["Old School"]


def test_closed_collection_is_left_alone(pupil, collection, new, officer):
    type(collection).objects.update(closed_at=timezone.now())
    move(pupil, new, officer)
    assert lists(pupil) == ["Old School"]


def test_who_left_for_nowhere_stays_to_be_accounted_for(pupil, old, officer):
    end = timezone.localdate() - 60 * DAY
    end_placement(placement=pupil.placements.get(), end=end, by=officer)
    assert lists(pupil) == ["Old School"]


def test_draft_is_there_again_when_the_move_is_taken_back(pupil, old, new, officer):
    draft = decide(row_of(pupil, old))
    found = corrections.correct_placement(
        placement=pupil.placements.get(),
        school=new,
        start=dt.date(2025, 9, 1),
        end=None,
        reason="Typed wrongly",
        by=officer,
    )
    assert lists(pupil) == ["New School"]
    corrections.undo_correction(correction=found, by=officer)
    assert lists(pupil) == ["Old School"]
    assert list(row_of(pupil, old).decisions.all()) == [draft]


def test_placement_by_mistake_takes_the_pupil_off(pupil, officer):
    wrong = pupil.placements.get()
    corrections.remove_placement(placement=wrong, reason="Another", by=officer)
    assert lists(pupil) == []


def test_plan_by_mistake_takes_the_pupil_off(pupil, officer):
    corrections.remove_plan(plan=pupil.plans.get(), reason="Never made", by=officer)
    assert lists(pupil) == []


def test_other_plan_reaches_the_list(pupil, old, officer):
    given = {"plan_type": "SEN_SUPPORT", "start": dt.date(2025, 9, 1), "end": None}
    corrections.correct_plan(plan=pupil.plans.get(), reason="It was K", by=officer, **given)
    assert row_of(pupil, old).plan_type == "SEN_SUPPORT"


def test_submitted_return_keeps_who_moved_and_nobody_is_on_two(pupil, old, new, officer):
    submit(old)
    move(pupil, new, officer)
    assert lists(pupil) == ["Old School"]


def test_sent_back_for_correction_the_pupil_moves(pupil, old, new, officer):
    submit(old)
    move(pupil, new, officer)
    return_for_correction(pupil_return=return_of(old), reason="Look again", by=officer)
    assert lists(pupil) == ["New School"]


def test_nobody_leaves_one_list_for_none(pupil, old, new, officer):
    submit(new)
    move(pupil, new, officer)
    assert lists(pupil) == ["Old School"]
    return_for_correction(pupil_return=return_of(new), reason="Somebody came", by=officer)
    assert lists(pupil) == ["New School"]


def test_submitted_as_left_the_new_school_is_asked(pupil, old, new, officer):
    left = timezone.localdate() - 2 * DAY
    change = {"change": PupilChange.LEFT, "change_date": left}
    account_for(return_pupil=row_of(pupil, old), by=senco_of(return_of(old)), **change)
    submit(old)
    accept_return(pupil_return=return_of(old), by=officer)
    move(pupil, new, officer)
    assert sorted(lists(pupil)) == ["New School", "Old School"]


def test_wrong_school_loses_list_and_decision_though_submitted(pupil, old, officer):
    submit(old)
    assert agreed_decisions().filter(pupil=pupil).exists()
    found = corrections.remove_placement(
        placement=pupil.placements.get(), reason="Another", by=officer
    )
    decision = BandDecision.objects.get(pupil=pupil)
    assert (lists(pupil), decision.state) == ([], DecisionState.MISTAKEN)
    assert not agreed_decisions().filter(pupil=pupil).exists()
    senco = senco_of(return_of(old))
    assert not BandDecision.objects.visible_to(senco).filter(pupil=pupil).exists()
    corrections.undo_correction(correction=found, by=officer)
    assert agreed_decisions().filter(pupil=pupil).exists()


def test_right_school_is_asked_though_the_wrong_one_submitted(pupil, old, new, officer):
    submit(old)
    corrections.correct_placement(
        placement=pupil.placements.get(),
        school=new,
        start=dt.date(2025, 9, 1),
        end=None,
        reason="Two Amiras",
        by=officer,
    )
    assert lists(pupil) == ["New School"]


def test_page_open_while_the_pupil_is_taken_off_says_so(pupil, old, new, officer):
    row = row_of(pupil, old)
    senco = senco_of(return_of(old))
    move(pupil, new, officer)
    for act in (
        lambda: decide(row, senco),
        lambda: clear_account(return_pupil=row, by=senco),
    ):
        with pytest.raises(ReturnClosedError, match="no longer on your return"):
            act()


def test_placed_joiner_comes_onto_the_list(pupil, old, new, officer):
    day = timezone.localdate() - 5 * DAY
    joiner = Joiner.objects.create(
        school=return_of(new).school,
        pupil_return=return_of(new),
        surname=pupil.surname,
        forename=pupil.forename,
        date_of_birth=pupil.date_of_birth,
        joined_on=day,
        plan_type="EHCP",
        state=JoinerState.WAITING,
    )
    place_joiner(joiner=joiner, pupil=pupil, by=officer)
    assert lists(pupil) == ["New School"]


def test_conversion_carries_the_pupil_with_the_draft(pupil, old, officer):
    draft, row = decide(row_of(pupil, old)), row_of(pupil, old)
    academy = SchoolFactory(name="The Academy")
    SchoolLink.objects.create(school=old, linked_urn=academy.urn, kind="Successor")
    type(old).objects.filter(pk=old.pk).update(
        status="closed", closed_on=timezone.localdate() - DAY
    )
    import_register(lambda done, total: None)
    assert lists(pupil) == ["The Academy"]
    assert row_of(pupil, academy).pk == row.pk
    draft.refresh_from_db()
    assert (draft.return_pupil_id, draft.school) == (row.pk, academy)


def test_database_refuses_a_second_list(pupil, new):
    with pytest.raises(IntegrityError, match="return_pupil_on_one_list"), transaction.atomic():
        ReturnPupilFactory(pupil_return=return_of(new), pupil=pupil)


def test_counts_of_a_return_leave_out_who_is_off(pupil, old, new, officer):
    from banding.collections.selectors import with_progress

    account_for(
        return_pupil=row_of(pupil, old),
        change=PupilChange.NO_BAND,
        reason="Fine",
        by=senco_of(return_of(old)),
    )
    move(pupil, new, officer)
    counted = with_progress(Return.objects.filter(school=old)).get()
    assert (counted.pupil_count, counted.done_count) == (0, 0)


def test_what_will_happen_names_the_returns(pupil, old, new, officer):
    wrong = pupil.placements.get()
    said = corrections.what_would_happen(
        lambda: corrections.remove_placement(placement=wrong, reason="Another", by=officer)
    )
    name = return_of(old).collection.name
    assert said == [f"The return of Old School in {name} no longer lists the pupil."]
    assert lists(pupil) == ["Old School"]


def said_of_a_move(pupil, school, by):
    with hearing() as heard:
        move(pupil, school, by)
    return heard


def test_what_was_submitted_is_said_to_keep_who_moves(pupil, old, new, officer):
    submit(old)

    said = said_of_a_move(pupil, new, officer)

    name = return_of(old).collection
    assert said == [f"The return of Old School in {name} has been submitted and keeps the pupil."]


def test_what_was_submitted_as_left_is_not_said_to_keep_anybody(pupil, old, new, officer):
    left = timezone.localdate() - 2 * DAY
    by = senco_of(return_of(old))
    account_for(return_pupil=row_of(pupil, old), change=PupilChange.LEFT, change_date=left, by=by)
    submit(old)

    assert not any("keeps the pupil" in each for each in said_of_a_move(pupil, new, officer))


def test_open_return_is_not_said_to_keep_who_moves(pupil, new, officer):
    assert not any("keeps the pupil" in each for each in said_of_a_move(pupil, new, officer))


def test_nothing_is_said_of_a_submitted_return_of_who_stays(pupil, old, officer):
    submit(old)

    assert follow([pupil.pk], by=officer) == []


def test_plan_since_brings_a_pupil_onto_the_list(pupil, new, officer):
    from schools.services.pupils import start_plan

    late = PupilFactory()
    place_pupil(pupil=late, school=new, start=dt.date(2025, 9, 1), by=officer)
    assert lists(late) == []
    start_plan(pupil=late, plan_type="EHCP", start=timezone.localdate(), by=officer)
    assert lists(late) == ["New School"]


def test_other_pupils_are_left_alone(pupil, old, new, officer):
    stray = PupilFactory()
    PlanFactory(pupil=stray)
    row = ReturnPupilFactory(pupil_return=return_of(old), pupil=stray)
    move(pupil, new, officer)
    assert ReturnPupil.objects.filter(pk=row.pk).exists()
    assert return_of(old).state == ReturnState.NOT_STARTED


def test_draft_goes_from_the_page_of_a_pupil_with_the_list(pupil, old, new, officer):
    """The old school's return lists the pupil no longer, so nobody works on it."""
    draft = decide(row_of(pupil, old))
    assert decisions(pupil, officer).context["decisions"] == [draft]
    move(pupil, new, officer)
    assert decisions(pupil, officer).context["decisions"] == []
