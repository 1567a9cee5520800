"""Emails by GOV.UK Notify, and what it says became of them (rules.md R6)."""

import json
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from banding.reminders.services import send_due_reminders
from banding_portal import environment as env
from banding_portal.mails.log import mails
from banding_portal.mails.models import Letter, MailAway
from banding_portal.mails.services import send_again
from banding_portal.models import Notice
from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from schools.services.letters import send_letter
from tests.banding.races import at_once
from tests.banding.reminded import WEEK_BEFORE, owing_return
from tests.banding_portal.test_environment import start
from tests.banding_portal.test_mails import tell
from tests.factories import SchoolFactory, UserFactory, person
from tests.notify_server import TOKEN, notify_server, use

pytestmark = pytest.mark.django_db
PERMANENT, TEMPORARY, TECHNICAL = (
    f"{each}-failure" for each in ("permanent", "temporary", "technical")
)


@pytest.fixture
def notify(settings):
    with notify_server() as server:
        use(settings, server.url)
        yield server


def only_mail():
    (row,) = mails({})
    return row


def receipt(reference, status="delivered", token=TOKEN, **more):
    """As Notify posts it: the address among it, and no cookie."""
    sent = {
        "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
        "reference": reference,
        "to": "ada@example.org",
        "status": status,
        "created_at": "2026-11-28T09:00:00.000000Z",
        "completed_at": "2026-11-28T09:00:05.000000Z",
        "sent_at": "2026-11-28T09:00:01.000000Z",
        "notification_type": "email",
    }
    return Client(enforce_csrf_checks=True).post(
        reverse("mail_receipt"),
        json.dumps(sent | more),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def test_every_kind_of_email_goes_by_notify(notify):
    _, senco, _ = owing_return()
    tell(senco)
    send_due_reminders(WEEK_BEFORE)
    assert send_notices() == 1
    send_letter("role_given", senco.email, name=senco.name, role="SENCO", url="/")
    assert notify.received == [senco.email] * 3
    assert {row["state"] for row in mails({})} == {"sent"}
    news = next(each for each in notify.taken if each["reference"].startswith("notice-"))
    assert news["personalisation"]["subject"] == "A return is accepted"
    assert "/account/notices/" in news["personalisation"]["body"]


def test_forgotten_password_goes_by_notify(notify, client):
    senco = person(Role.SENCO, school=SchoolFactory())
    senco.set_password("westmere-in-autumn")
    senco.save()
    client.post(reverse("account_reset_password"), {"email": senco.email})
    (sent,) = notify.taken
    assert sent["reference"] == Letter.objects.get().mail_id
    assert receipt(sent["reference"]).status_code == 204
    assert only_mail()["state"] == "delivered"


def test_address_that_cannot_be_is_refused_for_good(notify):
    senco = UserFactory()
    notify.refused.add(senco.email)
    tell(senco)
    send_notices()
    row = only_mail()
    assert (row["state"], notify.taken) == ("bounced", [])
    assert "Not a valid email address" in row["why"]


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_notify_that_takes_nothing_costs_no_attempt(notify, status):
    notify.status = status
    tell(UserFactory(), UserFactory())
    assert [send_notices() for _ in range(9)] == [0] * 9
    assert set(Notice.objects.values_list("attempts", "claimed_at")) == {(0, None)}
    away = MailAway.objects.get()
    assert str(status) in away.problem
    since = away.since
    send_notices()
    assert MailAway.objects.get().since == since
    notify.status = 0
    assert (send_notices(), MailAway.objects.exists()) == (2, False)
    assert {row["state"] for row in mails({})} == {"sent"}


def test_limit_reached_on_the_way_costs_no_attempt(notify):
    """The first is taken; then Notify says that it is enough for now."""
    notify.limit = 1
    tell(*(UserFactory() for _ in range(3)))
    assert send_notices() == 1
    assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    notify.limit = 100
    assert send_notices() == 2


def test_notify_that_is_nowhere_loses_nothing(settings):
    use(settings, "http://127.0.0.1:1")
    tell(UserFactory())
    assert [send_notices() for _ in range(5)] == [0] * 5
    assert only_mail()["state"] == "queued"
    assert MailAway.objects.get().problem == "GOV.UK Notify gave no answer."
    with notify_server() as server:
        use(settings, server.url)
        assert send_notices() == 1


def test_answer_that_never_came_is_not_sent_at_once_again(notify):
    """It may have been taken: the claim stands, and the next attempt has the same number."""
    notify.breaks = True
    tell(UserFactory())
    assert [send_notices() for _ in range(3)] == [0] * 3
    assert len(notify.taken) == 1
    assert Notice.objects.get().attempts == 1


def test_wrong_key_waits_and_says_so(notify, settings):
    settings.NOTIFY_API_KEY = settings.NOTIFY_API_KEY[:-1] + "x"
    tell(UserFactory())
    assert send_notices() == 0
    assert "Invalid token" in MailAway.objects.get().problem


@pytest.mark.django_db(transaction=True)
def test_eight_workers_send_each_once(notify):
    people = [UserFactory() for _ in range(6)]
    tell(*people)
    at_once([send_notices for _ in range(8)])
    assert sorted(notify.received) == sorted(each.email for each in people)


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        ("delivered", "delivered", ""),
        (PERMANENT, "bounced", "no such address"),
        (TEMPORARY, "failed", "may be full"),
        (TECHNICAL, "failed", "could not send it"),
        ("sending", "sent", ""),
    ],
)
def test_receipt_says_what_became_of_an_email(notify, status, state, words):
    tell(UserFactory())
    send_notices()
    for _ in range(2):
        assert receipt(notify.taken[0]["reference"], status).status_code == 204
    row = only_mail()
    assert (row["state"], words in row["why"]) == (state, True)
    assert (send_notices(), len(notify.taken)) == (0, 1)


