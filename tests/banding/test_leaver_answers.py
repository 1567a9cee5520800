"""What a leaver told out of a return replaces on an open one, and gives back (rules.md B12)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.changes.services import account_for, clear_account
from banding.leavers.services import accept_leaver, refuse_leaver, tell_leaver, withdraw_leaver
from banding.models import Leaver
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils, senco_of
from tests.banding.test_following import submit
from tests.banding.test_office_pages import date_of
from tests.factories import person
from tests.pages import flat

pytestmark = pytest.mark.django_db
TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)
WHY = "No place yet"


@pytest.fixture
def row():
    pupil_return, (row,) = return_with_pupils()
    by = senco_of(pupil_return)
    return account_for(return_pupil=row, change="staying_on", reason=WHY, by=by)


def told(row, left=TODAY, **given):
    pupil_return = row.pupil_return
    by = senco_of(pupil_return)
    return tell_leaver(school=pupil_return.school, pupil=row.pupil, left_on=left, by=by, **given)


def says(row):
    row.refresh_from_db()
    return row.change, row.change_date, row.change_reason


def test_another_answer_is_not_replaced_without_asking(row):
    with pytest.raises(RefusalError, match=r"answered “Staying on” (?=.*for Amira)"):
        told(row)
    assert (says(row)[0], Leaver.objects.count()) == ("staying_on", 0)


def test_undone_it_is_there_again(row):
    leaver = told(row, replaces=True)
    assert says(row) == ("left", TODAY, "")
    withdraw_leaver(leaver=leaver, by=senco_of(row.pupil_return))
    assert says(row) == ("staying_on", None, WHY)


def test_told_again_it_gives_back_what_was_there_first(row):
    told(row, replaces=True)
    leaver = told(row, TODAY - DAY)
    assert says(row) == ("left", TODAY - DAY, "")
    refuse_leaver(leaver=leaver, by=person(Role.SEND_OFFICER), note="Seen in class")
    assert says(row) == ("staying_on", None, WHY)


def test_answer_taken_away_by_the_school_meanwhile_is_not_given_back(row):
    by = senco_of(row.pupil_return)
    told(row, replaces=True)
    clear_account(return_pupil=row, by=by)
    withdraw_leaver(leaver=told(row), by=by)
    assert says(row)[0] == ""


def test_accepted_it_stays(row):
    accept_leaver(leaver=told(row, replaces=True), by=person(Role.SEND_OFFICER))
    assert says(row)[0] == "left"


def test_another_day_on_the_return_is_asked_about_too(row):
    by = senco_of(row.pupil_return)
    account_for(return_pupil=row, change="left", change_date=TODAY - DAY, by=by)
    with pytest.raises(RefusalError) as refused:
        told(row)
    assert "“Left on 16 November 2026”" in str(refused.value)
    assert str(refused.value).endswith("It would be replaced by “Left on 17 November 2026”.")
    account_for(return_pupil=row, change="left", change_date=TODAY, by=by)
    told(row)


def test_page_names_what_is_replaced_and_says_when_it_is_back(row, sign_in):
    school = row.pupil_return.school
    senco = sign_in(Role.SENCO, school=school)
    url = reverse("banding:leaver_tell", args=[school.pk])
    given = {"pupil": row.pupil_id, "destination": "Not known"} | date_of("left_on", TODAY)
    text = flat(senco.post(url, given).content.decode())
    assert "you have answered “Staying on” (“No place yet”) for Amira. It would be" in text
    assert "replaced by “Left on 17 November 2026”" in text
    assert "Tick this if you have checked it." in text
    assert Leaver.objects.count() == 0
    senco.post(url, given | {"sure": "on"})
    leaver = Leaver.objects.get()
    undo = reverse("banding:leaver_withdraw", args=[leaver.pk])
    done = flat(senco.post(undo, follow=True).content.decode())
    assert "your answer is “Staying on” (“No place yet”) again." in done


def test_undone_after_the_return_was_sent_says_that_it_still_says_so(row, sign_in):
    school = row.pupil_return.school
    leaver = told(row, replaces=True)
    submit(school)
    undo = reverse("banding:leaver_withdraw", args=[leaver.pk])
    done = sign_in(Role.SENCO, school=school).post(undo, follow=True).content.decode()
    assert "still says that the pupil left" in flat(done)
