"""Telling finance systems of published runs: whom, and trying again (rules.md F21)."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from banding_portal.actions import actions_for
from banding_portal.jobs.services import preview_again, start_job
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_ROLES
from banding_portal.verbs import verb
from funding.models import Run
from funding.webhooks.actions import actions_on_webhooks
from funding.webhooks.models import Webhook, WebhookDelivery
from funding.webhooks.rules import problems_of
from funding.webhooks.selectors import due_again
from schools.models import User
from schools.services.news import tell_authority


@verb
def make_webhook(*, name: str, url: str, by: User) -> Webhook:
    """Have an address told of every run published from now on.

    Raises RefusalError for an address where nothing may be sent, or that is told already.
    """
    actions_on_webhooks(by).require("make")
    if problems := list(problems_of(url, settings.WEBHOOK_HOSTS)):
        raise RefusalError(*problems, field="url")
    User.objects.select_for_update().get(pk=by.pk)  # two presses of the button make one
    if Webhook.objects.in_force().filter(url=url).exists():
        raise RefusalError("This address is told already.", field="url")
    return Webhook.objects.create(name=name, url=url, made_by=by, made_at=timezone.now())


@verb
def end_webhook(*, webhook: Webhook, by: User) -> Webhook:
    """Tell it of nothing any more, nor of what it was not told yet."""
    locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
    actions_for(locked, by).require("end")
    locked.ended_at, locked.ended_by = timezone.now(), by
    locked.save(update_fields=["ended_at", "ended_by"])
    return locked


def promise_messages(run: Run, *, by: User) -> list[WebhookDelivery]:
    """A message to every system that is told, in the transaction that publishes the run: all of
    them are promised with it, or none.
    """
    return [
        start_job(WebhookDelivery(webhook=webhook, run=run, started_by=by))
        for webhook in Webhook.objects.in_force().order_by("pk")
    ]


@verb
def send_again(*, delivery: WebhookDelivery, by: User) -> WebhookDelivery:
    """Try a message at once that did not arrive. Raises RefusalError where it did, or is tried."""
    locked = WebhookDelivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    actions_for(locked, by).require("again")
    return preview_again(locked, by=by)


def tell_given_up(delivery: WebhookDelivery) -> None:
    """News for everybody in finance."""
    tell_authority(
        NoticeKind.RUN,
        FINANCE_ROLES,
        key=f"webhook {delivery.pk} {delivery.tries}",
        title=f"“{delivery.webhook}” could not be told of the run of {delivery.run.period.name}",
        path=reverse("funding:webhook_list"),
    )


def try_again_what_is_due(now: dt.datetime) -> int:
    """Ask for the next try of messages that did not arrive; returns how many."""
    due = list(due_again(now))
    for delivery in due:
        preview_again(delivery, by=delivery.started_by)
    return len(due)
