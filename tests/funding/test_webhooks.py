"""Finance systems are told of published runs: once, or again until it arrives (F21)."""

import datetime as dt
import json
import runpy

import pytest
import time_machine
from django.utils import timezone

from banding_portal.jobs.models import kind_of
from banding_portal.jobs.working import work_on_job
from banding_portal.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.tasks import work_on_job as task
from funding.interface.views import EXAMPLES
from funding.models import WebhookDelivery
from funding.services.publishing import publish_run
from funding.tasks import tell_finance_systems
from funding.webhooks.services import end_webhook, make_webhook, send_again
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.listening import listening
from tests.funding.published import checked, published
from tests.funding.tokens import a_token, get

pytestmark = pytest.mark.django_db
checks = runpy.run_path(str(EXAMPLES / "checked_message.py"))["is_from_portal"]


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def system(settings):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    with listening() as system:
        yield system


@pytest.fixture
def webhook(system, officer):
    return make_webhook(name="Ledger", url=system.url, by=officer)


@pytest.fixture
def period(db):
    set_value()
    funded_pupil(SchoolFactory(), surname="Nobodyknows", upn="A801200000001")
    return PeriodFactory()


@pytest.fixture
def delivery(webhook, period):
    published(period)
    return WebhookDelivery.objects.get()


def work(delivery):
    work_on_job(WebhookDelivery, delivery.pk)
    delivery.refresh_from_db()
    return delivery


def after(delivery, **wait):
    """What the beat does so much later, and the worker after it."""
    with time_machine.travel(timezone.now() + dt.timedelta(**wait), tick=False):
        tell_finance_systems()
        return work(delivery)


def test_published_run_is_told_with_its_total_and_names_nobody(delivery, system, webhook):
    assert work(delivery).state == "done"
    [(headers, body)] = system.told
    message = json.loads(body)
    assert (message["event"], message["delivery"]) == ("run.published", str(delivery.pk))
    assert message["run"]["id"] == str(delivery.run_id)
    assert message["run"]["control_total"] == "1220.00"
    assert headers["Portal-Delivery"] == str(delivery.pk)
    assert b"Nobodyknows" not in body
    assert b"A801200000001" not in body
    assert webhook.key.encode() not in body


def test_message_leads_to_the_lines(delivery, system, officer):
    work(delivery)
    address = json.loads(system.told[0][1])["lines"]
    _, secret = a_token(officer)
    assert len(get(address, secret).json()["items"]) == 1


def test_example_knows_a_message_of_the_portal(delivery, system, webhook):
    work(delivery)
    [(headers, body)] = system.told
    signature = headers["Portal-Signature"]
    assert checks(webhook.key, signature, body)
    assert not checks(webhook.key, signature, body.replace(b"1220", b"9220"))
    assert not checks(f"{webhook.key}0", signature, body)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        assert not checks(webhook.key, signature, body)


def test_draft_and_checked_run_are_not_told(webhook, period):
    checked(period)
    assert not WebhookDelivery.objects.exists()


def test_system_that_takes_no_part_is_not_told(webhook, period, officer):
    end_webhook(webhook=webhook, by=officer)
    published(period)
    assert not WebhookDelivery.objects.exists()


def test_done_message_is_never_sent_again(delivery, system, officer):
    work(delivery)
    task(kind_of(delivery), str(delivery.pk))
    after(delivery, days=3)
    with pytest.raises(RefusalError, match="has arrived"):
        send_again(delivery=delivery, by=officer)
    assert len(system.told) == 1


@pytest.mark.parametrize("status", [301, 400, 404, 500, 503])
def test_what_does_not_arrive_is_tried_again_under_the_same_number(delivery, system, status):
    system.answers = [status]
    failed = work(delivery)
    assert (failed.state_words, failed.tries) == ("Is tried again", 1)
    assert failed.problem == f"It answered with the status {status}."
    assert after(delivery, seconds=50).state == "refused"
    assert after(delivery, seconds=61).state == "done"
    numbers = [headers["Portal-Delivery"] for headers, _ in system.told]
    assert numbers == [str(delivery.pk)] * 2
    assert system.told[0][1] == system.told[1][1]


def test_redirect_is_not_followed(delivery, system):
    system.answers, system.location = [307], system.url
    work(delivery)
    assert len(system.told) == 1


def test_it_is_given_up_after_eight_tries_and_finance_told_once(delivery, system, officer):
    system.answers = [500] * 20
    work(delivery)
    for times in range(1, 11):
        after(delivery, days=2 * times)
    assert (delivery.tries, delivery.state_words, delivery.again_at) == (8, "Given up", None)
    [notice] = Notice.objects.filter(recipient=officer, title__contains="could not be told")
    assert "Autumn term 2026" in notice.title
    system.answers = []
    send_again(delivery=delivery, by=officer)
    assert work(delivery).state == "done"


def test_message_that_a_worker_could_not_finish_is_sent_again_by_hand(
    delivery, system, officer, monkeypatch
):
    monkeypatch.setattr("funding.webhooks.delivering.sign", lambda *_: 1 / 0)
    assert work(delivery).state_words == "Given up"
    monkeypatch.undo()
    send_again(delivery=delivery, by=officer)
    assert work(delivery).state == "done"


def test_server_that_is_away_is_no_error(delivery, system, webhook):
    type(webhook).objects.filter(pk=webhook.pk).update(url="http://127.0.0.1:9/")
    failed = work(WebhookDelivery.objects.get())
    assert (failed.state, failed.problem) == ("refused", "It did not answer.")


def test_ended_system_is_not_tried_again(delivery, system, webhook, officer):
    system.answers = [500]
    work(delivery)
    end_webhook(webhook=webhook, by=officer)
    assert after(delivery, days=1).state == "refused"
    assert len(system.told) == 1


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_promise_one_message(webhook, period):
    run = checked(period)
    authorisers = [person(Role.FINANCE_AUTHORISER) for _ in range(3)]
    at_once([lambda by=by: publish_run(run=run, by=by) for by in authorisers])
    assert WebhookDelivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_one_message(delivery, system):
    at_once([lambda: work_on_job(WebhookDelivery, delivery.pk)] * 8)
    delivery.refresh_from_db()
    assert (delivery.state, len(system.told)) == ("done", 1)
