"""Files of a run that a job makes: asked for, followed, kept and downloaded.

A kind of file has four addresses; its page shows `kept_file` and the button to make it.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail, JobPages
from banding_portal.pages import ActionPage
from funding.models import Run
from funding.views.finding import AboutRun


class RunFileMake(AboutRun, ActionPage[Run], abstract=True):
    """Has the file made; twice pressed, it is made once."""

    start: ClassVar[Callable[..., Any]]
    page_name: ClassVar[str]
    detail_name: ClassVar[str]
    leads_to: str

    def act(self) -> str:
        job = type(self).start(run=self.found, by=self.user)
        self.leads_to = reverse(self.detail_name, args=[job.pk])
        return ""

    def next_url(self) -> str:
        return self.leads_to

    def back_url(self) -> str:
        return reverse(self.page_name, args=[self.found.pk])


class RunFilePages(JobPages, abstract=True):
    page_name: ClassVar[str]
    """Of the address of a run where the file is."""

    def create_url(self, job: Any = None) -> str:
        return reverse(self.page_name, args=[job.run_id])

    def parent_url(self, job: Any = None) -> str:
        return self.create_url(job)


class RunFileDetail(RunFilePages, JobDetail, abstract=True):
    """How far it is; then the page where the file is."""

    kept = "A file made before is as it was."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("run__period", "started_by", "cancelled_by").defer("content")

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == JobState.DONE and not self.request.htmx:
            return redirect(self.parent_url(self.found))
        return super().get(*args, **kwargs)


class RunFileDownload(RunFilePages, abstract=True):
    """The file as it was made."""

    content_type = "application/zip"

    def find(self) -> Any:
        job = self.find_job()
        if job.state != JobState.DONE:
            raise Http404
        return job

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(bytes(self.found.content), content_type=self.content_type)
        response["Content-Disposition"] = f'attachment; filename="{self.found.filename}"'
        return response
