"""The page of any kind of job: follow it, cancel it, see what became of it.

A kind of job subclasses JobDetail and names its model and roles. Works without JavaScript.
"""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from banding_portal.access import PortalRequest, PortalView
from banding_portal.jobs.models import Job
from banding_portal.jobs.progress import progress_of
from banding_portal.jobs.services import cancel_job
from banding_portal.jobs.states import IllegalMove

MINUTE = timedelta(minutes=1)


class JobView(PortalView, abstract=True):
    """What the pages of one kind of job share."""

    model: ClassVar[type[Job]]

    def detail_url(self, job: Any) -> str:
        """Address of the page that follows a job."""
        raise NotImplementedError

    def create_url(self, job: Any = None) -> str:
        """Address of the page to ask for it (again)."""
        raise NotImplementedError

    def parent_url(self, job: Any = None) -> str:
        """Where the back link goes."""
        raise NotImplementedError

    def get_job(self, request: PortalRequest, pk: UUID) -> Any:
        visible = self.model.objects.visible_to(request.user)  # type: ignore[attr-defined]
        return get_object_or_404(self.narrowed(visible), pk=pk)

    def narrowed(self, jobs: Any) -> Any:
        """Override to read with it what the page names, and leave out what it does not."""
        return jobs


class JobDetail(JobView, abstract=True):
    """One job in any state. POST `action` is `cancel`, or what a kind adds to it."""

    template_name = "jobs/detail.html"
    meanwhile = ""
    """A sentence while it is at work: what there is until then."""
    kept = "Nothing has changed."
    """A sentence when nothing came of it."""

    def title(self, job: Any) -> str:
        """The h1 of the page."""
        raise NotImplementedError

    def words(self, done: int, total: int) -> str:
        """What the bar says beside its figures, like “rows done”."""
        return "done"

    def get(self, request: PortalRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        job = self.get_job(request, pk)
        if not request.htmx:
            return self.show(request, job)
        if not job.at_work:
            return HttpResponseClientRefresh()
        return render(request, "jobs/_progress.html", self.progress(job))

    def post(self, request: PortalRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        job = self.get_job(request, pk)
        try:
            return self.act(request, job) or redirect(self.detail_url(job))
        except IllegalMove as problem:
            messages.warning(request, str(problem))
            return redirect(self.detail_url(job))

    def act(self, request: PortalRequest, job: Any) -> HttpResponse | None:
        """Do what was asked; a response where it is not the job's page again."""
        if request.POST.get("action") == "cancel":
            cancel_job(job, by=request.user)
        return None

    def progress(self, job: Any) -> dict[str, Any]:
        """What the progress partial shows."""
        done, total = progress_of(job)
        shown = {
            "done": done,
            "total": total,
            "message": self.words(done, total) if total else job.get_state_display(),
            "minutes": (timezone.now() - job.changed_at) // MINUTE,
        }
        return {"progress": shown, "url": self.detail_url(job)}

    def show(self, request: PortalRequest, job: Any, **more: Any) -> HttpResponse:
        context = self.context(request, job) | more
        if job.at_work:
            context |= self.progress(job)
        return render(request, self.template_name, context)

    def context(self, request: PortalRequest, job: Any) -> dict[str, Any]:
        return {
            "job": job,
            "heading": self.title(job),
            "state_template": f"jobs/_{job.state}.html",
            "meanwhile": self.meanwhile,
            "kept": self.kept,
            "can_write": request.user.has_role(*(self.write_roles or self.allowed_roles)),
            "parent_url": self.parent_url(job),
            "create_url": self.create_url(job),
        }
