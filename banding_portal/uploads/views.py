"""The pages of any kind of upload: send a file, follow its check, confirm, see what it did.

A kind of upload subclasses UploadCreate and UploadDetail, names its model and roles, and may
replace the templates named in the class attributes. Every page works without JavaScript.
"""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from banding_portal.access import PortalRequest
from banding_portal.jobs.services import confirm_job, start_job
from banding_portal.jobs.views import JobDetail, JobView
from banding_portal.uploads.forms import ConfirmForm, UploadForm


class UploadView(JobView, abstract=True):
    """What the pages of one kind of upload share."""

    model: ClassVar[Any]
    heading: ClassVar[str]
    """The h1 of the page to send a file, like “Upload the register of schools”."""

    create_name: ClassVar[str]
    detail_name: ClassVar[str]
    parent_name: ClassVar[str]
    """Names of the addresses to send a file, to follow it, and of where the back link goes."""

    def create_url(self, job: Any = None) -> str:
        return reverse(self.create_name)

    def detail_url(self, job: Any) -> str:
        return reverse(self.detail_name, args=[job.pk])

    def parent_url(self, job: Any = None) -> str:
        return reverse(self.parent_name)

    def narrowed(self, jobs: Any) -> Any:
        return jobs.defer("content")


class UploadCreate(UploadView, abstract=True):
    """GET shows the form, POST keeps the file and asks for its check."""

    form_class: ClassVar[type[UploadForm]] = UploadForm
    template_name = "uploads/create.html"

    def extra_fields(self, form: UploadForm) -> dict[str, Any]:
        """Further columns of the upload's row."""
        return {}

    def extra_context(self) -> dict[str, Any]:
        return {}

    def get(self, request: PortalRequest, **kwargs: Any) -> HttpResponse:
        return self.show(request, self.form_class())

    def post(self, request: PortalRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form)
        file = form.cleaned_data["file"]
        upload = self.model(started_by=request.user, **self.extra_fields(form))
        upload.set_file(file.name, file.read())
        start_job(upload)
        return redirect(self.detail_url(upload))

    def show(self, request: PortalRequest, form: UploadForm) -> HttpResponse:
        context = {"form": form, "heading": self.heading, "parent_url": self.parent_url()}
        return render(request, self.template_name, context | self.extra_context())


class UploadDetail(UploadView, JobDetail, abstract=True):
    """One upload in any state. POST `action` is `apply` or `cancel`."""

    template_name = "uploads/detail.html"
    preview_template = "uploads/_preview.html"
    issues_template = "uploads/_issues.html"
    apply_text = "Apply these changes"
    applied_text = "Done. The changes are saved."
    who_heading = "Who"
    """Of the tables of problems and changes."""
    next_text = "Continue"
    """Words of the button to `parent_url` once applied."""

    def extra_context(self, upload: Any) -> dict[str, Any]:
        return {}

    def title(self, job: Any) -> str:
        return str(job)

    def words(self, done: int, total: int) -> str:
        return "rows done"

    def act(self, request: PortalRequest, job: Any) -> HttpResponse | None:
        if request.POST.get("action") == "cancel":
            return super().act(request, job)
        form = ConfirmForm(job, request.POST)
        if form.is_about_this_preview() and not form.is_valid():
            return self.show(request, job, form=form)
        confirm_job(job, by=request.user, fingerprint=request.POST.get("fingerprint", ""))
        return None

    def context(self, request: PortalRequest, job: Any) -> dict[str, Any]:
        shared = super().context(request, job) | {
            "upload": job,
            "form": ConfirmForm(job),
            "state_template": f"uploads/_{job.state}.html",
            "preview_template": self.preview_template,
            "issues_template": self.issues_template,
            "apply_text": self.apply_text,
            "applied_text": self.applied_text,
            "next_text": self.next_text,
            "who_heading": self.who_heading,
            "changes_nothing": job.preview.get("is_empty", False) and not job.warnings,
        }
        return shared | self.extra_context(job)
