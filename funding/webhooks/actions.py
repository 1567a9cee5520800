"""What a person may do with systems that are told of published runs (rules.md F21)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.jobs.states import JobState
from banding_portal.roles import FINANCE_ROLES
from funding.webhooks.models import Webhook, WebhookDelivery
from schools.models import User

ENDED = "It is not told any more."
ARRIVED = "This message has arrived. It is not sent a second time."
ON_ITS_WAY = "This message is on its way."


def actions_on_webhooks(user: User) -> Actions:
    if not user.has_role(*FINANCE_ROLES):
        return Actions()
    return Actions(Action("make", "Tell a system", reverse("funding:webhook_make"), primary=True))


@actions_for.register
def webhook_actions(webhook: Webhook, user: User) -> Actions:
    if not user.has_role(*FINANCE_ROLES):
        return Actions()
    url = reverse("funding:webhook_end", args=[webhook.pk])
    reasons = [ENDED] if webhook.ended_at else []
    return Actions(Action("end", "Tell no more", url, warns=True, why_not=reasons))


@actions_for.register
def delivery_actions(delivery: WebhookDelivery, user: User) -> Actions:
    """Sent again by hand where it did not arrive, given up or not."""
    if not user.has_role(*FINANCE_ROLES):
        return Actions()
    url = reverse("funding:webhook_again", args=[delivery.pk])
    reasons = [ARRIVED] if delivery.state == JobState.DONE else []
    reasons += [ON_ITS_WAY] if delivery.at_work else []
    reasons += [ENDED] if delivery.webhook.ended_at else []
    return Actions(Action("again", "Try now", url, posts=True, why_not=reasons))
