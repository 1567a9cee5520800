"""Finance systems that are told of published runs (rules.md F21)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.access import ConfirmsWho
from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_ROLES, FUNDING_READERS
from funding.webhooks.actions import actions_on_webhooks
from funding.webhooks.forms import WebhookForm
from funding.webhooks.models import Webhook, WebhookDelivery
from funding.webhooks.selectors import deliveries_to_read, webhooks_to_read
from funding.webhooks.services import end_webhook, make_webhook, send_again


class WebhookList(ListPage[None]):
    """The systems that are told, and under them every message."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/webhook_list.html"
    usual = "-published"
    orders = {
        "published": by("started_at", "pk"),
        "system": by("webhook__name", "-started_at"),
        "tried": by("tried_at", "pk"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[WebhookDelivery]:
        return deliveries_to_read(self.user)

    def context(self) -> dict[str, Any]:
        found = webhooks_to_read(self.user).filter(ended_at=None)
        return {"webhooks": found, "can": actions_on_webhooks(self.user)}


class WebhookMake(FormPage[None], ConfirmsWho):
    """Names a system, and shows at once the key that its messages are signed with."""

    allowed_roles = FINANCE_ROLES
    form_class = WebhookForm
    template_name = "funding/webhook_make.html"

    def form_valid(self, form: WebhookForm) -> HttpResponse:
        try:
            webhook = make_webhook(**form.cleaned_data, by=self.user)
        except RefusalError as refusal:
            return self.form_refused(form, refusal)
        self.forget_typed()
        self.template_name = "funding/webhook_made.html"
        return self.render_to_response({"webhook": webhook, "view": self})

    def next_url(self) -> str:
        return reverse("funding:webhook_list")


class WebhookEnd(Page[Webhook], ActionPage[Webhook]):
    """Asks once more, then tells it no more."""

    allowed_roles = FINANCE_ROLES
    template_name = "funding/webhook_end.html"

    def find(self) -> Webhook:
        return get_object_or_404(webhooks_to_read(self.user), pk=self.kwargs["pk"])

    def act(self) -> str:
        end_webhook(webhook=self.found, by=self.user)
        return f"“{self.found}” is told of no run any more."

    def next_url(self) -> str:
        return reverse("funding:webhook_list")

    def context(self) -> dict[str, Any]:
        return {"webhook": self.found}


class WebhookAgain(ActionPage[WebhookDelivery]):
    allowed_roles = FINANCE_ROLES

    def find(self) -> WebhookDelivery:
        return get_object_or_404(deliveries_to_read(self.user), pk=self.kwargs["pk"])

    def act(self) -> str:
        send_again(delivery=self.found, by=self.user)
        return f"The message to “{self.found.webhook}” is sent again."

    def next_url(self) -> str:
        return reverse("funding:webhook_list")
