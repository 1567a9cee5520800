"""Calculating a run: picking a period, asking first, and following it (rules.md F3-F7)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from banding_portal.access import PortalRequest, PortalView
from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import counted, lower_first, money
from funding.choices import RunState
from funding.forms.runs import PeriodForm
from funding.models import Period, Run, RunCalculation
from funding.services.calculations import start_calculation
from funding.services.runs import BEING_CHECKED, STEPS
from funding.views.runs import run_for

STANDS = {
    RunState.CHECKED: BEING_CHECKED,
    RunState.PUBLISHED: "This run is published and never changes.",
}


class RunCreate(PortalView):
    """Pick a period and have its draft calculated."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: PortalRequest) -> HttpResponse:
        return self.show(request, PeriodForm(initial={"period": request.GET.get("period", "")}))

    def post(self, request: PortalRequest) -> HttpResponse:
        form = PeriodForm(request.POST)
        if not form.is_valid():
            return self.show(request, form)
        period = form.cleaned_data["period"]
        draft = Run.objects.filter(period=period, state=RunState.DRAFT).exclude(lines_hash="")
        if draft.exists():
            return redirect("funding:run_calculate", pk=draft.get().pk)
        try:
            return follow(start_calculation(period=period, by=request.user))
        except RefusalError as error:
            for problem in error.problems:
                form.add_error("period", problem)
            return self.show(request, form)

    def show(self, request: PortalRequest, form: PeriodForm) -> HttpResponse:
        periods = Period.objects.exists()
        return render(request, "funding/run_create.html", {"form": form, "periods": periods})


class RunCalculate(PortalView):
    """Asks before a draft is calculated again, then has it done."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: PortalRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        if run.state != RunState.DRAFT:
            messages.error(request, STANDS[RunState(run.state)])
            return redirect("funding:run_detail", pk=pk)
        return render(request, "funding/run_calculate.html", {"run": run})

    def post(self, request: PortalRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        if run.state == RunState.PUBLISHED:
            messages.error(request, STANDS[RunState.PUBLISHED])
            return redirect("funding:run_detail", pk=pk)
        try:
            return follow(start_calculation(period=run.period, by=request.user))
        except RefusalError as error:
            messages.error(request, str(error))
            return redirect("funding:run_detail", pk=pk)


def follow(calculation: RunCalculation) -> HttpResponse:
    return redirect("funding:calculation_detail", pk=calculation.pk)


class CalculationDetail(JobDetail):
    """How far it is; then the run, or why there is none."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    model = RunCalculation
    meanwhile = "Until it is done, an earlier draft of the period stays as it is."
    kept = "Nothing has changed: a draft made before is as it was."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("period", "run", "started_by", "cancelled_by")

    def title(self, job: RunCalculation) -> str:
        return f"Calculate {lower_first(job.period.name)}"

    def detail_url(self, job: RunCalculation) -> str:
        return reverse("funding:calculation_detail", args=[job.pk])

    def create_url(self, job: Any = None) -> str:
        return f"{reverse('funding:run_create')}?period={job.period.code}"

    def parent_url(self, job: Any = None) -> str:
        return reverse("funding:run_list")

    def words(self, done: int, total: int) -> str:
        return f"steps done. Now: {STEPS[done]}" if done < total else "steps done"

    def show(self, request: PortalRequest, job: Any, **more: Any) -> HttpResponse:
        if job.state != JobState.DONE:
            return super().show(request, job, **more)
        if job.run.lines_hash == job.preview["lines_hash"]:
            lines, total = counted(job.preview["lines"], "line"), money(job.run.control_total)
            messages.success(request, f"Calculated: {lines}, control total {total}.")
        return redirect("funding:run_detail", pk=job.run_id)
