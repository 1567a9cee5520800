"""What a school told in one collection, or out of a return, stands in its other rounds (B10)."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from banding.changes.services import account_for
from banding.choices import RoundList
from banding.collections.selectors import with_progress
from banding.collections.services import sync_return_pupils
from banding.joiners.services import add_joiner, tell_joiner
from banding.leavers.services import accept_leaver, refuse_leaver, tell_leaver
from banding.models import Joiner, Return
from banding.returns.progress import progress_of_return
from banding.returns.services import submit_return
from banding.rounds.lists import TOLD, list_of
from banding.rounds.selectors import count_lists
from banding_portal.roles import Role
from schools.models import Placement
from tests.banding.helpers import decide, senco_of
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import person
from tests.pages import flat

pytestmark = pytest.mark.django_db
YEAR_5 = dt.date(2016, 10, 1)
LEFT_ON = dt.date(2026, 10, 16)
JOINER = {
    "surname": "Quill",
    "forename": "Ada",
    "date_of_birth": dt.date(2018, 10, 12),
    "joined_on": dt.date(2026, 10, 12),
    "plan_type": "EHCP",
}


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def pupil(school):
    return pupil_at(school, date_of_birth=YEAR_5)


@pytest.fixture
def exercise(pupil):
    """Another collection that asks about the pupil."""
    collection = open_round("exercise")
    collection.kind = "exercise"
    collection.save()
    return collection


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school)


def told_left(collection, pupil, by, **given):
    row = row_of(collection, pupil)
    return account_for(return_pupil=row, change="left", change_date=LEFT_ON, by=by, **given)


def line_in(collection, pupil):
    pupil_return = row_of(collection, pupil).pupil_return
    lines = progress_of_return(pupil_return).lines
    return next(line for line in lines if line.pupil == pupil)


def shown(collection, pupil):
    line = line_in(collection, pupil)
    return list_of(line), line.status_words, line.standing.why


def test_leaver_told_on_another_return_leaves_and_where_and_when(school, pupil, exercise, senco):
    told_left(exercise, pupil, senco)
    autumn = open_round()
    where = "Reported in Exercise round"
    not_yet = ("leaving", "Left 16 Oct 2026", f"{where}, which is not submitted yet")
    assert shown(autumn, pupil) == not_yet
    by = senco_of(return_of(exercise, school))
    submit_return(pupil_return=return_of(exercise, school), by=by, declared_name="Sam Carter")
    assert shown(autumn, pupil)[2] == f"{where} on 20 Oct 2026"
    assert count_lists(autumn) == {"carrying_on": 0, "leaving": 1, "to_tell": 0}


def test_leaver_told_out_of_a_return_is_leaving_until_an_officer_refuses(school, pupil, senco):
    leaver = tell_leaver(school=school, pupil=pupil, left_on=LEFT_ON, by=senco)
    autumn = open_round()
    assert shown(autumn, pupil) == (
        "leaving",
        "Left 16 Oct 2026",
        "Reported outside a return on 20 Oct 2026",
    )
    refuse_leaver(leaver=leaver, by=person(Role.SEND_OFFICER), note="Still on roll")
    assert shown(autumn, pupil) == ("carrying_on", "Carrying on", "")


def test_leaver_who_was_accepted_leaves_by_the_roll(school, pupil, senco):
    leaver = tell_leaver(school=school, pupil=pupil, left_on=LEFT_ON, by=senco)
    autumn = open_round()
    accept_leaver(leaver=leaver, by=person(Role.SEND_OFFICER))
    line = line_in(autumn, pupil)
    assert (line.standing.list, line.standing.report) == (RoundList.LEAVING, None)


def test_leaver_who_came_back_since_carries_on(school, pupil, senco, exercise):
    told_left(exercise, pupil, senco)
    Placement.objects.filter(pupil=pupil).update(end=LEFT_ON)
    Placement.objects.create(pupil=pupil, school=school, start=LEFT_ON + dt.timedelta(days=3))
    assert shown(open_round(), pupil)[0] == "carrying_on"


def test_report_on_a_return_never_sent_counts_no_more_once_its_collection_is_closed(
    pupil, exercise, senco
):
    told_left(exercise, pupil, senco)
    exercise.closed_at = dt.datetime(2026, 10, 20, tzinfo=dt.UTC)
    exercise.save()
    assert shown(open_round(), pupil)[0] == "carrying_on"


def test_what_the_round_itself_is_told_goes_before(pupil, exercise, senco):
    told_left(exercise, pupil, senco)
    autumn = open_round()
    row = row_of(autumn, pupil)
    account_for(return_pupil=row, change="staying_on", reason="Back already", by=senco)
    assert shown(autumn, pupil)[:2] == (TOLD, "Staying on")


def test_leaver_without_a_band_is_asked_about_no_more_and_counted_so(school, exercise, senco):
    pupil = pupil_at(school, date_of_birth=YEAR_5, band="")
    sync_return_pupils(exercise)
    told_left(exercise, pupil, senco)
    autumn = open_round()
    assert shown(autumn, pupil)[:2] == ("leaving", "Left 16 Oct 2026")
    assert count_lists(autumn)["to_tell"] == 1
    counted = with_progress(Return.objects.filter(collection=autumn)).get()
    progress = progress_of_return(return_of(autumn, school))
    assert (counted.done_count, progress.done) == (2, 2)


def test_joiners_who_wait_are_shown_wherever_they_were_told(client, school, pupil, exercise, senco):
    autumn = open_round()
    pupil_return = return_of(autumn, school)
    client.force_login(senco)
    url = reverse("banding:return_detail", args=[pupil_return.pk])
    assert "You have not added anybody yet" in flat(client.get(url).text)
    tell_joiner(school=school, by=senco, **JOINER)
    other = JOINER | {"forename": "Bo"}
    add_joiner(pupil_return=return_of(exercise, school), by=senco, **other)
    text = flat(client.get(url).text)
    assert "Outside a return, 20 Oct 2026" in text
    assert "Exercise round, 20 Oct 2026" in text
    assert "You have not added anybody yet" not in text


def test_joiner_told_on_another_return_is_not_told_twice(school, pupil, exercise, senco):
    autumn = open_round()
    first = add_joiner(pupil_return=return_of(exercise, school), by=senco, **JOINER)
    again = add_joiner(pupil_return=return_of(autumn, school), by=senco, **JOINER)
    assert (again, Joiner.objects.count()) == (first, 1)


def test_changed_band_stands_under_what_was_told_with_the_band_that_counts_until_then(
    school, pupil, senco
):
    autumn = open_round()
    decide(row_of(autumn, pupil), senco, code="C", difference_reason="More help")
    line = line_in(autumn, pupil)
    not_yet = "Chosen on this return, not submitted yet. Until then Band B counts."
    assert (list_of(line), line.band_shown.code, line.rests_on) == (TOLD, "C", not_yet)
    assert count_lists(autumn) == {"carrying_on": 1, "leaving": 0, "to_tell": 0}
    submit_return(pupil_return=return_of(autumn, school), by=senco, declared_name="Sam Carter")
    line = line_in(autumn, pupil)
    submitted = "Chosen and submitted on this return"
    assert (list_of(line), line.band_shown.code, line.rests_on) == (TOLD, "C", submitted)


def test_page_of_a_changed_band_says_that_it_is_not_submitted(client, school, pupil, senco):
    autumn = open_round()
    decide(row_of(autumn, pupil), senco, code="C", difference_reason="More help")
    client.force_login(senco)
    url = reverse("banding:return_detail", args=[return_of(autumn, school).pk])
    text = flat(client.get(url).text)
    assert "Changes you have told us (1)" in text
    assert "Carrying on (0)" in text
    client.force_login(person(Role.SEND_OFFICER))
    assert "Changes the school has told (1)" in flat(client.get(url).text)


def test_application_has_a_way_from_the_round(client, school, pupil, senco):
    autumn = open_round()
    client.force_login(senco)
    url = reverse("banding:return_detail", args=[return_of(autumn, school).pk])
    assert "Apply for a pupil at SEN Support who is not funded yet" in unlinked(client, url)
    pupil_at(school, date_of_birth=YEAR_5, plan_type="SEN_SUPPORT", band="")
    sync_return_pupils(autumn)
    assert "choose “Apply” beside the name" in unlinked(client, url)


def unlinked(client, url):
    return " ".join(re.sub("<[^>]+>", " ", client.get(url).text).split())


def test_answers_are_checked_by_exception(client, school, pupil, senco):
    """What was told first; who carries on is a number that opens."""
    changed, left, stays, support, asked = (
        pupil_at(school, date_of_birth=YEAR_5, **given)
        for given in (
            {},
            {},
            {},
            {"plan_type": "SEN_SUPPORT", "band": ""},
            {"plan_type": "SEN_SUPPORT", "band": ""},
        )
    )
    autumn = open_round()
    decide(row_of(autumn, changed), senco, code="C", difference_reason="More help")
    told_left(autumn, left, senco)
    row = row_of(autumn, stays)
    account_for(return_pupil=row, change="staying_on", reason="No place yet", by=senco)
    decide(row_of(autumn, asked), senco)
    client.force_login(senco)
    url = reverse("banding:return_check", args=[return_of(autumn, school).pk])
    response = client.get(url)
    parts = [
        (part.heading, [each.line.pupil for each in part.lines], part.is_folded)
        for part in response.context["parts"]
        if part.lines
    ]
    assert parts == [
        ("Leaving", [left], False),
        ("Changed bands", [changed], False),
        ("Staying on", [stays], False),
        ("Applications", [asked], False),
        ("Carrying on", [pupil], True),
        ("Not applied for", [support], True),
    ]
    text = flat(response.text)
    assert text.index("Applications (1)") < text.index("Carrying on (1)")
