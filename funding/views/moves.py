"""From draft to published: send for checking, send back, delete, publish (rules.md F7)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding_portal.access import ConfirmsWho
from banding_portal.pages import ActionPage, Page
from banding_portal.roles import FINANCE_AUTHORISER, FINANCE_OFFICER
from banding_portal.words import money
from funding.actions import actions_on_standing
from funding.choices import RunState
from funding.models import Run
from funding.selectors.effects import drift_of
from funding.selectors.movements import compare_with_last_period
from funding.selectors.readiness import Standing
from funding.selectors.remittances import payees_below_zero
from funding.selectors.run_page import cleared_in
from funding.selectors.runs import schools_below_zero
from funding.selectors.summaries import summary_of
from funding.services.publishing import delete_draft, publish_run, send_back, send_for_checking
from funding.views.finding import AboutRun


class RunSend(AboutRun, ActionPage[Run]):
    """A draft goes to somebody else to be checked."""

    allowed_roles = FINANCE_OFFICER

    def act(self) -> str:
        send_for_checking(run=self.found, by=self.user)
        return "Sent for checking. Somebody else can publish it now."


class RunSendBack(AboutRun, ActionPage[Run]):
    """A run being checked becomes a draft again."""

    allowed_roles = FINANCE_OFFICER | FINANCE_AUTHORISER

    def act(self) -> str:
        send_back(run=self.found, by=self.user)
        return "Sent back. It is a draft again."


class RunDelete(AboutRun, Page[Run], ActionPage[Run]):
    """Asks once more, then takes a draft away."""

    allowed_roles = FINANCE_OFFICER
    template_name = "funding/run_delete.html"

    def act(self) -> str:
        period = delete_draft(run=self.found, by=self.user)
        return f"The draft for {period.name} is deleted."

    def next_url(self) -> str:
        return reverse("funding:run_list")

    def context(self) -> dict[str, Any]:
        return {
            "run": self.found,
            "reasons": actions_on_standing(Standing(self.found, self.user)).why_not("delete"),
            "totals": summary_of(self.found).totals,
            "cleared": self.found.exceptions.exclude(cleared_at=None).count(),
        }


class RunPublish(AboutRun, Page[Run], ActionPage[Run], ConfirmsWho):
    """Shows the control total once more, then publishes for good."""

    allowed_roles = FINANCE_AUTHORISER
    template_name = "funding/run_publish.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == RunState.PUBLISHED:
            return redirect(self.next_url())
        return super().get(*args, **kwargs)

    def act(self) -> str:
        run = publish_run(run=self.found, seen=self.request.POST.get("seen"), by=self.user)
        total = money(run.control_total)
        return f"Published: {run.period.name}, {total}. Schools can see their statements."

    def context(self) -> dict[str, Any]:
        run, standing = self.found, Standing(self.found, self.user)
        summary = summary_of(run)
        return {
            "run": run,
            "standing": standing,
            "reasons": actions_on_standing(standing).why_not("publish"),
            "totals": summary.totals,
            "cleared": cleared_in(run),
            "causes": summary.causes,
            "payees_below_zero": payees_below_zero(run),
            "below_zero": schools_below_zero(run),
            "comparison": compare_with_last_period(run),
            "drift": drift_of(run) if standing.changed else None,
        }
