"""Schools that closed and became others, and moving what belongs to those (rules.md S1)."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ListPage
from banding_portal.pages.sorting import Order, by
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS, SEND_OFFICER
from schools.choices import ImportKind, SchoolStatus
from schools.forms.conversions import (
    ConversionFilterForm,
    ConversionForm,
    StrandedFilterForm,
    StrandedForm,
)
from schools.models import ImportRecord, Placement, School
from schools.selectors.conversions import (
    Conversion,
    conversion_of,
    conversions_matching,
    placements_left,
    stranded,
)
from schools.services.conversions import Moved, convert_school, place_elsewhere
from schools.services.corrections import what_would_happen
from schools.views.showing import ShowsFirst

DONE_LISTED = 20


class ConversionList(ListPage[None]):
    """Those of which something is left to move, the latest first; all where that is ticked."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    template_name = "schools/conversion_list.html"
    filter_class = ConversionFilterForm
    orders: ClassVar = {
        "school": Order(key=lambda each: each.school.name),
        "pupils_left": Order(key=lambda each: each.pupils),
        "roles_left": Order(key=lambda each: len(each.roles)),
        "queries_left": Order(key=lambda each: each.queries),
    }

    def rows(self, wanted: dict[str, Any]) -> list[Conversion]:
        return conversions_matching(wanted)

    def context(self) -> dict[str, Any]:
        done = ImportRecord.objects.visible_to(self.user).filter(kind=ImportKind.CONVERSION)
        return {
            "may_move": self.user.has_role(*COLLECTION_RUNNERS),
            "done": done.select_related("made_by")[:DONE_LISTED],
        }


class StrandedList(ShowsFirst[None], ListPage[None]):
    """Pupils who are still placed at a closed school. Some are ticked and placed elsewhere; what
    that brings is shown first.
    """

    allowed_roles = SEND_OFFICER
    template_name = "schools/stranded_list.html"
    filter_class = StrandedFilterForm
    orders: ClassVar = {
        "pupil": by("pupil__surname", "pupil__forename"),
        "school": by("school__name", "pupil__surname", "pupil__forename"),
        "closed": by("school__closed_on", "school__name"),
        "placed_since": by("start", "pupil__surname"),
    }
    form_class = StrandedForm

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Placement]:
        return stranded(wanted)

    def form_options(self) -> dict[str, Any]:
        return {"count": self.page_obj.paginator.count}

    def place(self, form: StrandedForm) -> Moved:
        given = form.cleaned_data
        chosen = self.rows(self.wanted) if given["everything"] else given["placements"]
        return place_elsewhere(
            placements=[row.pk for row in chosen],
            school=given["to"],
            since=given["since"],
            by=self.user,
        )

    def try_out(self, form: StrandedForm) -> list[str]:
        return effects_of(lambda: self.place(form))

    def act(self, form: StrandedForm) -> str:
        self.moved = self.place(form)
        return "They are placed. What was changed is below, and can be undone."

    def next_url(self) -> str:
        return url_of_record(getattr(self, "moved", None)) or self.request.get_full_path()


class ConversionPage(ShowsFirst[School]):
    """What of a closed school moves where; shown with what it brings, then done."""

    allowed_roles = COLLECTION_RUNNERS
    template_name = "schools/conversion.html"
    form_class = ConversionForm

    def find(self) -> School:
        closed = School.objects.visible_to(self.user).filter(status=SchoolStatus.CLOSED)
        return get_object_or_404(closed, pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        school = self.found
        self.conversion = conversion_of(school) or Conversion(school, [], (), 0, [])

    def form_options(self) -> dict[str, Any]:
        return {"conversion": self.conversion, "placements": self.placements()}

    def placements(self) -> list[Placement]:
        """Of the pupils who have to be told apart, by whoever sees their names."""
        asks = self.conversion.is_split and self.user.has_role(*SEND_OFFICER)
        return list(placements_left(self.found)) if asks else []

    def convert(self, form: ConversionForm) -> Moved:
        return convert_school(
            school=self.found,
            pupils=form.pupils,
            roles=form.roles,
            ends_roles=form.cleaned_data.get("ends_roles", False),
            by=self.user,
        )

    def try_out(self, form: ConversionForm) -> list[str]:
        return effects_of(lambda: self.convert(form))

    def act(self, form: ConversionForm) -> str:
        self.moved = self.convert(form)
        return "Everything has moved. What was changed is below, and can be undone."

    def next_url(self) -> str:
        return url_of_record(getattr(self, "moved", None)) or reverse("schools:conversion_list")

    def context(self) -> dict[str, Any]:
        return {
            "conversion": self.conversion,
            "school": self.found,
            "asks_elsewhere": self.conversion.is_split and not self.user.has_role(*SEND_OFFICER),
            "parent_url": reverse("schools:conversion_list"),
        }


def effects_of(move: Callable[[], Moved]) -> list[str]:
    """What moving would bring, as sentences; nothing of it is kept."""
    said: list[str] = []
    heard = what_would_happen(lambda: said.extend(move().said))
    return [*said, *heard]


def url_of_record(moved: Moved | None) -> str:
    """Of the page that shows what was moved, and undoes it."""
    if moved is None or moved.record is None:
        return ""
    return reverse("schools:import_detail", args=[moved.record.pk])
