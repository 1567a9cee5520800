"""Frameworks: the list, the matrix of descriptors, a file on screen (rules.md B1, B2)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from banding.choices import CombineKind
from banding.frameworks.actions import actions_on_frameworks
from banding.frameworks.rules import LIMITS
from banding.frameworks.selectors import (
    areas_with_levels,
    frameworks_for_list,
    is_frozen,
    thresholds_with_bands,
)
from banding.models import Framework, FrameworkUpload
from banding_portal.pages import ListPage, Page
from banding_portal.roles import ADMINISTRATOR, EVERYONE, Role
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from schools.choices import PlanType

PLAN_WORDS: dict[str, str] = {PlanType.EHCP: "an EHCP", PlanType.SEN_SUPPORT: "SEN Support"}
COMBINE_WORDS: dict[str, str] = {
    CombineKind.HIGHEST_NEED: "Each level points to a band. "
    "The highest band among the levels chosen is suggested.",
    CombineKind.BEST_FIT: "Each level points to a band. "
    "The band most areas point to is suggested; of bands that tie, the higher one.",
    CombineKind.WEIGHTED_SUM: "Each level has points. An area's points are multiplied by its "
    "weight, up to the most the area can count. The total says which band is suggested.",
}


class FrameworkList(ListPage):
    """The descriptors are no secret: everybody who bands, moderates, pays or follows reads them."""

    allowed_roles = EVERYONE - {Role.SCHOOL_FINANCE}
    template_name = "banding/framework_list.html"
    page_size = 25

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Framework]:
        return frameworks_for_list()

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_frameworks(self.user)}


class FrameworkDetail(Page[Framework]):
    allowed_roles = FrameworkList.allowed_roles
    template_name = "banding/framework_detail.html"

    def find(self) -> Framework:
        return get_object_or_404(Framework, pk=self.kwargs["pk"])

    def context(self) -> dict[str, Any]:
        return {
            "framework": self.found,
            "bands": list(self.found.bands.all()),
            "areas": areas_with_levels(self.found),
            "thresholds": thresholds_with_bands(self.found),
            "frozen": is_frozen(self.found),
            "combine_words": COMBINE_WORDS[self.found.combine_kind],
            "plan_words": " or ".join(PLAN_WORDS[code] for code in self.found.plan_types),
        }


class FrameworkUploads(UploadPages, abstract=True):
    allowed_roles = ADMINISTRATOR
    model = FrameworkUpload
    heading = "Load a framework"
    create_name = "banding:framework_upload"
    detail_name = "banding:framework_upload_detail"
    parent_name = "banding:framework_list"


class FrameworkUploadCreate(FrameworkUploads, UploadCreate):
    limits = LIMITS
    template_name = "banding/framework_upload.html"


class FrameworkUploadDetail(FrameworkUploads, UploadDetail):
    """Auditors may look, administrators apply."""

    allowed_roles = ADMINISTRATOR | {Role.AUDITOR}
    write_roles = ADMINISTRATOR
    apply_text = "Load this framework"
    applied_text = "The framework is loaded"
    next_text = "See the frameworks"
