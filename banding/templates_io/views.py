"""Templates: download, upload, follow, confirm, and the sheet back with its problems."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding.models import Return, TemplateUpload
from banding.returns.finding import find_return, frame, need_role
from banding.returns.readiness import why_closed
from banding.templates_io.forms import TemplateUploadForm
from banding.templates_io.services import issue_template, template_file
from banding.templates_io.uploads.marked import can_be_marked, marked_workbook
from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import BANDING_SCHOOL_ROLES, SENCO
from banding_portal.uploads.forms import UploadForm
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(name: str, content: bytes) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, XLSX, headers={"Content-Disposition": disposition})


class TemplateDownload(PortalView):
    """The return's current template; a new version where its pupils changed."""

    allowed_roles = SENCO

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = find_return(request, pk)
        need_role(request, pupil_return, SENCO)
        try:
            issued = issue_template(pupil_return=pupil_return, by=request.user)
        except RefusalError as error:
            messages.warning(request, str(error))
            return redirect("banding:return_detail", pk=pk)
        file = template_file(issued)
        return workbook_response(file.name, file.content)


class TemplatePages(UploadPages, abstract=True):
    model = TemplateUpload
    heading = "Upload a filled-in template"

    def detail_url(self, upload: Any) -> str:
        return reverse("banding:template_upload_detail", args=[upload.pk])

    def create_url(self, upload: Any = None) -> str:
        return reverse("banding:template_upload", args=[self.return_pk(upload)])

    def parent_url(self, upload: Any = None) -> str:
        return reverse("banding:return_detail", args=[self.return_pk(upload)])

    def return_pk(self, upload: Any) -> UUID:
        return upload.pupil_return_id if upload else self.kwargs["pk"]


class TemplateUploadCreate(TemplatePages, UploadCreate):
    """Choose the file; the limits are told beforehand."""

    allowed_roles = SENCO
    form_class = TemplateUploadForm
    template_name = "banding/template_upload.html"

    def find(self) -> Return:
        pupil_return = find_return(self.request, self.kwargs["pk"])
        need_role(self.request, pupil_return, SENCO)
        return pupil_return

    def why_closed(self) -> str:
        return why_closed(self.found)

    def extra_fields(self, form: UploadForm) -> dict[str, Any]:
        return {"pupil_return": self.found}

    def context(self) -> dict[str, Any]:
        return super().context() | frame(self.request, self.found)


class TemplateUploadDetail(TemplatePages, UploadDetail):
    """Progress, problems or preview, and what was saved."""

    allowed_roles = BANDING_SCHOOL_ROLES
    write_roles = SENCO
    template_name = "banding/template_upload_detail.html"
    issues_template = "banding/_template_issues.html"
    apply_text = "Apply these decisions"
    who_heading = "Pupil"
    applied_text = "The decisions are saved as drafts. Submit the return when it is complete."

    def act(self) -> HttpResponse | None:
        need_role(self.request, self.found.pupil_return, SENCO)
        return super().act()

    def context(self) -> dict[str, Any]:
        own = {
            "marked": can_be_marked(self.found),
            "changes_nothing": self.found.preview.get("is_empty"),
            "changes_caption": "Decisions and changes",
            "new_caption": "Joiners",
            "note_heading": "Still missing",
        }
        return super().context() | frame(self.request, self.found.pupil_return) | own


class TemplateUploadMarked(TemplatePages):
    """The sheet that was sent, with an Errors column (T6)."""

    allowed_roles = BANDING_SCHOOL_ROLES

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        upload = TemplateUpload.objects.visible_to(request.user).filter(pk=pk).first()
        if upload is None or not can_be_marked(upload):
            raise Http404
        pupil_return = upload.pupil_return
        name = f"{pupil_return.collection.code}-{pupil_return.school.urn}-problems.xlsx"
        return workbook_response(name, marked_workbook(upload))
