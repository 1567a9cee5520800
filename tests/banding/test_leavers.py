"""Leavers told at any time of the year, and joiners out of a return (rules.md B5, B6, B12)."""

import datetime as dt

import pytest
import time_machine

from banding.changes.services import clear_account
from banding.choices import JoinerState, LeaverState, PupilChange
from banding.joiners.services import place_joiner, refuse_joiner, tell_joiner, withdraw_joiner
from banding.leavers.rules import Placed, problem_of_last_day
from banding.leavers.services import accept_leaver, refuse_leaver, tell_leaver, withdraw_leaver
from banding.models import Joiner, Leaver
from banding_portal.models import Notice
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Pupil
from tests.banding.helpers import submitted_return
from tests.banding.rounds import open_round, pupil_at, row_of
from tests.factories import PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 2, 10)
LAST_DAY = dt.date(2027, 2, 5)
STARTED = dt.date(2025, 9, 1)
AMIRA = {"surname": "Khan", "forename": "Amira", "date_of_birth": dt.date(2018, 3, 4)}
JOINED = AMIRA | {"joined_on": LAST_DAY, "plan_type": "EHCP"}


@pytest.fixture(autouse=True)
def _in_february():
    with time_machine.travel(dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def pupil(school):
    return pupil_at(school, forename="Amira")


@pytest.fixture
def leaver(school, pupil, senco):
    return tell_leaver(school=school, pupil=pupil, left_on=LAST_DAY, by=senco)


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (dt.date(2025, 8, 31), "must be on or after 1 September 2025, when Amira started"),
        (dt.date(2026, 2, 8), "must be on or after 9 February 2026"),
        (dt.date(2028, 2, 12), "must be on or before 11 February 2028"),
        (dt.date(2025, 9, 1), "must be on or after 9 February 2026"),
        (dt.date(2026, 2, 9), ""),
        (LAST_DAY, ""),
        (dt.date(2028, 2, 11), ""),
    ],
)
def test_last_day_that_cannot_be(left, says):
    found = problem_of_last_day("Amira", left, placed=[Placed(STARTED)], today=TODAY)
    assert says in found
    assert bool(found) == bool(says)


def test_who_was_never_there_cannot_leave():
    assert problem_of_last_day("Amira", TODAY, placed=[], today=TODAY).endswith("been with you")


def test_leaver_waits_and_the_placement_goes_on(leaver, pupil):
    assert (leaver.state, pupil.placements.get().end) == (LeaverState.WAITING, None)


def test_told_again_it_is_the_same_leaver_with_the_other_day(leaver, school, pupil, senco):
    tell_leaver(school=school, pupil=pupil, left_on=TODAY, by=senco)
    assert Leaver.objects.get().left_on == TODAY


def test_other_school_tells_of_no_pupil_of_this_one(pupil):
    other = SchoolFactory()
    for school, by in ((other, other), (pupil.placements.get().school, other)):
        with pytest.raises(RefusalError):
            by_other = person(Role.SENCO, school=by)
            tell_leaver(school=school, pupil=pupil, left_on=LAST_DAY, by=by_other)


def test_acceptance_ends_the_placement_and_tells_the_school(leaver, pupil, officer, senco):
    accept_leaver(leaver=leaver, by=officer)
    assert pupil.placements.get().end == LAST_DAY
    assert Leaver.objects.get().state == LeaverState.ACCEPTED
    notice = Notice.objects.get(recipient=senco)
    assert (notice.kind, "Amira" in notice.title) == (NoticeKind.LEAVER_ACCEPTED, False)
    with pytest.raises(RefusalError, match="has been dealt with"):
        accept_leaver(leaver=leaver, by=officer)


def test_refusal_says_why_and_leaves_the_placement(leaver, pupil, officer, senco):
    with pytest.raises(RefusalError, match="Tell the school why"):
        refuse_leaver(leaver=leaver, by=officer, note=" ")
    refuse_leaver(leaver=leaver, by=officer, note="Still on your roll")
    assert (Leaver.objects.get().note, pupil.placements.get().end) == ("Still on your roll", None)
    assert Notice.objects.get(recipient=senco).kind == NoticeKind.LEAVER_REFUSED


def test_school_withdraws_what_waits_and_nothing_else(leaver, senco, officer):
    withdraw_leaver(leaver=leaver, by=senco)
    assert not Leaver.objects.exists()
    with pytest.raises(RefusalError, match="has withdrawn"):
        accept_leaver(leaver=leaver, by=officer)


def test_leaver_dealt_with_is_not_withdrawn(leaver, senco, officer):
    accept_leaver(leaver=leaver, by=officer)
    with pytest.raises(RefusalError, match="dealt with"):
        withdraw_leaver(leaver=leaver, by=senco)


