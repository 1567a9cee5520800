"""What pupils without a school have instead: kept here, and who is paid for it (rules.md S14)."""

from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS
from schools.actions.register import actions_on_arrangements
from schools.forms.arrangements import ArrangementChangeForm, ArrangementForm
from schools.models import Placement, School
from schools.services.arrangements import add_arrangement, change_arrangement


class ArrangementList(ListPage[None]):
    """Home education, between schools, and the providers and accounts of EOTAS packages."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    template_name = "schools/arrangement_list.html"
    orders: ClassVar = {
        "name": by("name"),
        "code": by("urn"),
        "what_it_is": by("arrangement", "name"),
        "pupils_now": by("pupil_count", "name"),
        "state": by("status", "name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[School]:
        today = Placement.objects.on(timezone.localdate())
        there = School.objects.exclude(arrangement="").order_by("arrangement", "name", "urn")
        placed = Count("placements", filter=Q(placements__in=today), distinct=True)
        return there.annotate(pupil_count=placed)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_arrangements(self.user)}


class ArrangementCreate(FormPage[None]):
    allowed_roles = COLLECTION_RUNNERS
    sends_once = True
    template_name = "schools/arrangement_form.html"
    form_class = ArrangementForm

    def act(self, form: ArrangementForm) -> str:
        made = add_arrangement(**form.cleaned_data, by=self.user)
        return f"{made.name} has been added, as {made.urn}. Pupils can be placed at it now."

    def next_url(self) -> str:
        return reverse("schools:arrangement_list")

    def context(self) -> dict[str, Any]:
        return {"heading": "Add an arrangement without a school", "parent_url": self.next_url()}


class ArrangementEdit(FormPage[School]):
    allowed_roles = COLLECTION_RUNNERS
    template_name = "schools/arrangement_form.html"
    form_class = ArrangementChangeForm

    def find(self) -> School:
        return get_object_or_404(School.objects.exclude(arrangement=""), pk=self.kwargs["pk"])

    def form_options(self) -> dict[str, Any]:
        return {"arrangement": self.found}

    def get_initial(self) -> dict[str, Any]:
        found = self.found
        return {
            "name": found.name,
            "payee_reference": found.payee_reference,
            "ends_on": found.closed_on,
        }

    def act(self, form: ArrangementChangeForm) -> str:
        now = {"name": self.found.name, "payee_reference": self.found.payee_reference}
        change_arrangement(arrangement=self.found, **now | form.cleaned_data, by=self.user)
        return "It is saved."

    def next_url(self) -> str:
        return reverse("schools:arrangement_list")

    def context(self) -> dict[str, Any]:
        return {"heading": f"Change {self.found.name}", "parent_url": self.next_url()}
