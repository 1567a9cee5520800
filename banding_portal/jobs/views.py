"""The page of any kind of job: follow it, cancel it, see what became of it.

A kind of job subclasses JobDetail and names its model and roles. Works without JavaScript.
"""

from datetime import timedelta
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from banding_portal.jobs.progress import progress_of
from banding_portal.jobs.services import cancel_job
from banding_portal.pages import Page
from banding_portal.pages.base import About
from banding_portal.refusals import RefusalError

MINUTE = timedelta(minutes=1)


class JobPages(About[Any], abstract=True):
    """What the pages of one kind of job share."""

    model: ClassVar[Any]

    create_name: ClassVar[str]
    detail_name: ClassVar[str]
    parent_name: ClassVar[str]
    """Names of the addresses to ask for it, to follow it, and of where the back link goes."""

    def create_url(self, job: Any = None) -> str:
        return reverse(self.create_name)

    def detail_url(self, job: Any) -> str:
        return reverse(self.detail_name, args=[job.pk])

    def parent_url(self, job: Any = None) -> str:
        return reverse(self.parent_name)

    def find_job(self) -> Any:
        jobs = self.narrowed(self.model.objects.visible_to(self.user))
        return get_object_or_404(jobs, pk=self.kwargs["pk"])

    def narrowed(self, jobs: Any) -> Any:
        """Override to read with it what the page names, and leave out what it does not."""
        return jobs


class JobDetail(JobPages, Page[Any], abstract=True):
    """One job in any state. POST `action` is `cancel`, or what a kind adds to it."""

    template_name = "jobs/detail.html"
    meanwhile = ""
    """A sentence while it is at work: what there is until then."""
    kept = "Nothing has changed."
    """A sentence when nothing came of it."""

    def find(self) -> Any:
        return self.find_job()

    def title(self) -> str:
        """The h1 of the page."""
        return str(self.found)

    def words(self, done: int, total: int) -> str:
        """What the bar says beside its figures, like “rows done”."""
        return "done"

    def next_url(self) -> str:
        return self.detail_url(self.found)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.request.htmx:
            return super().get(*args, **kwargs)
        if not self.found.at_work:
            return HttpResponseClientRefresh()
        return render(self.request, "jobs/_progress.html", self.progress())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.act() or redirect(self.next_url())
        except RefusalError as refusal:
            return self.refused(refusal)

    def act(self) -> HttpResponse | None:
        """Do what was asked; a response where it is not the job's page again."""
        if self.request.POST.get("action") == "cancel":
            cancel_job(self.found, by=self.user)
        return None

    def context(self) -> dict[str, Any]:
        job = self.found
        shown = {
            "job": job,
            "heading": self.title(),
            "state_template": f"jobs/_{job.state}.html",
            "meanwhile": self.meanwhile,
            "kept": self.kept,
            "can_write": self.user.has_role(*(self.write_roles or self.allowed_roles)),
            "parent_url": self.parent_url(job),
            "create_url": self.create_url(job),
        }
        return shown | self.progress() if job.at_work else shown

    def progress(self) -> dict[str, Any]:
        """What the progress partial shows."""
        done, total = progress_of(self.found)
        shown = {
            "done": done,
            "total": total,
            "message": self.words(done, total) if total else self.found.state_words,
            "queued": self.found.is_queued,
            "minutes": (timezone.now() - self.found.changed_at) // MINUTE,
        }
        return {"progress": shown, "url": self.detail_url(self.found)}
