"""Frameworks: the list, the matrix of descriptors, a file on screen (rules.md B1, B2)."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from banding.choices import CombineKind
from banding.frameworks.forms import FrameworkUploadForm
from banding.frameworks.selectors import (
    areas_with_levels,
    frameworks_for_list,
    is_frozen,
    thresholds_with_bands,
)
from banding.models import Framework, FrameworkUpload
from banding_portal.access import PortalView
from banding_portal.roles import ADMINISTRATOR, EVERYONE, Role
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadView
from schools.choices import PlanType

PLAN_WORDS = {PlanType.EHCP: "an EHCP", PlanType.SEN_SUPPORT: "SEN Support"}
COMBINE_WORDS = {
    CombineKind.HIGHEST_NEED: "Each level points to a band. "
    "The highest band among the levels chosen is suggested.",
    CombineKind.BEST_FIT: "Each level points to a band. "
    "The band most areas point to is suggested; of bands that tie, the higher one.",
    CombineKind.WEIGHTED_SUM: "Each level has points. An area's points are multiplied by its "
    "weight, up to the most the area can count. The total says which band is suggested.",
}


class FrameworkList(PortalView):
    """The descriptors are no secret: everybody who bands, moderates, pays or follows reads them."""

    allowed_roles = EVERYONE - {Role.SCHOOL_FINANCE}

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(frameworks_for_list(), 25).get_page(request.GET.get("page"))
        may_load = request.user.has_role(*ADMINISTRATOR)
        context = {"page_obj": page, "may_load": may_load}
        return render(request, "banding/framework_list.html", context)


class FrameworkDetail(PortalView):
    allowed_roles = FrameworkList.allowed_roles

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        framework = get_object_or_404(Framework, pk=pk)
        context = {
            "framework": framework,
            "bands": list(framework.bands.all()),
            "areas": areas_with_levels(framework),
            "thresholds": thresholds_with_bands(framework),
            "frozen": is_frozen(framework),
            "combine_words": COMBINE_WORDS[framework.combine_kind],
            "plan_words": " or ".join(PLAN_WORDS[code] for code in framework.plan_types),
        }
        return render(request, "banding/framework_detail.html", context)


class FrameworkUploads(UploadView, abstract=True):
    allowed_roles = ADMINISTRATOR
    model = FrameworkUpload
    heading = "Load a framework"
    create_name = "banding:framework_upload"
    detail_name = "banding:framework_upload_detail"
    parent_name = "banding:framework_list"


class FrameworkUploadCreate(FrameworkUploads, UploadCreate):
    form_class = FrameworkUploadForm
    template_name = "banding/framework_upload.html"


class FrameworkUploadDetail(FrameworkUploads, UploadDetail):
    """Auditors may look, administrators apply."""

    allowed_roles = ADMINISTRATOR | {Role.AUDITOR}
    write_roles = ADMINISTRATOR
    apply_text = "Load this framework"
    applied_text = "The framework is loaded"
    next_text = "See the frameworks"
