"""The pages of any kind of upload: send a file, follow its check, confirm, see what it did.

A kind of upload subclasses UploadCreate and UploadDetail, names its model and roles, and may
replace the templates named in the class attributes. Every page works without JavaScript.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import HttpResponseClientRefresh

from banding_portal.access import PortalView
from banding_portal.uploads.forms import ConfirmForm, UploadForm
from banding_portal.uploads.models import Upload
from banding_portal.uploads.services import (
    cancel_upload,
    confirm_upload,
    progress_of,
    start_upload,
)
from banding_portal.uploads.states import IllegalMove


class UploadView(PortalView, abstract=True):
    """What the pages of one kind of upload share."""

    model: ClassVar[type[Upload]]
    heading: ClassVar[str]
    """The h1 of the page to send a file, like “Upload the register of schools”."""

    def detail_url(self, upload: Upload) -> str:
        """Address of the page that follows an upload."""
        raise NotImplementedError

    def create_url(self, upload: Upload | None = None) -> str:
        """Address of the page to send a file (again)."""
        raise NotImplementedError

    def parent_url(self, upload: Upload | None = None) -> str:
        """Where the back link goes."""
        raise NotImplementedError


class UploadCreate(UploadView, abstract=True):
    """GET shows the form, POST keeps the file and asks for its check."""

    form_class: ClassVar[type[UploadForm]] = UploadForm
    template_name = "uploads/create.html"

    def extra_fields(self, form: UploadForm) -> dict[str, Any]:
        """Further columns of the upload's row."""
        return {}

    def extra_context(self) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(request, self.form_class())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form)
        file = form.cleaned_data["file"]
        upload = self.model(uploaded_by=request.user, **self.extra_fields(form))
        upload.set_file(file.name, file.read())
        start_upload(upload)
        return redirect(self.detail_url(upload))

    def show(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        context = {"form": form, "heading": self.heading, "parent_url": self.parent_url()}
        return render(request, self.template_name, context | self.extra_context())


class UploadDetail(UploadView, abstract=True):
    """One upload in any state. POST `action` is `apply` or `cancel`."""

    template_name = "uploads/detail.html"
    preview_template = "uploads/_preview.html"
    issues_template = "uploads/_issues.html"
    apply_text = "Apply these changes"
    applied_text = "Done. The changes are saved."
    next_text = "Continue"
    """Words of the button to `parent_url` once applied."""

    def extra_context(self, upload: Any) -> dict[str, Any]:
        return {}

    def get_upload(self, request: HttpRequest, pk: UUID) -> Any:
        visible = self.model.objects.visible_to(request.user)  # type: ignore[attr-defined]
        return get_object_or_404(visible.defer("content"), pk=pk)

    def get(self, request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        upload = self.get_upload(request, pk)
        if not request.htmx:  # type: ignore[attr-defined]
            return self.show(request, upload, ConfirmForm(upload))
        if not upload.at_work:
            return HttpResponseClientRefresh()
        return render(request, "components/_job.html", self.job(upload))

    def post(self, request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        upload = self.get_upload(request, pk)
        try:
            if request.POST.get("action") == "cancel":
                cancel_upload(upload)
                return redirect(self.detail_url(upload))
            return self.apply(request, upload)
        except IllegalMove as problem:
            messages.warning(request, str(problem))
            return redirect(self.detail_url(upload))

    def apply(self, request: HttpRequest, upload: Any) -> HttpResponse:
        form = ConfirmForm(upload, request.POST)
        if form.is_about_this_preview() and not form.is_valid():
            return self.show(request, upload, form)
        fingerprint = request.POST.get("fingerprint", "")
        confirm_upload(upload, by=request.user, fingerprint=fingerprint)
        return redirect(self.detail_url(upload))

    def job(self, upload: Any) -> dict[str, Any]:
        """What the progress partial shows."""
        done, total = progress_of(upload)
        message = "rows done" if total else upload.get_state_display()
        job = {"is_running": True, "done": done, "total": total, "message": message}
        return {"job": job, "url": self.detail_url(upload)}

    def show(self, request: HttpRequest, upload: Any, form: ConfirmForm) -> HttpResponse:
        can_write = request.user.has_role(*(self.write_roles or self.allowed_roles))
        context: dict[str, Any] = {
            "upload": upload,
            "form": form,
            "can_write": can_write,
            "parent_url": self.parent_url(upload),
            "create_url": self.create_url(upload),
            "state_template": f"uploads/_{upload.state}.html",
            "preview_template": self.preview_template,
            "issues_template": self.issues_template,
            "apply_text": self.apply_text,
            "applied_text": self.applied_text,
            "next_text": self.next_text,
        }
        if upload.at_work:
            context |= self.job(upload)
        return render(request, self.template_name, context | self.extra_context(upload))
