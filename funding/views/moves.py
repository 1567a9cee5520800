"""From draft to published: send for checking, send back, publish (rules.md F7)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from banding_portal.access import ConfirmsWho, PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_AUTHORISER, FINANCE_OFFICER
from banding_portal.words import money
from funding.choices import RunState
from funding.models import Run
from funding.selectors.run_page import exception_counts
from funding.selectors.runs import run_totals
from funding.services.publishing import (
    publish_run,
    reasons_not_to_publish,
    send_back,
    send_for_checking,
)
from funding.views.next_moves import stands_on_other_inputs
from funding.views.runs import run_for


def move(request: HttpRequest, pk: UUID, make: Callable[..., Run], done: str) -> HttpResponse:
    """Make a move and say so, or say every reason against it."""
    run = run_for(request, pk)
    try:
        make(run=run, by=request.user)
    except RefusalError as error:
        for problem in error.problems:
            messages.error(request, problem)
    else:
        messages.success(request, done)
    return redirect("funding:run_detail", pk=pk)


class MoveView(PortalView, abstract=True):
    """A change alone; opened as a page, by a link or after signing in, it leads to the run."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return redirect("funding:run_detail", pk=run_for(request, pk).pk)


class RunSend(MoveView):
    """A draft goes to somebody else to be checked."""

    allowed_roles = FINANCE_OFFICER

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        done = "Sent for checking. Somebody else can publish it now."
        return move(request, pk, send_for_checking, done)


class RunSendBack(MoveView):
    """A run being checked becomes a draft again."""

    allowed_roles = FINANCE_OFFICER | FINANCE_AUTHORISER

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return move(request, pk, send_back, "Sent back. It is a draft again.")


class RunPublish(PortalView, ConfirmsWho):
    """Shows the control total once more, then publishes for good."""

    allowed_roles = FINANCE_AUTHORISER

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        if run.state == RunState.PUBLISHED:
            return redirect("funding:run_detail", pk=pk)
        context: dict[str, Any] = {
            "run": run,
            "totals": run_totals(run),
            "exceptions": exception_counts(run),
            "reasons": reasons_against(request, run),
            "changed": stands_on_other_inputs(run),
        }
        return render(request, "funding/run_publish.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        total = money(run.control_total)
        done = f"Published: {run.period.name}, {total}. Schools can see their statements."
        return move(request, pk, publish_run, done)


def reasons_against(request: HttpRequest, run: Run) -> list[str]:
    reasons = reasons_not_to_publish(run, request.user)
    if run.state == RunState.DRAFT:
        return ["This run is a draft. It has to be sent for checking first.", *reasons]
    return reasons
