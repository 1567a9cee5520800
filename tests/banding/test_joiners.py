"""Joiners: told by a school, placed or refused by an officer (B6)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.choices import JoinerState
from banding.joiners.services import (
    YEAR,
    add_joiner,
    place_joiner,
    problem_of_joiner_dates,
    refuse_joiner,
    withdraw_joiner,
)
from banding.models import Joiner
from banding.returns.locks import ReturnClosedError
from banding.returns.progress import progress_of_return
from banding.returns.services import return_for_correction
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Placement, Plan, Pupil
from tests.banding.helpers import return_with_pupils, senco_of, submitted_return
from tests.factories import PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
JOINED = TODAY - dt.timedelta(days=60)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def pupil_return():
    return return_with_pupils(0)[0]


def joiner_on(pupil_return, **given) -> Joiner:
    fields = {
        "surname": "Khan",
        "forename": "Amira",
        "date_of_birth": dt.date(2018, 3, 4),
        "joined_on": JOINED,
        "plan_type": "EHCP",
        "primary_need": "SLCN",
    }
    by = senco_of(pupil_return)
    return add_joiner(pupil_return=pupil_return, by=by, **(fields | given))


def test_joiner_waits_and_nobody_is_placed(pupil_return):
    joiner = joiner_on(pupil_return)
    assert joiner.state == JoinerState.WAITING
    assert Pupil.objects.count() == 0


def test_same_joiner_told_twice_is_one(pupil_return):
    assert joiner_on(pupil_return) == joiner_on(pupil_return)


def test_need_left_blank_is_the_same_report_and_is_filled_in_later(pupil_return):
    first = joiner_on(pupil_return, primary_need="")
    assert joiner_on(pupil_return) == first
    assert joiner_on(pupil_return, primary_need="") == first
    assert Joiner.objects.get().primary_need == "SLCN"


def test_second_child_of_the_same_name_and_birth_date_keeps_its_upn(pupil_return):
    twins = [joiner_on(pupil_return, upn=upn) for upn in ("H801200001001", "X801200001002")]
    assert [twin.upn for twin in twins] == ["H801200001001", "X801200001002"]
    assert Joiner.objects.count() == 2


def test_upn_is_read_without_what_nobody_sees(pupil_return):
    joiner = joiner_on(pupil_return, upn=" h8012\u200b 0000 1001 ")
    assert joiner.upn == "H801200001001"


def test_namesake_of_whom_only_one_upn_is_known_is_asked_about(pupil_return):
    joiner_on(pupil_return)
    with pytest.raises(RefusalError, match="give the UPNs of both") as refused:
        joiner_on(pupil_return, upn="H801200001001")
    assert refused.value.field == "upn"
    assert Joiner.objects.get().upn == ""


def test_joiner_told_again_with_other_details_is_refused(pupil_return):
    joiner_on(pupil_return)
    with pytest.raises(RefusalError, match="undo it first"):
        joiner_on(pupil_return, joined_on=JOINED + dt.timedelta(days=1))
    assert Joiner.objects.get().joined_on == JOINED


def test_joiner_cannot_have_joined_before_birth(pupil_return):
    with pytest.raises(RefusalError, match="after the date of birth"):
        joiner_on(pupil_return, joined_on=dt.date(2018, 3, 4))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"date_of_birth": TODAY + dt.timedelta(days=1)}, "birth must be in the past"),
        ({"date_of_birth": dt.date(JOINED.year - 26, 1, 1)}, "25 or younger"),
        ({"joined_on": TODAY - dt.timedelta(days=30 + 367)}, "joined must be on or after"),
        ({"joined_on": TODAY + dt.timedelta(days=367)}, "joined must be on or before"),
    ],
)
def test_joiner_with_impossible_dates_is_refused(pupil_return, given, message):
    with pytest.raises(RefusalError, match=message):
        joiner_on(pupil_return, **given)


def test_joiner_dates_at_their_limits_are_taken(pupil_return):
    reference_date = pupil_return.collection.reference_date
    for joined in (reference_date - YEAR, TODAY + YEAR):
        born = dt.date(joined.year - 25, 1, 1)
        assert problem_of_joiner_dates(reference_date, born, joined) == ("", "")


def test_joiner_needs_an_open_return():
    pupil_return, _ = submitted_return()
    with pytest.raises(ReturnClosedError):
        joiner_on(pupil_return)


def test_new_pupil_is_made_placed_and_put_on_the_return(pupil_return, officer):
    joiner = joiner_on(pupil_return)
    placed = place_joiner(joiner=joiner, pupil=None, by=officer, reference="999-A1")
    pupil = Pupil.objects.get()
    assert (placed.state, placed.pupil, pupil.reference) == (JoinerState.PLACED, pupil, "999-A1")
    assert [(p.school, p.start) for p in pupil.placements.all()] == [(pupil_return.school, JOINED)]
    assert [(p.plan_type, p.start) for p in pupil.plans.all()] == [("EHCP", JOINED)]
    assert [row.pupil for row in pupil_return.pupils.all()] == [pupil]


def test_known_pupil_moves_and_the_plan_stays(pupil_return, officer):
    before = SchoolFactory()
    pupil = PupilFactory(school=before)
    place_joiner(joiner=joiner_on(pupil_return), pupil=pupil, by=officer)
    assert [(p.school, p.end) for p in pupil.placements.all()] == [
        (before, JOINED - dt.timedelta(days=1)),
        (pupil_return.school, None),
    ]
    assert Plan.objects.count() == 1


def test_pupil_placed_elsewhere_since_is_not_moved(pupil_return, officer):
    pupil = PupilFactory()
    Placement.objects.create(pupil=pupil, school=SchoolFactory(), start=JOINED)
    with pytest.raises(RefusalError, match="Correct that placement first"):
        place_joiner(joiner=joiner_on(pupil_return), pupil=pupil, by=officer)
    assert Joiner.objects.get().state == JoinerState.WAITING


def test_reference_in_use_is_refused(pupil_return, officer):
    known = PupilFactory()
    joiner = joiner_on(pupil_return)
    with pytest.raises(RefusalError, match="Match the joiner to that pupil"):
        place_joiner(joiner=joiner, pupil=None, by=officer, reference=known.reference)


def test_joiner_of_a_submitted_return_is_placed_but_not_put_on_it(pupil_return, officer):
    joiner = joiner_on(pupil_return)
    pupil_return.state = "submitted"
    pupil_return.submitted_by, pupil_return.submitted_at = officer, "2026-11-01T12:00Z"
    pupil_return.save()
    place_joiner(joiner=joiner, pupil=None, by=officer)
    assert Placement.objects.count() == 1
    assert pupil_return.pupils.count() == 0


def test_joiner_placed_after_submission_comes_onto_the_return_sent_back(pupil_return, officer):
    joiner = joiner_on(pupil_return)
    pupil_return.state = "submitted"
    pupil_return.submitted_by, pupil_return.submitted_at = officer, "2026-11-01T12:00Z"
    pupil_return.save()
    place_joiner(joiner=joiner, pupil=None, by=officer)
    return_for_correction(pupil_return=pupil_return, by=officer, reason="One joined")
    (line,) = progress_of_return(pupil_return).lines
    assert (line.pupil.surname, line.status, line.row.plan_type) == ("Khan", "not_started", "EHCP")


def test_refusal_needs_words_for_the_school(pupil_return, officer):
    joiner = joiner_on(pupil_return)
    with pytest.raises(RefusalError, match="Tell the school"):
        refuse_joiner(joiner=joiner, by=officer, note=" ")
    assert refuse_joiner(joiner=joiner, by=officer, note="Twin").state == JoinerState.REFUSED


def test_dealt_with_joiner_is_neither_placed_nor_withdrawn(pupil_return, officer):
    joiner = joiner_on(pupil_return)
    refuse_joiner(joiner=joiner, by=officer, note="Twin")
    with pytest.raises(RefusalError, match="dealt with"):
        place_joiner(joiner=joiner, pupil=None, by=officer)
    with pytest.raises(RefusalError, match="dealt with"):
        withdraw_joiner(joiner=joiner, by=senco_of(pupil_return))


def test_withdrawn_joiner_is_gone(pupil_return, officer):
    joiner = joiner_on(pupil_return)
    withdraw_joiner(joiner=joiner, by=senco_of(pupil_return))
    assert Joiner.objects.count() == 0
    with pytest.raises(RefusalError, match="has withdrawn"):
        place_joiner(joiner=Joiner(pk=joiner.pk, pupil_return=pupil_return), pupil=None, by=officer)