def test_open_return_says_so_as_well_and_takes_it_back(school, pupil, senco):
    row = row_of(open_round(reference=dt.date(2027, 1, 10)), pupil)
    leaver = tell_leaver(school=school, pupil=pupil, left_on=LAST_DAY, by=senco)
    row.refresh_from_db()
    assert (row.change, row.change_date) == (PupilChange.LEFT, LAST_DAY)
    withdraw_leaver(leaver=leaver, by=senco)
    row.refresh_from_db()
    assert row.change == ""


def test_refusal_leaves_alone_what_the_school_has_said_since(school, pupil, senco, officer):
    row = row_of(open_round(reference=dt.date(2027, 1, 10)), pupil)
    leaver = tell_leaver(school=school, pupil=pupil, left_on=LAST_DAY, by=senco)
    clear_account(return_pupil=row, by=senco)
    refuse_leaver(leaver=leaver, by=officer, note="No")
    row.refresh_from_db()
    assert row.change == ""


def test_submitted_return_stays_and_the_leaver_is_told_all_the_same(officer):
    pupil_return, (row,) = submitted_return()
    by = person(Role.SENCO, school=pupil_return.school)
    leaver = tell_leaver(school=pupil_return.school, pupil=row.pupil, left_on=TODAY, by=by)
    accept_leaver(leaver=leaver, by=officer)
    row.refresh_from_db()
    assert (row.change, row.pupil.placements.get().end) == ("", TODAY)


# Joiners out of a return


def test_joiner_is_told_with_no_return_there_and_placed(school, senco, officer):
    joiner = tell_joiner(school=school, by=senco, **JOINED)
    assert (joiner.pupil_return, joiner.told_in) == (None, "Outside a return")
    pupil = place_joiner(joiner=joiner, pupil=None, by=officer).pupil
    placement = pupil.placements.get()
    assert (placement.school, placement.start) == (school, LAST_DAY)
    assert Notice.objects.get(recipient=senco).path == "/joined-and-left/"


def test_joiner_placed_elsewhere_comes_from_there(school, senco, officer):
    elsewhere = PupilFactory(school=SchoolFactory(), **AMIRA)
    joiner = tell_joiner(school=school, by=senco, **JOINED)
    place_joiner(joiner=joiner, pupil=elsewhere, by=officer)
    ends = list(elsewhere.placements.order_by("start").values_list("end", flat=True))
    assert ends == [LAST_DAY - dt.timedelta(days=1), None]


def test_placed_joiner_comes_onto_the_open_return(school, senco, officer):
    pupil_at(school)
    collection = open_round(reference=dt.date(2027, 1, 10))
    joiner = tell_joiner(school=school, by=senco, **JOINED)
    pupil = place_joiner(joiner=joiner, pupil=None, by=officer).pupil
    assert row_of(collection, pupil).pupil_return.school == school


def test_same_joiner_told_twice_waits_once(school, senco):
    assert tell_joiner(school=school, by=senco, **JOINED) == tell_joiner(
        school=school, by=senco, **JOINED
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"joined_on": dt.date(2018, 3, 4)}, "must be after the date of birth"),
        ({"joined_on": dt.date(2025, 1, 1)}, "must be on or after"),
    ],
)
def test_joiner_of_impossible_dates_is_refused(school, senco, given, says):
    with pytest.raises(RefusalError, match=says):
        tell_joiner(school=school, by=senco, **JOINED | given)


def test_joiner_who_is_here_is_refused_by_the_upn(school, senco):
    PupilFactory(school=school, upn="A123456789012")
    with pytest.raises(RefusalError, match="is with you already"):
        tell_joiner(school=school, by=senco, upn="A123456789012", **JOINED)


def test_closed_school_and_strangers_tell_of_nobody(school, senco):
    with pytest.raises(RefusalError, match="own SENCO"):
        tell_joiner(school=SchoolFactory(), by=senco, **JOINED)
    school.status = "closed"
    with pytest.raises(RefusalError, match="has closed"):
        tell_joiner(school=school, by=senco, **JOINED)


def test_joiner_out_of_a_return_is_withdrawn_or_refused(school, senco, officer):
    withdraw_joiner(joiner=tell_joiner(school=school, by=senco, **JOINED), by=senco)
    assert not Joiner.objects.exists()
    joiner = tell_joiner(school=school, by=senco, **JOINED)
    refuse_joiner(joiner=joiner, by=officer, note="Of another authority")
    assert (Joiner.objects.get().state, Pupil.objects.count()) == (JoinerState.REFUSED, 0)