def test_receipt_of_a_reminder_and_of_a_letter(notify):
    _, senco, _ = owing_return()
    send_due_reminders(WEEK_BEFORE)
    send_letter("role_given", senco.email, name=senco.name, role="SENCO", url="/")
    reminder, letter = notify.taken
    assert receipt(reminder["reference"], PERMANENT).status_code == 204
    assert receipt(letter["reference"], PERMANENT).status_code == 204
    assert [row["state"] for row in mails({})] == ["bounced", "bounced"]


def test_receipt_of_an_earlier_sending_says_nothing_of_the_next(notify):
    tell(UserFactory())
    send_notices()
    row = only_mail()
    old = notify.taken[0]["reference"]
    send_again(source=row["source"], row=row["row"], by=person(Role.ADMINISTRATOR))
    send_notices()
    assert receipt(old, PERMANENT).status_code == 404
    assert only_mail()["state"] == "sent"
    assert receipt(notify.taken[1]["reference"]).status_code == 204
    assert only_mail()["state"] == "delivered"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"token": "another-token-of-twenty-letters"}, 401),
        ({"token": ""}, 401),
        ({"reference": "notice-0"}, 404),
        ({"reference": "reminder-0"}, 404),
        ({"reference": "letter-x"}, 404),
        ({"reference": "user-1"}, 404),
        ({"reference": None}, 404),
        ({"status": 7}, 400),
        ({"completed_at": "soon"}, 400),
    ],
)
def test_receipt_that_is_none_changes_nothing(notify, given, status):
    tell(UserFactory())
    send_notices()
    reference = notify.taken[0]["reference"]
    assert receipt(**{"reference": reference} | given).status_code == status
    assert only_mail()["state"] == "sent"


def test_receipts_are_not_found_without_a_token_in_the_settings(notify, settings):
    settings.NOTIFY_RECEIPTS_TOKEN = ""
    assert receipt("notice-1", token="").status_code == 404


def test_mail_by_notify_needs_its_key_and_template():
    assert given_notify() == (1, ["NOTIFY_API_KEY is not set. The portal can’t start without it."])
    key = f"portal-{uuid4()}-{uuid4()}"
    missing = "NOTIFY_TEMPLATE is not set. The portal can’t start without it."
    assert given_notify(NOTIFY_API_KEY=key) == (1, [missing])
    assert given_notify(NOTIFY_API_KEY=key, NOTIFY_TEMPLATE=str(uuid4())) == (0, [])


def given_notify(**variables):
    return start(EMAIL_URL="notify://", **variables)


def test_key_that_is_none_is_not_repeated(monkeypatch):
    monkeypatch.setenv("NOTIFY_API_KEY", "hush-hush")
    with pytest.raises(ImproperlyConfigured) as problem:
        env.notify_key("NOTIFY_API_KEY", needed=True)
    assert str(problem.value).startswith("NOTIFY_API_KEY is no key of GOV.UK Notify.")
    assert "hush" not in str(problem.value)
