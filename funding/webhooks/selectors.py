"""Finance systems that are told, and what became of each message (rules.md F21)."""

import datetime as dt

from django.db.models import QuerySet

from banding_portal.jobs.states import JobState
from funding.webhooks.models import Webhook, WebhookDelivery
from schools.models import User


def webhooks_to_read(user: User) -> QuerySet[Webhook]:
    return Webhook.objects.visible_to(user).select_related("made_by", "ended_by")


def deliveries_to_read(user: User) -> QuerySet[WebhookDelivery]:
    found = WebhookDelivery.objects.visible_to(user)
    return found.select_related("webhook", "run__period").order_by("-started_at", "pk")


def due_again(now: dt.datetime) -> QuerySet[WebhookDelivery]:
    """Messages that did not arrive, whose next try has come, to systems that are still told."""
    waiting = WebhookDelivery.objects.filter(state=JobState.REFUSED, again_at__lte=now)
    return waiting.filter(webhook__ended_at=None)
