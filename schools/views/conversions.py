"""Schools that closed and became others, and moving what belongs to those (rules.md S1)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ListPage
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS, SEND_OFFICER
from schools.choices import ImportKind
from schools.forms.conversions import ConversionFilterForm, ConversionForm
from schools.models import ImportRecord, Placement, School
from schools.selectors.conversions import (
    Conversion,
    conversion_of,
    conversions_matching,
    placements_left,
)
from schools.services.conversions import Moved, convert_school
from schools.services.corrections import what_would_happen
from schools.views.showing import ShowsFirst

DONE_LISTED = 20


class ConversionList(ListPage[None]):
    """Those of which something is left to move, the latest first; all where that is ticked."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    template_name = "schools/conversion_list.html"
    filter_class = ConversionFilterForm

    def rows(self, wanted: dict[str, Any]) -> list[Conversion]:
        return conversions_matching(wanted)

    def context(self) -> dict[str, Any]:
        done = ImportRecord.objects.visible_to(self.user).filter(kind=ImportKind.CONVERSION)
        return {
            "may_move": self.user.has_role(*COLLECTION_RUNNERS),
            "done": done.select_related("made_by")[:DONE_LISTED],
        }


class ConversionPage(ShowsFirst[School]):
    """What of a closed school moves where; shown with what it brings, then done."""

    allowed_roles = COLLECTION_RUNNERS
    template_name = "schools/conversion.html"
    form_class = ConversionForm

    def find(self) -> School:
        return get_object_or_404(School.objects.visible_to(self.user), pk=self.kwargs["pk"])

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
        said: list[str] = []
        heard = what_would_happen(lambda: said.extend(self.convert(form).said))
        return [*said, *heard]

    def act(self, form: ConversionForm) -> str:
        self.moved = self.convert(form)
        return "It has moved. What was changed is below, and can be undone."

    def next_url(self) -> str:
        moved = getattr(self, "moved", None)
        if moved and moved.record:
            return reverse("schools:import_detail", args=[moved.record.pk])
        return reverse("schools:conversion_list")

    def context(self) -> dict[str, Any]:
        return {
            "conversion": self.conversion,
            "school": self.found,
            "asks_elsewhere": self.conversion.is_split and not self.user.has_role(*SEND_OFFICER),
            "parent_url": reverse("schools:conversion_list"),
        }
