"""Collections: the list, opening one, how far the schools are (rules.md B6, B7)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from banding.choices import CollectionKind, ReturnState
from banding.collections.forms import CollectionForm
from banding.collections.selectors import (
    collections_for_list,
    overview_of,
    returns_to_chase,
    with_progress,
)
from banding.collections.services import open_collection, roll_of, sync_return_pupils
from banding.models import Collection
from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import ALL_PUPIL_ROLES, COLLECTION_FOLLOWERS, COLLECTION_RUNNERS
from schools.choices import Sector


class CollectionList(PortalView):
    allowed_roles = COLLECTION_FOLLOWERS

    def get(self, request: HttpRequest) -> HttpResponse:
        found = collections_for_list(Collection.objects.visible_to(request.user))
        page = Paginator(found, 25).get_page(request.GET.get("page"))
        may_open = request.user.has_role(*COLLECTION_RUNNERS)
        reads_queues = request.user.has_role(*ALL_PUPIL_ROLES)
        context = {"page_obj": page, "may_open": may_open, "reads_queues": reads_queues}
        return render(request, "banding/collection_list.html", context)


class CollectionCreate(PortalView):
    """Filled in, then previewed with the number of schools and pupils, then opened."""

    allowed_roles = COLLECTION_RUNNERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, CollectionForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CollectionForm(request.POST)
        if not form.is_valid() or "change" in request.POST:
            return self.page(request, form)
        if "open" not in request.POST:
            return self.preview(request, form)
        try:
            collection = open_collection(**form.cleaned_data)
        except RefusalError as error:
            for problem in error.problems:
                form.add_error(None, problem)
            return self.page(request, form)
        messages.success(request, f"{collection} is open. Its schools have their returns.")
        return redirect("banding:collection_detail", collection.pk)

    def page(self, request: HttpRequest, form: CollectionForm) -> HttpResponse:
        return render(request, "banding/collection_create.html", {"form": form})

    def preview(self, request: HttpRequest, form: CollectionForm) -> HttpResponse:
        given = form.cleaned_data
        roll = roll_of(
            given["framework"], given["sectors"], given["reference_date"], timezone.localdate()
        )
        typed = [(name, value) for name, values in request.POST.lists() for value in values]
        context = {
            "given": given,
            "kind": CollectionKind(given["kind"]).label,
            "sectors": ", ".join(Sector(sector).label for sector in given["sectors"]),
            "roll": roll,
            "typed": without_token(typed),
        }
        return render(request, "banding/collection_preview.html", context)


def without_token(typed: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in typed if name != "csrfmiddlewaretoken"]


class CollectionDetail(PortalView):
    """Submitted, in progress, not started; whom to chase; what waits to be accepted."""

    allowed_roles = COLLECTION_FOLLOWERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        collection = self.found(request, pk)
        owing = Paginator(returns_to_chase(collection), 50).get_page(request.GET.get("page"))
        handed_in = with_progress(collection.returns.exclude(submitted_at=None)).exclude(
            state__in=[ReturnState.RETURNED, ReturnState.IN_PROGRESS]
        )
        context = {
            "collection": collection,
            "overview": overview_of(collection),
            "page_obj": owing,
            "handed_in": handed_in.select_related("school", "collection").order_by(
                "-state", "submitted_at"
            )[:200],
            "may_run": request.user.has_role(*COLLECTION_RUNNERS),
        }
        return render(request, "banding/collection_detail.html", context)

    def found(self, request: HttpRequest, pk: UUID) -> Collection:
        found = Collection.objects.visible_to(request.user).select_related("framework")
        return get_object_or_404(found, pk=pk)


class CollectionSync(PortalView):
    """Bring pupils who came since onto the returns still open."""

    allowed_roles = COLLECTION_RUNNERS

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        collection = get_object_or_404(Collection.objects.visible_to(request.user), pk=pk)
        added = sync_return_pupils(collection)
        words = {0: "No pupils were missing.", 1: "1 pupil was added."}
        messages.success(request, words.get(added, f"{added:,} pupils were added."))
        return redirect("banding:collection_detail", pk)
