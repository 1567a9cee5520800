"""Collections: the list, how far the schools are (rules.md B6, B7)."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding.choices import CollectionKind
from banding.collections.actions import actions_on_collections, collection_actions
from banding.collections.chasing import rows_of, with_activity
from banding.collections.forms import CollectionFilterForm, CollectionReturnsForm
from banding.collections.milestones import events_of
from banding.collections.modelling import modelling_verdict
from banding.collections.pace import pace_of
from banding.collections.selectors import (
    collections_for_list,
    collections_matching,
    overview_of,
    returns_handed_in,
    returns_of_schools,
    returns_to_chase,
    sector_figures,
)
from banding.collections.services import sync_return_pupils
from banding.models import Collection, Return
from banding_portal.calendars import calendar_of
from banding_portal.pages import ActionPage, ListPage
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import (
    BANDING_SCHOOL_ROLES,
    COLLECTION_FOLLOWERS,
    COLLECTION_RUNNERS,
    INCLUSION_PARTNER,
)
from schools.training.selectors import untrained_count

FIRST_IN = 5
"""Submitted returns beside those to chase; all of them on pages of their own."""


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
    filter_class = CollectionFilterForm
    usual = "-deadline"
    orders: ClassVar = {
        "collection": by("name"),
        "kind": by("kind", "-deadline"),
        "framework": by("framework__name", "-deadline"),
        "opens": by("opens_on", "name"),
        "deadline": by("deadline", "name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Collection]:
        return collections_for_list(collections_matching(self.user, wanted))

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_collections(self.user)}


class CollectionDetail(AboutCollection, ListPage):
    """Submitted, in progress, not started; whom to chase; what waits to be accepted."""

    allowed_roles = COLLECTION_FOLLOWERS
    template_name = "banding/collection_detail.html"
    filter_class = CollectionReturnsForm
    page_size = 10
    orders: ClassVar = {
        "school": by("school__name"),
        "quadrant": by("school__quadrant__name", "school__name"),
        "pupils_done": by(F("done_count") - F("pupil_count"), "school__name"),
        "pupils": by("pupil_count", "school__name"),
        "due": by(Coalesce("extended_to", "collection__deadline"), "school__name"),
        "submitted": by("submitted_at", "school__name"),
        "state": by("state", "school__name"),
        "last_activity": by("last_activity", "school__name"),
    }

    @property
    def only_in(self) -> bool:
        """Whether those that are in are the list, page by page; else those to chase."""
        return self.wanted.get("show") == "in"

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Return]:
        returns = with_activity(returns_of_schools(self.found, wanted))
        return returns_handed_in(returns) if self.only_in else returns_to_chase(returns)

    def context(self) -> dict[str, Any]:
        overview = overview_of(self.found)
        is_exercise = self.found.kind == CollectionKind.EXERCISE
        figures = sector_figures(self.found.framework) if is_exercise else []
        return {
            "figures": figures,
            "modelling": modelling_verdict(figures),
            "enough": settings.MODELLING_PERCENT,
            "collection": self.found,
            "overview": overview,
            "pace": pace_of(self.found, overview.all.total, timezone.localdate()),
            "only_in": self.only_in,
            "to_chase": [] if self.only_in else rows_of(self.page_obj),
            "handed_in": self.handed_in(),
            "can": collection_actions(self.found, self.user),
            "moves": self.found.moves.select_related("moved_by"),
            "untrained": untrained_count(self.user, self.found.pk),
        }

    def handed_in(self) -> Any:
        """The first of those that are in, where those to chase are shown as well."""
        if self.only_in or self.wanted.get("show"):
            return None
        returns = returns_handed_in(with_activity(returns_of_schools(self.found, self.wanted)))
        return Paginator(self.sorting.of(returns), FIRST_IN).get_page(1)


class CollectionCalendar(AboutCollection):
    """Its days as a file for a calendar; of the collection alone, without a pupil (R3)."""

    allowed_roles = COLLECTION_FOLLOWERS | BANDING_SCHOOL_ROLES | INCLUSION_PARTNER
    template_name = ""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        uid, days = f"{self.found.pk}@banding", self.found.milestones
        text = calendar_of(events_of(self.found.name, uid, days), timezone.now())
        disposition = {"Content-Disposition": f'attachment; filename="{self.found.code}.ics"'}
        return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=disposition)


class CollectionSync(AboutCollection, ActionPage):
    """Bring pupils who came since onto the returns still open."""

    allowed_roles = COLLECTION_RUNNERS

    def act(self) -> str:
        added = sync_return_pupils(self.found, by=self.user)
        words = {0: "No pupils were missing.", 1: "1 pupil was added."}
        return words.get(added, f"{added:,} pupils were added.")
