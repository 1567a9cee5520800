"""Resources: read and downloaded by whom they are for, kept by the authority."""

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.documents.views import DocumentDownload
from banding_portal.pages import ActionPage, ChangesPage, FormPage, ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import EVERYONE, RESOURCE_KEEPERS
from schools.models import Resource, ResourceDocument
from schools.resources.actions import (
    actions_on_resources,
    resource_actions,
    why_not_downloaded,
)
from schools.resources.forms import (
    DocumentForm,
    KeeperFilterForm,
    ResourceFilterForm,
    ResourceForm,
    WithdrawForm,
    initial_of,
    initial_of_next,
)
from schools.resources.selectors import (
    earlier_versions,
    portal_pages,
    reads_all,
    resources_matching,
    version_in_use,
)
from schools.resources.services import (
    add_resource,
    attach_document,
    change_resource,
    count_download,
    delete_resource,
    publish_resource,
    renew_resource,
    withdraw_resource,
)
from schools.selectors.audiences import audience_words


class ResourceList(ListPage[None]):
    """What is in use for the person, beside the portal's own pages; all of it for who keeps it."""

    allowed_roles = EVERYONE
    template_name = "schools/resource_list.html"
    orders: ClassVar = {
        "title": by("title", "-dated_on"),
        "version": by("version", "title"),
        "date": by("dated_on", "title"),
        "state": by("state", "title"),
        "downloads": by("downloads", "title"),
    }

    @property
    def filter_class(self) -> type[ResourceFilterForm]:  # type: ignore[override]
        return KeeperFilterForm if reads_all(self.user) else ResourceFilterForm

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Resource]:
        return resources_matching(self.user, wanted)

    def context(self) -> dict[str, Any]:
        return {
            "can": actions_on_resources(self.user),
            "reads_all": reads_all(self.user),
            "pages": portal_pages(self.user),
        }


class ResourceCreate(FormPage[None]):
    allowed_roles = RESOURCE_KEEPERS
    sends_once = True
    template_name = "schools/resource_edit.html"
    form_class = ResourceForm

    def act(self, form: ResourceForm) -> str:
        self.made = add_resource(described=form.described, by=self.user)
        return "The draft is saved. Nobody sees it until you publish it."

    def next_url(self) -> str:
        return reverse("schools:resource_detail", args=[self.made.pk])

    def context(self) -> dict[str, Any]:
        return {"heading": "Add a resource", "up": reverse("schools:resource_list")}


class AboutResource(About[Resource], abstract=True):
    """What every page of one version shares."""

    def find(self) -> Resource:
        visible = Resource.objects.visible_to(self.user)
        visible = visible.select_related("document", "replaces", "replaced_by")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("schools:resource_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {"resource": self.found, "up": self.next_url()}


class ResourceDetail(AboutResource, Page[Resource]):
    """What it is, its document or address, and the same as text on the page itself."""

    allowed_roles = EVERYONE
    template_name = "schools/resource_detail.html"

    def context(self) -> dict[str, Any]:
        all_of_it = reads_all(self.user)
        shown = {
            "up": reverse("schools:resource_list"),
            "can": resource_actions(self.found, self.user),
            "reads_all": all_of_it,
            "audience": audience_words(self.found) if all_of_it else [],
            "earlier": earlier_versions(self.found) if all_of_it else [],
            "in_use": version_in_use(self.found, self.user),
        }
        return super().context() | shown


class ResourceFile(DocumentDownload):
    """Its document, counted; a previous version is refused and leads back to its page."""

    allowed_roles = EVERYONE

    def prepare(self) -> None:
        self.resource  # noqa: B018 (404 before anything else)

    def find(self) -> ResourceDocument:
        return get_object_or_404(ResourceDocument, resource=self.resource)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if reasons := why_not_downloaded(self.resource):
            return self.refused(RefusalError(*reasons))
        if not self.found.is_readable:
            raise Http404
        if self.request.method == "GET" and "Range" not in self.request.headers:
            count_download(resource=self.resource, by=self.user)
        return super().get(*args, **kwargs)

    def next_url(self) -> str:
        return reverse("schools:resource_detail", args=[self.resource.pk])

    @cached_property
    def resource(self) -> Resource:
        """Of a previous version the page says which one is in use, whatever became of its file."""
        visible = Resource.objects.visible_to(self.user)
        return get_object_or_404(visible, pk=self.kwargs["pk"])


class ResourceEdit(AboutResource, ChangesPage[Resource]):
    allowed_roles = RESOURCE_KEEPERS
    template_name = "schools/resource_edit.html"
    form_class = ResourceForm

    def why_closed(self) -> Any:
        return resource_actions(self.found, self.user).why_not("change")

    def stands(self, row: Resource) -> dict[str, Any]:
        return initial_of(row)

    def act(self, form: ResourceForm) -> str:
        change_resource(resource=self.found, described=form.described, by=self.user)
        return "The draft is saved."

    def context(self) -> dict[str, Any]:
        return super().context() | {"heading": "Change this resource"}


class ResourceAttach(AboutResource, FormPage[Resource]):
    """The document of a draft; another takes the place of the one before."""

    allowed_roles = RESOURCE_KEEPERS
    template_name = "schools/resource_attach.html"
    form_class = DocumentForm

    def why_closed(self) -> Any:
        return resource_actions(self.found, self.user).why_not("attach")

    def act(self, form: DocumentForm) -> str:
        file = form.cleaned_data["file"]
        sent = {"filename": file.name, "content": file.read()}
        document = attach_document(resource=self.found, by=self.user, **sent)
        held = "" if document.is_readable else " It waits for the virus scan."
        return f"The document is there.{held}"


class ResourceRenew(AboutResource, FormPage[Resource]):
    """The next version of one in use, as a draft."""

    allowed_roles = RESOURCE_KEEPERS
    template_name = "schools/resource_edit.html"
    form_class = ResourceForm

    def why_closed(self) -> Any:
        return resource_actions(self.found, self.user).why_not("renew")

    def get_initial(self) -> dict[str, Any]:
        return initial_of_next(self.found)

    def act(self, form: ResourceForm) -> str:
        self.made = renew_resource(resource=self.found, described=form.described, by=self.user)
        return "The draft is saved. The previous version stays in use until you publish this one."

    def next_url(self) -> str:
        made = getattr(self, "made", self.found)
        return reverse("schools:resource_detail", args=[made.pk])

    def context(self) -> dict[str, Any]:
        heading = f"New version of {self.found.title}"
        return super().context() | {"heading": heading}


class ResourcePublish(AboutResource, ActionPage[Resource]):
    allowed_roles = RESOURCE_KEEPERS

    def act(self) -> str:
        publish_resource(resource=self.found, by=self.user)
        return "It is published. The people it is for can find it under “Resources”."


class ResourceWithdraw(AboutResource, FormPage[Resource]):
    allowed_roles = RESOURCE_KEEPERS
    template_name = "schools/resource_withdraw.html"
    form_class = WithdrawForm

    def why_closed(self) -> Any:
        return resource_actions(self.found, self.user).why_not("withdraw")

    def act(self, form: WithdrawForm) -> str:
        reason = form.cleaned_data["reason"]
        withdraw_resource(resource=self.found, reason=reason, by=self.user)
        return "It is withdrawn. Nobody can download it any more."


class ResourceDelete(AboutResource, ActionPage[Resource]):
    allowed_roles = RESOURCE_KEEPERS

    def act(self) -> str:
        delete_resource(resource=self.found, by=self.user)
        return "The draft is deleted."

    def next_url(self) -> str:
        return reverse("schools:resource_list")

    def back_url(self) -> str:
        return super().next_url()
