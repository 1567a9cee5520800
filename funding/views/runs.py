"""Runs: the list, picking a period, the page of one (rules.md F7)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import money
from funding.choices import RunState
from funding.forms.runs import PeriodForm
from funding.models import Period, Run
from funding.run_words import counted, section_251_rows, steps_of, story_of
from funding.selectors.movements import compare_with_last_period
from funding.selectors.run_page import exception_counts, runs_to_read
from funding.selectors.runs import (
    run_totals,
    totals_by_kind,
    totals_by_section_251,
    totals_by_sector,
)
from funding.services.runs import calculate_run
from funding.views.next_moves import moves_of

PAGE = 50
STANDS = {
    RunState.CHECKED: "This run is being checked. Send it back before you calculate it again.",
    RunState.PUBLISHED: "This run is published and never changes.",
}


def run_for(request: HttpRequest, pk: UUID) -> Run:
    return get_object_or_404(runs_to_read(request.user), pk=pk)


class RunList(PortalView):
    """Every run, the latest first."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(runs_to_read(request.user), PAGE).get_page(request.GET.get("page"))
        context = {"page_obj": page, "may_change": bool(request.user.roles & FINANCE_OFFICER)}
        return render(request, "funding/run_list.html", context)


class RunCreate(PortalView):
    """Pick a period and calculate its draft."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, PeriodForm(initial={"period": request.GET.get("period", "")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PeriodForm(request.POST)
        if not form.is_valid():
            return self.show(request, form)
        period = form.cleaned_data["period"]
        draft = Run.objects.filter(period=period, state=RunState.DRAFT).exclude(lines_hash="")
        if draft.exists():
            return redirect("funding:run_calculate", pk=draft.get().pk)
        return calculate(request, period, form)

    def show(self, request: HttpRequest, form: PeriodForm) -> HttpResponse:
        periods = Period.objects.exists()
        return render(request, "funding/run_create.html", {"form": form, "periods": periods})


def calculate(request: HttpRequest, period: Period, form: PeriodForm) -> HttpResponse:
    try:
        run = calculate_run(period=period, by=request.user)
    except RefusalError as error:
        for problem in error.problems:
            form.add_error("period", problem)
        return render(request, "funding/run_create.html", {"form": form, "periods": True})
    say_calculated(request, run)
    return redirect("funding:run_detail", pk=run.pk)


def say_calculated(request: HttpRequest, run: Run) -> None:
    lines, total = run.lines.count(), money(run.control_total)
    messages.success(request, f"Calculated: {counted(lines, 'line')}, control total {total}.")


class RunCalculate(PortalView):
    """Asks before a draft is calculated again, then does it."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        if run.state != RunState.DRAFT:
            messages.error(request, STANDS[run.state])
            return redirect("funding:run_detail", pk=pk)
        return render(request, "funding/run_calculate.html", {"run": run})

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        if run.state == RunState.PUBLISHED:
            messages.error(request, STANDS[run.state])
            return redirect("funding:run_detail", pk=pk)
        try:
            run = calculate_run(period=run.period, by=request.user)
        except RefusalError as error:
            messages.error(request, str(error))
        else:
            say_calculated(request, run)
        return redirect("funding:run_detail", pk=pk)


class RunDetail(PortalView):
    """Control total, why it moved, what is left to clear, and the next move."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        comparison = compare_with_last_period(run)
        context: dict[str, Any] = {
            "run": run,
            "story": story_of(run),
            "totals": run_totals(run),
            "comparison": comparison,
            "steps": steps_of(comparison) if comparison else [],
            "exceptions": exception_counts(run),
            "sectors": totals_by_sector(run),
            "kinds": totals_by_kind(run),
            "section_251": section_251_rows(totals_by_section_251(run)),
            **moves_of(run, request.user),
        }
        return render(request, "funding/run_detail.html", context)
