"""The life of a return: confirmed by a headteacher, taken back, its history (B7)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import DecisionState, ReturnMoveKind, ReturnState
from banding.models import BandDecision, Collection
from banding.returns.actions import HEAD_SUBMITS, NOT_TOLD, return_actions
from banding.returns.locks import ReturnClosedError, mark_started
from banding.returns.services import (
    accept_return,
    extend_deadline,
    return_for_correction,
    submit_return,
    withdraw_return,
)
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.banding.test_office_pages import _plain_http  # noqa: F401
from tests.factories import person
from tests.pages import flat

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def ready_return(**fields):
    pupil_return, (row,) = return_with_pupils(**fields)
    senco = senco_of(pupil_return)
    decide(row, senco)
    return pupil_return, senco


def submit(pupil_return, by):
    return submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")


def test_every_move_is_kept_with_who_and_why():
    pupil_return, senco = ready_return()
    officer = person(Role.SEND_OFFICER)
    until = pupil_return.deadline + dt.timedelta(days=5)
    extend_deadline(pupil_return=pupil_return, until=until, by=officer, reason="Illness")
    submit(pupil_return, senco)
    withdraw_return(pupil_return=pupil_return, by=senco, reason="A wrong band")
    submit(pupil_return, senco)
    accept_return(pupil_return=pupil_return, by=officer)
    return_for_correction(pupil_return=pupil_return, by=officer, reason="One more look")
    told = [
        (move.kind, move.moved_by, move.reason, move.until) for move in pupil_return.moves.all()
    ]
    assert told == [
        (ReturnMoveKind.STARTED, senco, "", None),
        (ReturnMoveKind.EXTENDED, officer, "Illness", until),
        (ReturnMoveKind.SUBMITTED, senco, "", None),
        (ReturnMoveKind.WITHDRAWN, senco, "A wrong band", None),
        (ReturnMoveKind.SUBMITTED, senco, "", None),
        (ReturnMoveKind.ACCEPTED, officer, "", None),
        (ReturnMoveKind.REOPENED, officer, "One more look", None),
    ]


def test_return_sent_back_stays_so_until_it_is_submitted_again():
    """Its history says once that it was started, and the same minute as its page (B7)."""
    pupil_return, (row,) = submitted_return()
    return_for_correction(
        pupil_return=pupil_return, by=person(Role.SEND_OFFICER), reason="Look again"
    )
    decide(row, code="C", difference_reason="Epilepsy")
    pupil_return.refresh_from_db()
    assert pupil_return.state == ReturnState.RETURNED
    back = submit(pupil_return, senco_of(pupil_return))
    moves = list(pupil_return.moves.values_list("kind", flat=True))
    assert moves.count(ReturnMoveKind.STARTED) <= 1
    assert moves[-2:] == [ReturnMoveKind.RETURNED, ReturnMoveKind.SUBMITTED]
    assert pupil_return.moves.last().moved_at == back.submitted_at


def test_return_taken_back_is_open_and_keeps_what_was_submitted():
    pupil_return, _ = submitted_return()
    withdraw_return(pupil_return=pupil_return, by=senco_of(pupil_return), reason="A wrong band")
    pupil_return.refresh_from_db()
    assert (pupil_return.state, pupil_return.is_open) == (ReturnState.IN_PROGRESS, True)
    assert BandDecision.objects.get().state == DecisionState.SUBMITTED


@pytest.mark.parametrize("when", ["accepted", "late", "closed", "no reason"])
def test_return_that_cannot_be_taken_back(when):
    pupil_return, _ = submitted_return()
    match when:
        case "accepted":
            accept_return(pupil_return=pupil_return, by=person(Role.SEND_OFFICER))
        case "late":
            Collection.objects.update(deadline=TODAY - dt.timedelta(days=1))
        case "closed":
            Collection.objects.update(closed_at=timezone.now())
    reason = "" if when == "no reason" else "A wrong band"
    state = ReturnState.ACCEPTED if when == "accepted" else ReturnState.SUBMITTED
    with pytest.raises(RefusalError):
        withdraw_return(pupil_return=pupil_return, by=senco_of(pupil_return), reason=reason)
    pupil_return.refresh_from_db()
    assert pupil_return.state == state


def test_nothing_but_taking_it_back_opens_a_submitted_return():
    pupil_return, _ = submitted_return()
    with pytest.raises(ReturnClosedError):
        mark_started(pupil_return, senco_of(pupil_return))


def test_officer_does_not_accept_what_was_submitted_since_they_read_it():
    pupil_return, _ = submitted_return()
    seen = str(pupil_return.submitted_at)
    senco = senco_of(pupil_return)
    withdraw_return(pupil_return=pupil_return, by=senco, reason="A wrong band")
    submit(pupil_return, senco)
    with pytest.raises(RefusalError, match="in the meantime"):
        accept_return(pupil_return=pupil_return, by=person(Role.SEND_OFFICER), seen=seen)


def test_headteacher_submits_where_the_collection_asks_it():
    pupil_return, senco = ready_return(collection__needs_headteacher=True)
    assert return_actions(pupil_return, senco).why_not("submit") == [f"{HEAD_SUBMITS} {NOT_TOLD}"]
    with pytest.raises(RefusalError):
        submit(pupil_return, senco)
    head = person(Role.HEADTEACHER, school=pupil_return.school)
    assert submit(pupil_return, head).state == ReturnState.SUBMITTED


def test_senco_tells_the_headteacher_that_it_is_ready(client):
    pupil_return, senco = ready_return(collection__needs_headteacher=True)
    client.force_login(senco)
    url = reverse("banding:return_ready", args=[pupil_return.pk])
    page = client.post(url, follow=True).content.decode()
    assert "has no headteacher who can sign in" in page
    head = person(Role.HEADTEACHER, school=pupil_return.school)
    client.post(url)
    client.post(url)
    assert [notice.recipient for notice in Notice.objects.all()] == [head]


def test_school_takes_its_return_back_on_its_page(client):
    pupil_return, _ = submitted_return()
    client.force_login(senco_of(pupil_return))
    url = reverse("banding:return_withdraw", args=[pupil_return.pk])
    assert (
        url in client.get(reverse("banding:return_detail", args=[pupil_return.pk])).content.decode()
    )
    assert "Say why you take the return back" in client.post(url, {"reason": ""}).content.decode()
    page = flat(client.post(url, {"reason": "A wrong band"}, follow=True).content.decode())
    assert "Taken back by the school" in page
    assert "A wrong band" in page
    assert client.get(url).status_code == 302


def test_reasons_are_for_those_who_may_read_the_return(client):
    pupil_return, _ = submitted_return()
    senco = senco_of(pupil_return)
    withdraw_return(pupil_return=pupil_return, by=senco, reason="Amira has another band")
    client.force_login(person(Role.ADMINISTRATOR))
    page = client.get(reverse("banding:return_detail", args=[pupil_return.pk])).content.decode()
    assert "Taken back by the school" in page
    assert "Amira" not in page
