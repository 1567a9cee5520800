"""Frameworks: the list, the matrix of descriptors, a file on screen (rules.md B1, B2)."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding.choices import CombineKind
from banding.frameworks.forms import FrameworkUploadForm
from banding.frameworks.selectors import (
    areas_with_levels,
    frameworks_for_list,
    is_frozen,
    thresholds_with_bands,
)
from banding.frameworks.services import FrameworkError, load_framework, read_framework_file
from banding.models import Framework
from banding_portal.access import PortalView
from banding_portal.roles import ADMINISTRATOR, EVERYONE, Role
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


class FrameworkUpload(PortalView):
    """A framework's JSON file, checked and loaded, or its problems listed."""

    allowed_roles = ADMINISTRATOR

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "banding/framework_upload.html", {"form": FrameworkUploadForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FrameworkUploadForm(request.POST, request.FILES)
        problems: list[object] = []
        if form.is_valid():
            try:
                data = read_framework_file(form.cleaned_data["file"].read())
                loaded = load_framework(data)
            except FrameworkError as error:
                problems = error.problems
                form.add_error("file", "The file has problems. Nothing has been changed.")
            else:
                messages.success(request, f"{loaded.framework}: {loaded.change}.")
                return redirect("banding:framework_detail", loaded.framework.pk)
        context = {"form": form, "problems": problems}
        return render(request, "banding/framework_upload.html", context)
