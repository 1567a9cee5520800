"""Visits to schools: listed, recorded, put right."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ChangesPage, FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import VISIT_READERS, VISITORS
from schools.models import SchoolVisit
from schools.training.actions import actions_on_visits, visit_actions
from schools.training.selectors import visits_matching
from schools.training.visit_forms import (
    VisitCreateForm,
    VisitFilterForm,
    VisitForm,
    initial_of,
    schools_to_visit,
)
from schools.training.visits import change_visit, record_visit


class VisitList(ListPage[None]):
    """Visits to the schools one works for or looks after, with the advice given."""

    allowed_roles = VISIT_READERS
    template_name = "schools/visit_list.html"
    filter_class = VisitFilterForm
    orders: ClassVar = {
        "school": by("school__name", "-visited_on"),
        "day": by("visited_on", "school__name"),
        "visitor": by("visitor__name", "-visited_on"),
        "next_visit": by("next_on", "school__name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[SchoolVisit]:
        return visits_matching(self.user, wanted)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_visits(self.user)}


class VisitCreate(FormPage[None]):
    allowed_roles = VISITORS
    sends_once = True
    template_name = "schools/visit_edit.html"
    form_class = VisitCreateForm

    def form_options(self) -> dict[str, Any]:
        return {"schools": schools_to_visit(self.user)}

    def act(self, form: VisitCreateForm) -> str:
        school = form.cleaned_data["school"]
        record_visit(school=school, visit=form.visit, by=self.user)
        return f"The visit to {school} is recorded. The school can read the advice."

    def next_url(self) -> str:
        return reverse("schools:visit_list")

    def context(self) -> dict[str, Any]:
        return {"heading": "Record a visit", "up": self.next_url()}


class VisitEdit(ChangesPage[SchoolVisit]):
    """Whoever was there puts right what they recorded."""

    allowed_roles = VISITORS
    template_name = "schools/visit_edit.html"
    form_class = VisitForm

    def find(self) -> SchoolVisit:
        visible = SchoolVisit.objects.visible_to(self.user).select_related("school")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def why_closed(self) -> Any:
        return visit_actions(self.found, self.user).why_not("change")

    def stands(self, row: SchoolVisit) -> dict[str, Any]:
        return initial_of(row)

    def act(self, form: VisitForm) -> str:
        change_visit(visit=self.found, to=form.visit, by=self.user)
        return "The change is saved."

    def next_url(self) -> str:
        return reverse("schools:visit_list")

    def context(self) -> dict[str, Any]:
        return {"heading": f"Visit to {self.found.school}", "up": self.next_url()}
