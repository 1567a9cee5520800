"""The pages of a caseload upload."""

from typing import Any

from banding.caseload.columns import COLUMNS, LIMITS
from banding.caseload.differences import kinds_of
from banding.caseload.forms import CaseloadUploadForm
from banding.models import CaseloadUpload
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from schools.selectors.imports import url_of_changes


class CaseloadPages(UploadPages, abstract=True):
    allowed_roles = COLLECTION_RUNNERS
    model = CaseloadUpload
    heading = "Upload a caseload"

    create_name = "banding:caseload_upload"
    detail_name = "banding:caseload_upload_detail"
    parent_name = "schools:import_home"


class CaseloadUploadCreate(CaseloadPages, UploadCreate):
    """Choose the file; what it has to hold, and what came before."""

    form_class = CaseloadUploadForm
    limits = LIMITS
    template_name = "banding/caseload_upload.html"

    def context(self) -> dict[str, Any]:
        earlier = CaseloadUpload.objects.visible_to(self.user).defer("content")
        earlier = earlier.select_related("started_by")[:10]
        return super().context() | {"columns": COLUMNS, "earlier": earlier}


class CaseloadUploadDetail(CaseloadPages, UploadDetail):
    """Auditors may look; administrators and officers apply."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    write_roles = COLLECTION_RUNNERS
    applied_text = "The pupils are up to date"
    preview_template = "banding/_caseload_preview.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"kinds": [] if self.found.at_work else kinds_of(self.found)}

    def changes_url(self) -> str:
        return url_of_changes(self.found)
