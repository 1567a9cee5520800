"""Another band asked for after the return was accepted (B14)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.change_requests.rules import problem_of_day
from banding.change_requests.services import (
    agree_to_change,
    ask_for_change,
    refuse_change,
    withdraw_change_request,
)
from banding.choices import ChangeRequestState
from banding.decisions.agreed_bands import agreed_decisions
from banding.models import BandDecision, ChangeRequest
from banding.returns.services import accept_return
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Placement
from tests.banding.helpers import LEVELS, band_of, return_with_pupils, senco_of, submitted_return
from tests.factories import CollectionFactory, ReturnPupilFactory, SchoolFactory, person
from tests.pages import flat

TODAY = timezone.localdate()
REFERENCE = dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("wanted", "is_with_you", "problem"),
    [
        (REFERENCE, True, ""),
        (dt.date(2027, 11, 2), True, ""),
        (dt.date(2026, 9, 30), True, "The change must apply from 1 October 2026 or later"),
        (dt.date(2027, 11, 3), True, "The change must apply from 2 November 2027 or earlier"),
        (REFERENCE, False, "Amira is not on your roll on 1 October 2026"),
    ],
)
def test_from_when_a_change_can_count(wanted, is_with_you, problem):
    today = dt.date(2026, 11, 1)
    said = problem_of_day(
        wanted, reference=REFERENCE, today=today, is_with_you=is_with_you, name="Amira"
    )
    assert said.partition(". Only")[0] == problem


@pytest.fixture
def row(db):
    """A pupil with Band B on an accepted return, at the school."""
    return accepted_row()


def accepted_row():
    pupil_return, (row,) = submitted_return()
    accept_return(pupil_return=pupil_return, by=person(Role.SEND_OFFICER))
    row.refresh_from_db()
    return row


def ask(row, **given):
    wish = {
        "levels": LEVELS,
        "band": band_of(row, "C"),
        "difference_reason": "A new report",
        "reason": "Needs an adult all day",
        "effective_from": TODAY,
        "by": senco_of(row.pupil_return),
    }
    return ask_for_change(return_pupil=row, **(wish | given))


def band_on(row, day):
    return agreed_decisions().filter(pupil=row.pupil, effective_from__lte=day).first().band.code


def test_band_changes_from_the_day_once_an_officer_agrees(row):
    asked = ask(row)
    assert band_on(row, TODAY) == "B"
    officer = person(Role.SEND_OFFICER)
    agree_to_change(asked=asked, by=officer)
    asked.refresh_from_db()
    decision = asked.decision
    assert (asked.state, asked.answered_by) == (ChangeRequestState.AGREED, officer)
    assert (decision.rationale, decision.collection) == ("Needs an adult all day", None)
    assert (band_on(row, TODAY - dt.timedelta(days=1)), band_on(row, TODAY)) == ("B", "C")
    assert BandDecision.objects.get(return_pupil=row).state == "submitted"


def test_school_is_told_without_the_pupils_name_and_the_band_stays_where_refused(row):
    asked = ask(row)
    refuse_change(asked=asked, answer="No report came with it", by=person(Role.SEND_OFFICER))
    assert band_on(row, TODAY) == "B"
    notice = Notice.objects.get(recipient=asked.asked_by, kind="change")
    assert "not agreed" in notice.title
    assert row.pupil.surname not in notice.title


def refused(row, match, **given):
    with pytest.raises(RefusalError, match=match):
        ask(row, **given)


@pytest.mark.django_db
def test_before_acceptance_the_return_is_corrected_instead():
    _, (row,) = submitted_return()
    refused(row, "has not accepted this return")


def test_one_request_at_a_time(row):
    withdraw_change_request(asked=ask(row), by=senco_of(row.pupil_return))
    ask(row)
    refused(row, "is waiting for the authority")


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"reason": " "}, "what has changed"),
        ({"levels": {}}, "Choose a level in 2 more areas"),
        ({"band": None}, "Choose a band"),
        ({"difference_reason": ""}, "Enter a reason for choosing a different band"),
        ({"effective_from": dt.date(2020, 1, 1)}, "or later"),
    ],
)
def test_what_cannot_be_asked_for(row, given, match):
    refused(row, match, **given)


def test_the_band_the_pupil_has_is_not_asked_for(row):
    refused(row, "has Band B already", band=band_of(row, "B"))


def test_an_open_return_that_asks_about_the_pupil_goes_before(client, row):
    collection = CollectionFactory(framework=row.pupil_return.collection.framework)
    later, _ = return_with_pupils(0, school=row.pupil_return.school, collection=collection)
    ReturnPupilFactory(pupil_return=later, pupil=row.pupil)
    refused(row, "asks about this pupil now")
    client.force_login(senco_of(row.pupil_return))
    page = client.get(reverse("banding:decision_edit", args=[row.pk])).content.decode()
    assert f'href="{reverse("banding:return_detail", args=[later.pk])}"' in page
    assert "Ask for another band" not in page


def test_officer_does_not_agree_for_who_has_left_meanwhile(row):
    asked = ask(row)
    Placement.objects.filter(pupil=row.pupil).update(end=TODAY - dt.timedelta(days=1))
    with pytest.raises(RefusalError, match="no longer at"):
        agree_to_change(asked=asked, by=person(Role.SEND_OFFICER))
    assert band_on(row, TODAY) == "B"


def test_who_may_not(row):
    asked = ask(row)
    elsewhere, officer = person(Role.SENCO, school=SchoolFactory()), person(Role.SEND_OFFICER)
    for act in (
        lambda: withdraw_change_request(asked=asked, by=officer),
        lambda: agree_to_change(asked=asked, by=elsewhere),
        lambda: refuse_change(asked=asked, answer="No", by=senco_of(row.pupil_return)),
    ):
        with pytest.raises(RefusalError):
            act()
    refuse_change(asked=asked, answer="No", by=officer)
    with pytest.raises(RefusalError, match="not agreed"):
        agree_to_change(asked=asked, by=officer)


def test_school_asks_on_the_pupils_page_and_officer_agrees(client, row):
    senco, officer = senco_of(row.pupil_return), person(Role.SEND_OFFICER)
    client.force_login(senco)
    page = reverse("banding:decision_edit", args=[row.pk])
    url = reverse("banding:change_request_create", args=[row.pk])
    assert url in client.get(page).text
    sent = {f"level_{code}": level for code, level in LEVELS.items()}
    sent |= {f"effective_from_{at}": getattr(TODAY, unit) for at, unit in enumerate(DAY)}
    assert set(client.post(url, sent | {"do": "save"}).context["form"].errors) == {
        "band",
        "rationale",
    }
    assert not client.post(url, sent | {"do": "suggest"}).context["form"].errors
    sent |= {"band": "C", "difference_reason": "A report", "rationale": "Needs more", "do": "save"}
    said = flat(client.post(url, sent, follow=True).content.decode())
    assert "Change of band: waiting for an answer" in said
    asked = ChangeRequest.objects.get()
    client.force_login(officer)
    assert "Changes of band" in client.get("/").text
    detail = reverse("banding:change_request_detail", args=[asked.pk])
    assert "2 Cognition and learning, level 2." in client.get(detail).text
    client.post(detail, {"agree": "1"})
    assert band_on(row, TODAY) == "C"
    pupil = reverse("schools:pupil_detail", args=[row.pupil_id])
    assert "Agreed on request" in client.get(pupil).text
    client.force_login(senco)
    assert "Agreed on request" in client.get(page).text


DAY = ("day", "month", "year")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.django_db
def test_list_takes_the_same_queries_for_any_number(sign_in, count, django_assert_num_queries):
    for _ in range(count):
        ask(accepted_row())
    client = sign_in(Role.SEND_OFFICER)
    with django_assert_num_queries(8):
        client.get(reverse("banding:change_request_list"))
