"""How a year stands against its budget, term by term and month by month (F19)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail
from banding_portal.pages import ActionPage, FormPage, Page
from banding_portal.pages.base import About
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from funding.choices import AverageBy
from funding.models import Budget, PaymentCalendar, YearForecast
from funding.year.averages import average_rows, averages
from funding.year.forms import BudgetForm
from funding.year.selectors import kept_forecast, month_rows, sector_rows, year_view
from funding.year.services import set_budget, start_forecast


class AboutYear(About[PaymentCalendar], abstract=True):
    def find(self) -> PaymentCalendar:
        return get_object_or_404(PaymentCalendar, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("funding:year", args=[self.found.pk])


class YearPage(AboutYear, Page[PaymentCalendar]):
    """Spent, committed and forecast against the budget, as it was worked out last."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/year.html"

    def context(self) -> dict[str, Any]:
        forecast = kept_forecast(self.found, self.user)
        shown: dict[str, Any] = {
            "calendar": self.found,
            "forecast": forecast,
            "may_write": self.user.has_role(*FINANCE_OFFICER),
        }
        if forecast.kept:
            view = year_view(self.found, forecast.kept)
            shown |= {"stands": view, "by_sector": sector_rows(view), "by_month": month_rows(view)}
        return shown


class YearAverages(AboutYear, Page[PaymentCalendar]):
    """Pupils funded and what is paid for one on average, by band, sector, need or quadrant."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/year_averages.html"

    def context(self) -> dict[str, Any]:
        asked = self.request.GET.get("by", "")
        by = AverageBy(asked if asked in AverageBy.values else AverageBy.BAND)
        rows, whole = averages(self.found, by)
        return {
            "calendar": self.found,
            "by": by,
            "choices": AverageBy,
            "rows": rows,
            "whole": whole,
            "picture": average_rows(rows),
            "caption": f"Average a pupil by {by.label.lower()}",
        }


class YearForecastMake(AboutYear, ActionPage[PaymentCalendar]):
    """Has the year worked out; twice pressed, it is done once."""

    allowed_roles = FUNDING_READERS
    job: YearForecast

    def act(self) -> str:
        self.job = start_forecast(calendar=self.found, by=self.user)
        return ""

    def next_url(self) -> str:
        return reverse("funding:year_forecast", args=[self.job.pk])

    def back_url(self) -> str:
        return super().next_url()


class YearForecastDetail(JobDetail):
    """How far it is; then the page of the year."""

    allowed_roles = FUNDING_READERS
    model = YearForecast
    detail_name = "funding:year_forecast"
    meanwhile = "When it is done, everybody in finance finds it on the page of the year."
    kept = "A forecast made before is as it was."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("calendar", "started_by", "cancelled_by")

    def words(self, done: int, total: int) -> str:
        return "terms worked out"

    def create_url(self, job: Any = None) -> str:
        return reverse("funding:year", args=[job.calendar_id])

    def parent_url(self, job: Any = None) -> str:
        return self.create_url(job)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == JobState.DONE and not self.request.htmx:
            return redirect(self.parent_url(self.found))
        return super().get(*args, **kwargs)


class BudgetEdit(AboutYear, FormPage[PaymentCalendar]):
    """Pounds by sector."""

    allowed_roles = FINANCE_OFFICER
    form_class = BudgetForm
    template_name = "funding/budget_edit.html"

    def get_initial(self) -> dict[str, Any]:
        budgets = Budget.objects.filter(calendar=self.found)
        return dict(budgets.values_list("sector", "amount"))

    def act(self, form: BudgetForm) -> str:
        set_budget(calendar=self.found, amounts=form.amounts, by=self.user)
        return f"The budget of {self.found} is saved."

    def context(self) -> dict[str, Any]:
        return {"calendar": self.found, "parent_url": self.next_url()}
