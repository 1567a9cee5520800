"""Frameworks: the list, the matrix of descriptors, a file on screen (rules.md B1, B2)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from banding.decisions.forms import DecisionForm
from banding.frameworks.actions import actions_on_frameworks
from banding.frameworks.forms import CompareForm
from banding.frameworks.publishing import publish_framework, retire_framework, share_framework
from banding.frameworks.rules import LIMITS
from banding.frameworks.selectors import (
    areas_with_levels,
    earlier_bands_of,
    examples_of,
    framework_as_data,
    frameworks_for_list,
    is_frozen,
    rules_of,
    thresholds_with_bands,
    version_before,
)
from banding.frameworks.versions import COMBINE_WORDS, compare
from banding.models import Framework, FrameworkUpload
from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.roles import ADMINISTRATOR, EVERYONE, Role
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from schools.choices import PlanType

PLAN_WORDS: dict[str, str] = {PlanType.EHCP: "an EHCP", PlanType.SEN_SUPPORT: "SEN Support"}


class FrameworkList(ListPage):
    """The descriptors are no secret: everybody who bands, moderates, pays or follows reads them."""

    allowed_roles = EVERYONE - {Role.SCHOOL_FINANCE}
    template_name = "banding/framework_list.html"

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Framework]:
        return frameworks_for_list(self.user)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_frameworks(self.user)}


class AboutFramework(Page[Framework], abstract=True):
    """One framework the person sees."""

    allowed_roles = FrameworkList.allowed_roles

    def find(self) -> Framework:
        return get_object_or_404(Framework.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"framework": self.found}


def content_of(framework: Framework) -> dict[str, Any]:
    """All that a framework says, for its page and its booklet."""
    areas, bands = areas_with_levels(framework), list(framework.bands.all())
    return {
        "bands": bands,
        "areas": areas,
        "thresholds": thresholds_with_bands(framework),
        "examples": examples_of(framework, areas, bands),
        "earlier": earlier_bands_of(framework),
        "combine_words": COMBINE_WORDS[framework.combine_kind],
        "plan_words": " or ".join(PLAN_WORDS[code] for code in framework.plan_types),
    }


class FrameworkDetail(AboutFramework):
    template_name = "banding/framework_detail.html"

    def context(self) -> dict[str, Any]:
        address = self.request.build_absolute_uri(booklet_url(self.found))
        return content_of(self.found) | {"frozen": is_frozen(self.found), "address": address}


def booklet_url(framework: Framework) -> str:
    return reverse("banding:framework_booklet", args=[framework.code, framework.version])


@method_decorator(login_not_required, name="dispatch")
class FrameworkBooklet(AboutFramework):
    """The whole framework to read, print or send. Its address goes by code and version.

    Without signing in where the administrator opened it to everybody; else as every page.
    """

    template_name = "banding/framework_booklet.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if Framework.objects.open_to_all().filter(**kwargs).exists():
            return View.dispatch(self, request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        return super().dispatch(request, *args, **kwargs)

    def find(self) -> Framework:
        seen = Framework.objects.open_to_all()
        if self.user.is_authenticated:
            seen = Framework.objects.visible_to(self.user)
        return get_object_or_404(seen, **self.kwargs)

    def context(self) -> dict[str, Any]:
        return content_of(self.found)


class FrameworkCompare(AboutFramework):
    """Word by word against another framework, by itself the one before."""

    template_name = "banding/framework_compare.html"

    def context(self) -> dict[str, Any]:
        seen = Framework.objects.visible_to(self.user)
        before = version_before(self.found)
        usual = {"other": before.pk} if before and before in seen else None
        form = CompareForm(self.request.GET if "other" in self.request.GET else usual)
        form.offer("other", seen.exclude(pk=self.found.pk))
        shown: dict[str, Any] = {"form": form}
        if form.is_bound and form.is_valid():
            other = form.cleaned_data["other"]
            compared = compare(framework_as_data(other), framework_as_data(self.found))
            shown |= {"other": other, "comparison": compared}
        return shown


class FrameworkPreview(AboutFramework, FormPage[Framework]):
    """The decision page with an invented pupil: to look before publishing, and to learn."""

    form_class = DecisionForm
    template_name = "banding/framework_preview.html"
    said = ""

    def form_options(self) -> dict[str, Any]:
        areas = areas_with_levels(self.found)
        return {"framework": self.found, "areas": areas, "rules": rules_of(self.found, areas)}

    @classmethod
    def keeps_while_typing(cls) -> bool:
        """Only over a sign-in: what is tried out is not saved, so it is nothing left to do."""
        return False

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if self.request.htmx:
            return render(self.request, "banding/_suggestion.html", {"decision_form": form})
        self.forget_typed()
        if not form.only_asks and form.is_valid():
            band = form.cleaned_data["band"]
            self.said = f"This is complete: a SENCO would save {band}. Nothing is saved here."
        return self.show(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "decision_form": kwargs["form"],
            "said": self.said,
            "suggestion_url": self.request.path,
        }


class FrameworkMove(ActionPage[Framework], abstract=True):
    """A button of the administrator's on the page of a framework."""

    allowed_roles = ADMINISTRATOR

    def find(self) -> Framework:
        return get_object_or_404(Framework, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("banding:framework_detail", args=[self.found.pk])


class FrameworkInForce(FrameworkMove):
    def act(self) -> str:
        publish_framework(framework=self.found, by=self.user)
        return f"{self.found}, version {self.found.version}, is published."


class FrameworkRetire(FrameworkMove):
    def act(self) -> str:
        retire_framework(framework=self.found, by=self.user)
        return f"{self.found}, version {self.found.version}, is retired."


class FrameworkShare(FrameworkMove):
    def act(self) -> str:
        is_open = self.request.POST.get("open") == "yes"
        share_framework(framework=self.found, is_open=is_open, by=self.user)
        if is_open:
            return "Anybody who has the address of the booklet can read it now."
        return "Only people who sign in can read the booklet now."


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
    applied_text = "The framework is loaded. A new one is a draft until you publish it."
    next_text = "See the frameworks"
