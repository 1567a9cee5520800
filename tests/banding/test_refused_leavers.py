"""Refused means refused: a leaver that a return says as well (rules.md B12)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.changes.selectors import reported_changes
from banding.changes.services import account_for
from banding.choices import LeaverState, PupilChange
from banding.leavers.services import accept_leaver, refuse_leaver, tell_leaver
from banding.models import Leaver, Return
from banding.returns.progress import line_of
from banding.returns.services import accept_return, return_for_correction, withdraw_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils, senco_of
from tests.banding.races import at_once
from tests.banding.test_following import submit
from tests.factories import person

TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


@pytest.fixture
def row(db):
    return return_with_pupils()[1][0]


def told(row, left=TODAY):
    pupil_return = row.pupil_return
    by = senco_of(pupil_return)
    return tell_leaver(school=pupil_return.school, pupil=row.pupil, left_on=left, by=by)


def end_of(row):
    return row.pupil.placements.get().end


def test_refused_after_the_return_was_sent_is_refused_with_it_too(row, officer):
    leaver = told(row)
    submit(row.pupil_return.school)
    refuse_leaver(leaver=leaver, by=officer, note="Seen in class")
    assert reported_changes(TODAY + 9 * DAY) == []
    accept_return(pupil_return=row.pupil_return, by=officer)
    row.refresh_from_db()
    assert (end_of(row), row.change, row.is_refused) == (None, PupilChange.LEFT, True)
    assert line_of(row).status_words.endswith(", not accepted")


def test_refused_past_the_deadline_is_refused_when_there_is_more_time(row, officer):
    leaver = told(row)
    collection = row.pupil_return.collection
    type(collection).objects.filter(pk=collection.pk).update(deadline=TODAY - DAY)
    refuse_leaver(leaver=leaver, by=officer, note="Seen in class")
    type(collection).objects.filter(pk=collection.pk).update(deadline=TODAY + DAY)
    submit(row.pupil_return.school)
    accept_return(pupil_return=Return.objects.get(), by=officer)
    assert end_of(row) is None


@pytest.mark.parametrize("again", [return_for_correction, withdraw_return])
def test_return_that_is_open_again_does_not_say_it_any_more(row, officer, again):
    account_for(return_pupil=row, change="staying_on", reason="No place", by=officer)
    pupil_return = row.pupil_return
    by = senco_of(pupil_return)
    leaver = tell_leaver(
        school=pupil_return.school, pupil=row.pupil, left_on=TODAY, replaces=True, by=by
    )
    submit(pupil_return.school)
    refuse_leaver(leaver=leaver, by=officer, note="Seen in class")
    again(pupil_return=pupil_return, by=by, reason="Look again")
    row.refresh_from_db()
    assert (row.change, row.change_reason, row.is_refused) == ("staying_on", "No place", False)


def test_school_that_says_it_anew_is_heard(row, officer):
    leaver = told(row)
    refuse_leaver(leaver=leaver, by=officer, note="Seen in class")
    account_for(return_pupil=row, change="left", change_date=TODAY, by=senco_of(row.pupil_return))
    submit(row.pupil_return.school)
    accept_return(pupil_return=row.pupil_return, by=officer)
    assert end_of(row) == TODAY


def test_accepted_with_its_return_the_leaver_waits_no_more(row, officer):
    leaver = told(row)
    submit(row.pupil_return.school)
    accept_return(pupil_return=row.pupil_return, by=officer)
    leaver.refresh_from_db()
    assert (leaver.state, end_of(row)) == (LeaverState.ACCEPTED, TODAY)
    with pytest.raises(RefusalError, match="dealt with: taken off"):
        refuse_leaver(leaver=leaver, by=officer, note="No")


def test_day_told_after_the_return_was_sent_is_the_one_that_counts(row, officer):
    told(row)
    submit(row.pupil_return.school)
    told(row, TODAY + DAY)
    accept_return(pupil_return=row.pupil_return, by=officer)
    assert (Leaver.objects.get().left_on, end_of(row)) == (TODAY + DAY, TODAY + DAY)


@pytest.mark.django_db(transaction=True)
def test_accepting_the_return_against_refusing_the_leaver():
    officer, other = person(Role.SEND_OFFICER), person(Role.SEND_OFFICER)
    for _ in range(8):
        pupil_return, (row,) = return_with_pupils()
        leaver = told(row)
        submit(pupil_return.school)
        accepted, refused = at_once(
            [
                lambda found=pupil_return: accept_return(pupil_return=found, by=officer),
                lambda found=leaver: refuse_leaver(leaver=found, by=other, note="Seen"),
            ]
        )
        assert isinstance(accepted, Return), accepted
        leaver.refresh_from_db()
        is_refused = isinstance(refused, Leaver)
        assert is_refused or isinstance(refused, RefusalError), refused
        assert (leaver.state == LeaverState.REFUSED) == is_refused
        assert (end_of(row) is None) == is_refused


@pytest.mark.django_db(transaction=True)
def test_accepting_against_refusing_one_leaver_has_one_end():
    officer, other = person(Role.SEND_OFFICER), person(Role.SEND_OFFICER)
    for _ in range(5):
        leaver = told(return_with_pupils()[1][0])
        ends = at_once(
            [
                lambda found=leaver: accept_leaver(leaver=found, by=officer),
                lambda found=leaver: refuse_leaver(leaver=found, by=other, note="Seen"),
            ]
        )
        [done] = [each for each in ends if isinstance(each, Leaver)]
        leaver.refresh_from_db()
        assert leaver.state == done.state
