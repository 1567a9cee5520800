"""Collections: the list, opening one, how far the schools are (rules.md B6, B7)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from banding.choices import CollectionKind, ReturnState
from banding.collections.actions import actions_on_collections, collection_actions
from banding.collections.forms import CollectionForm
from banding.collections.milestones import calendar_of
from banding.collections.selectors import (
    collections_for_list,
    overview_of,
    returns_to_chase,
    with_progress,
)
from banding.collections.services import open_collection, sync_return_pupils
from banding.collections.warnings import warnings_of
from banding.models import Collection, Return
from banding.returns.homes import roll_of
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.base import About
from banding_portal.roles import (
    BANDING_SCHOOL_ROLES,
    COLLECTION_FOLLOWERS,
    COLLECTION_RUNNERS,
    INCLUSION_PARTNER,
)
from schools.choices import Sector

NOT_IN = [ReturnState.RETURNED, ReturnState.IN_PROGRESS]


class AboutCollection(About[Collection], abstract=True):
    """A page about a collection, named by `pk` in the address."""

    def find(self) -> Collection:
        found = Collection.objects.visible_to(self.user).select_related("framework")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("banding:collection_detail", args=[self.found.pk])


class CollectionList(ListPage):
    allowed_roles = COLLECTION_FOLLOWERS
    template_name = "banding/collection_list.html"
    page_size = 25

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Collection]:
        return collections_for_list(Collection.objects.visible_to(self.user))

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_collections(self.user)}


class CollectionCreate(FormPage):
    """Filled in, then previewed with the number of schools and pupils, then opened."""

    allowed_roles = COLLECTION_RUNNERS
    form_class = CollectionForm
    template_name = "banding/collection_create.html"
    opened: Collection

    def form_valid(self, form: CollectionForm) -> HttpResponse:
        if "change" in self.request.POST:
            return self.show(form)
        return super().form_valid(form) if "open" in self.request.POST else self.preview(form)

    def act(self, form: CollectionForm) -> str:
        self.opened = open_collection(by=self.user, **form.cleaned_data)
        return f"{self.opened} is open. Its schools have their returns."

    def next_url(self) -> str:
        return reverse("banding:collection_detail", args=[self.opened.pk])

    def preview(self, form: CollectionForm) -> HttpResponse:
        given = form.cleaned_data
        roll = roll_of(
            given["framework"], given["sectors"], given["reference_date"], timezone.localdate()
        )
        lists = self.request.POST.lists()
        typed = [(name, value) for name, values in lists for value in values]
        context = {
            "given": given,
            "kind": CollectionKind(given["kind"]).label,
            "sectors": ", ".join(Sector(sector).label for sector in given["sectors"]),
            "roll": roll,
            "framework": f"{given['framework']}, version {given['framework'].version}",
            "warnings": warnings_of(given["framework"], given["sectors"], given["reference_date"]),
            "is_past": given["deadline"] < timezone.localdate(),
            "typed": [(name, value) for name, value in typed if name != "csrfmiddlewaretoken"],
        }
        return render(self.request, "banding/collection_preview.html", context)


class CollectionDetail(AboutCollection, ListPage):
    """Submitted, in progress, not started; whom to chase; what waits to be accepted."""

    allowed_roles = COLLECTION_FOLLOWERS
    template_name = "banding/collection_detail.html"

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Return]:
        return returns_to_chase(self.found)

    def context(self) -> dict[str, Any]:
        handed_in = with_progress(self.found.returns.exclude(submitted_at=None))
        handed_in = handed_in.exclude(state__in=NOT_IN).select_related("school", "collection")
        return {
            "collection": self.found,
            "overview": overview_of(self.found),
            "handed_in": handed_in.order_by("-state", "submitted_at")[:200],
            "can": collection_actions(self.found, self.user),
            "moves": self.found.moves.select_related("moved_by"),
        }


class CollectionCalendar(AboutCollection):
    """Its days as a file for a calendar; of the collection alone, without a pupil (R3)."""

    allowed_roles = COLLECTION_FOLLOWERS | BANDING_SCHOOL_ROLES | INCLUSION_PARTNER
    template_name = ""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        uid, milestones = f"{self.found.pk}@banding", self.found.milestones
        text = calendar_of(self.found.name, uid, milestones, timezone.now())
        disposition = {"Content-Disposition": f'attachment; filename="{self.found.code}.ics"'}
        return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=disposition)


class CollectionSync(AboutCollection, ActionPage):
    """Bring pupils who came since onto the returns still open."""

    allowed_roles = COLLECTION_RUNNERS

    def act(self) -> str:
        added = sync_return_pupils(self.found, by=self.user)
        words = {0: "No pupils were missing.", 1: "1 pupil was added."}
        return words.get(added, f"{added:,} pupils were added.")
