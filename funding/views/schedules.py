"""The workbook of a schedule: asked for, followed, kept and downloaded (rules.md F11)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail, JobPages
from banding_portal.pages import ActionPage
from banding_portal.roles import FUNDING_READERS
from funding.choices import ScheduleFormat
from funding.exports.schedule import CONTENT_TYPES
from funding.models import Run, ScheduleExport
from funding.services.exports import start_schedule
from funding.views.finding import AboutRun


class ScheduleMake(AboutRun, ActionPage[Run]):
    """Has the workbook made; twice pressed, it is made once."""

    allowed_roles = FUNDING_READERS
    leads_to: str

    def act(self) -> str:
        export = start_schedule(run=self.found, by=self.user)
        self.leads_to = reverse("funding:schedule_detail", args=[export.pk])
        return ""

    def next_url(self) -> str:
        return self.leads_to

    def back_url(self) -> str:
        return reverse("funding:schedule", args=[self.found.pk])


class SchedulePages(JobPages, abstract=True):
    model = ScheduleExport
    detail_name = "funding:schedule_detail"

    def create_url(self, job: Any = None) -> str:
        return reverse("funding:schedule", args=[job.run_id])

    def parent_url(self, job: Any = None) -> str:
        return self.create_url(job)


class ScheduleDetail(SchedulePages, JobDetail):
    """How far it is; then the page of the schedule, where the file is."""

    allowed_roles = FUNDING_READERS
    meanwhile = "When it is done, everybody in finance finds the file on the schedule page."
    kept = "A file made before is as it was."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("run__period", "started_by", "cancelled_by").defer("content")

    def words(self, done: int, total: int) -> str:
        return "lines written"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == JobState.DONE and not self.request.htmx:
            return redirect(self.parent_url(self.found))
        return super().get(*args, **kwargs)


class ScheduleFile(SchedulePages):
    """The file as it was made."""

    allowed_roles = FUNDING_READERS

    def find(self) -> ScheduleExport:
        export: ScheduleExport = self.find_job()
        if export.state != JobState.DONE:
            raise Http404
        return export

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = CONTENT_TYPES[ScheduleFormat.EXCEL]
        response = HttpResponse(bytes(self.found.content), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{self.found.filename}"'
        return response
