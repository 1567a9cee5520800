"""Imports: where files of the authority come in, and the register's own pages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from banding_portal.access import PortalView
from banding_portal.roles import Role
from banding_portal.uploads.forms import UploadForm
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from schools.forms.uploads import RegisterUploadForm
from schools.models import RegisterUpload


class ImportHome(PortalView):
    """What can be imported, and the register files that came in."""

    allowed_roles = (Role.ADMINISTRATOR, Role.SEND_OFFICER, Role.AUDITOR)

    def get(self, request: HttpRequest) -> HttpResponse:
        uploads = RegisterUpload.objects.visible_to(request.user).defer("content")
        page = Paginator(uploads.select_related("started_by"), 25).get_page(request.GET.get("page"))
        context = {
            "page_obj": page,
            "may_import": request.user.has_role(Role.ADMINISTRATOR),
            "may_upload": request.user.has_role(Role.ADMINISTRATOR, Role.SEND_OFFICER),
            "sees_files": request.user.has_role(*RegisterUploadDetail.allowed_roles),
        }
        return render(request, "schools/import_home.html", context)


class RegisterPages(UploadPages, abstract=True):
    allowed_roles = (Role.ADMINISTRATOR,)
    model = RegisterUpload
    heading = "Upload a file of the register of schools"

    create_name = "schools:register_upload"
    detail_name = "schools:register_upload_detail"
    parent_name = "schools:import_home"


class RegisterUploadCreate(RegisterPages, UploadCreate):
    form_class = RegisterUploadForm

    def extra_fields(self, form: UploadForm) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("kind", "la_code")}


class RegisterUploadDetail(RegisterPages, UploadDetail):
    """Auditors may look, administrators apply."""

    allowed_roles = (Role.ADMINISTRATOR, Role.AUDITOR)
    write_roles = (Role.ADMINISTRATOR,)
    apply_text = "Apply these changes"
    applied_text = "The schools are up to date"
    next_text = "Back to imports"
