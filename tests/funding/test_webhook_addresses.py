"""Where a message may go (F21), and the pages on which a system is named."""

import datetime as dt
import socket

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.roles import Role
from funding.models import Run, Webhook, WebhookDelivery
from funding.webhooks.rules import may_be_reached, next_try, problems_of, target_of
from funding.webhooks.sending import NotDeliveredError, post
from funding.webhooks.services import make_webhook
from tests.factories import RunFactory, person

LIST, MAKE = reverse("funding:webhook_list"), reverse("funding:webhook_make")
GOOD = "https://finance.example.gov.uk/portal?a=b"


@pytest.mark.parametrize(
    "url",
    [
        "http://finance.example.gov.uk/",
        "https://localhost/",
        "https://intranet/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://93.184.216.34/",
        "https://user:secret@finance.example.gov.uk/",
        "https://finance.example.gov.uk/#top",
        "https://finance.example.gov.uk:many/",
        "https://finance.example.gov.uk/a b",
        "https://finance.example.gov.uk/\r\nHost: other",
        "ftp://finance.example.gov.uk/",
        "file:///etc/passwd",
        "gopher://finance.example.gov.uk/",
        "https://",
        "finance",
    ],
)
def test_nothing_goes_to(url):
    assert list(problems_of(url, ["allowed.internal"]))


@pytest.mark.parametrize(
    "url",
    [
        GOOD,
        "https://allowed.internal/",
        "http://allowed.internal:8080/",
        "HTTPS://ALLOWED.internal",
    ],
)
def test_a_message_may_go_to(url):
    assert list(problems_of(url, ["allowed.internal"])) == []


def test_address_in_its_parts():
    target = target_of(GOOD)
    assert (target.host, target.port, target.path) == ("finance.example.gov.uk", 443, "/portal?a=b")


@pytest.mark.parametrize(
    "inside",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::"),
        "2002:7f00:1::",
    ],
)
def test_name_that_leads_inside_is_not_reached(inside):
    assert not may_be_reached("finance.example.gov.uk", [inside], [])
    assert not may_be_reached("finance.example.gov.uk", ["93.184.216.34", inside], [])
    assert may_be_reached("allowed.internal", [inside], ["allowed.internal"])


def test_name_that_leads_outside_is_reached():
    assert may_be_reached("finance.example.gov.uk", ["93.184.216.34", "2606:2800:220::1"], [])
    assert not may_be_reached("finance.example.gov.uk", [], [])


def test_name_that_leads_inside_by_then_is_not_connected_to(monkeypatch):
    """It may have led outside when it was entered."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    monkeypatch.setattr(socket, "create_connection", pytest.fail)
    with pytest.raises(NotDeliveredError, match="private network"):
        post(GOOD, b"{}", {}, [])


def test_it_connects_to_the_address_that_was_looked_at(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    asked, connected = [], []

    def look_up(*args, **options):
        asked.append(args)
        return found

    def connect(address, timeout):
        connected.append(address)
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotDeliveredError, match="within 10 seconds"):
        post(GOOD, b"{}", {}, [])
    assert (len(asked), connected) == (1, [("93.184.216.34", 443)])


def test_waits_grow_and_end():
    now = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
    waits = [next_try(tries, now) for tries in range(1, 9)]
    assert waits[-1] is None
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] - now == dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_system_is_named_and_its_key_shown_once(sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    page = client.post(MAKE, {"name": "Ledger", "url": GOOD})
    webhook = Webhook.objects.get()
    assertContains(page, webhook.key)
    listed = client.get(LIST)
    assertContains(listed, "finance.example.gov.uk")
    assertNotContains(listed, webhook.key)
    again = client.post(MAKE, {"name": "Ledger", "url": GOOD})
    assertContains(again, "This address is told already")


@pytest.mark.django_db
def test_address_inside_is_refused_with_what_is_allowed(sign_in):
    page = sign_in(Role.FINANCE_OFFICER).post(MAKE, {"name": "L", "url": "http://10.0.0.1/"})
    assertContains(page, "The address has to begin with https://")
    page = sign_in(Role.FINANCE_OFFICER).post(MAKE, {"name": "", "url": "https://10.0.0.1/"})
    assertContains(page, "Enter the name of the system")


@pytest.mark.django_db
def test_system_is_told_no_more_once_somebody_says_so(sign_in):
    webhook = make_webhook(name="Ledger", url=GOOD, by=person(Role.FINANCE_OFFICER))
    client, url = (
        sign_in(Role.FINANCE_AUTHORISER),
        reverse("funding:webhook_end", args=[webhook.pk]),
    )
    assertContains(client.get(url), "Tell “Ledger” no more?")
    assertRedirects(client.post(url), LIST)
    assertContains(client.get(LIST), "No system is told of published runs.")
    assertContains(client.post(url, follow=True), "It is not told any more.")


def message(number, by):
    webhook = make_webhook(name=f"Ledger {number}", url=f"{GOOD}{number}", by=by)
    run = Run.objects.first() or RunFactory()
    WebhookDelivery.objects.create(
        webhook=webhook, run=run, started_by=by, state="refused", problem="It did not answer."
    )


@pytest.mark.django_db
def test_list_takes_the_same_queries_for_one_and_three(sign_in):
    officer, client, counts = person(Role.FINANCE_OFFICER), sign_in(Role.FINANCE_OFFICER), []
    for number in range(3):
        message(number, officer)
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                assertContains(client.get(LIST), "Given up")
            counts.append(len(queries))
    assert counts[0] == counts[1]
