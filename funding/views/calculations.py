"""Calculating a run: picking a period, asking first, and following it (rules.md F3-F7)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail
from banding_portal.pages import FormPage, Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import counted, lower_first, money
from funding.actions import NOT_CALCULATED_AGAIN
from funding.choices import RunState
from funding.forms.runs import PeriodForm
from funding.models import Period, Run, RunCalculation
from funding.services.calculations import start_calculation
from funding.services.runs import STEPS
from funding.views.finding import AboutRun


class RunCreate(FormPage[None]):
    """Pick a period and have its draft calculated."""

    allowed_roles = FINANCE_OFFICER
    form_class = PeriodForm
    template_name = "funding/run_create.html"
    leads_to: str

    def get_initial(self) -> dict[str, Any]:
        return {"period": self.request.GET.get("period", "")}

    def act(self, form: PeriodForm) -> str:
        period = form.cleaned_data["period"]
        draft = Run.objects.filter(period=period, state=RunState.DRAFT).exclude(lines_hash="")
        if draft.exists():
            self.leads_to = reverse("funding:run_calculate", args=[draft.get().pk])
        else:
            self.leads_to = page_of(start_calculation(period=period, by=self.user))
        return ""

    def next_url(self) -> str:
        return self.leads_to

    def context(self) -> dict[str, Any]:
        return {"periods": Period.objects.exists()}


class RunCalculate(AboutRun, Page[Run]):
    """Asks before a draft is calculated again, then has it done."""

    allowed_roles = FINANCE_OFFICER
    template_name = "funding/run_calculate.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := NOT_CALCULATED_AGAIN.get(RunState(self.found.state)):
            return self.refused(RefusalError(reason))
        return super().get(*args, **kwargs)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == RunState.PUBLISHED:
            return self.refused(RefusalError(NOT_CALCULATED_AGAIN[RunState.PUBLISHED]))
        try:
            return redirect(page_of(start_calculation(period=self.found.period, by=self.user)))
        except RefusalError as refusal:
            return self.refused(refusal)

    def context(self) -> dict[str, Any]:
        return {"run": self.found}


def page_of(calculation: RunCalculation) -> str:
    return reverse("funding:calculation_detail", args=[calculation.pk])


class CalculationDetail(JobDetail):
    """How far it is; then the run, or why there is none."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    model = RunCalculation
    detail_name = "funding:calculation_detail"
    parent_name = "funding:run_list"
    meanwhile = "Until it is done, an earlier draft of the period stays as it is."
    kept = "Nothing has changed: a draft made before is as it was."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("period", "run", "started_by", "cancelled_by")

    def title(self) -> str:
        return f"Calculate {lower_first(self.found.period.name)}"

    def create_url(self, job: Any = None) -> str:
        return f"{reverse('funding:run_create')}?period={job.period.code}"

    def words(self, done: int, total: int) -> str:
        return f"steps done. Now: {STEPS[done]}" if done < total else "steps done"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == JobState.DONE and not self.request.htmx:
            return self.lead_to_run()
        return super().get(*args, **kwargs)

    def lead_to_run(self) -> HttpResponse:
        """To the run, with what was calculated unless it was calculated again since."""
        run, preview = self.found.run, self.found.preview
        if run.lines_hash == preview["lines_hash"]:
            lines, total = counted(preview["lines"], "line"), money(run.control_total)
            messages.success(self.request, f"Calculated: {lines}, control total {total}.")
        return redirect("funding:run_detail", pk=run.pk)
