"""Maintaining pupils: the SEND operations officer's forms."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.forms.pupils import EndForm, PlacementForm, PlanForm, PupilForm
from schools.models import Placement, Plan, Pupil
from schools.services import pupils as service


class PupilFormView(PortalView, abstract=True):
    """A form about a pupil; `save` calls one service and its RefusalError shows on top."""

    allowed_roles = (Role.SEND_OFFICER,)
    form_class: ClassVar[type[BaseForm]]
    heading: ClassVar[str]
    saved: ClassVar[str]

    def find(self, request: HttpRequest, ids: Mapping[str, Any]) -> Any:
        """What the form is about."""
        return get_object_or_404(Pupil.objects.visible_to(request.user), pk=ids["pk"])

    def pupil_of(self, about: Any) -> Pupil:
        return about

    def form_for(self, about: Any, data: Any = None) -> Any:
        return self.form_class(data)

    def save(self, about: Any, data: dict[str, Any]) -> Any:
        raise NotImplementedError

    def get(self, request: HttpRequest, **ids: UUID) -> HttpResponse:
        about = self.find(request, ids)
        return self.show(request, about, self.form_for(about))

    def post(self, request: HttpRequest, **ids: UUID) -> HttpResponse:
        about = self.find(request, ids)
        form = self.form_for(about, request.POST)
        if not form.is_valid():
            return self.show(request, about, form)
        try:
            changed = self.save(about, form.cleaned_data)
        except RefusalError as problem:
            form.add_error(None, str(problem))
            return self.show(request, about, form)
        messages.success(request, self.saved)
        return redirect("schools:pupil_detail", pk=self.pupil_of(changed).pk)

    def show(self, request: HttpRequest, about: Any, form: Any) -> HttpResponse:
        pupil = self.pupil_of(about) if about is not None else None
        url = reverse("schools:pupil_list")
        if pupil:
            url = reverse("schools:pupil_detail", args=[pupil.pk])
        context = {"form": form, "pupil": pupil, "heading": self.heading, "parent_url": url}
        return render(request, "schools/pupil_form.html", context)


class PupilCreate(PupilFormView):
    form_class = PupilForm
    heading, saved = "Add a pupil", "The pupil is added. Now add a placement and a plan."

    def find(self, request: HttpRequest, ids: Mapping[str, Any]) -> None:
        return None

    def save(self, about: Any, data: dict[str, Any]) -> Pupil:
        return service.create_pupil(today=timezone.localdate(), **data)


class PupilEdit(PupilFormView):
    form_class = PupilForm
    heading, saved = "Change the pupil's details", "The details are saved."

    def form_for(self, about: Pupil, data: Any = None) -> PupilForm:
        year = about.year_group_on(timezone.localdate())
        recorded = {} if about.recorded_year_group is None else {"year_group": year}
        return PupilForm(data, instance=about, initial=recorded)

    def save(self, about: Pupil, data: dict[str, Any]) -> Pupil:
        return service.update_pupil(about, today=timezone.localdate(), **data)


class PlacementAdd(PupilFormView):
    form_class = PlacementForm
    heading, saved = "Add a placement", "The placement is saved."

    def pupil_of(self, about: Any) -> Pupil:
        return about if isinstance(about, Pupil) else about.pupil

    def save(self, about: Pupil, data: dict[str, Any]) -> Placement:
        return service.place_pupil(pupil=about, **data)


class PlanAdd(PlacementAdd):
    form_class = PlanForm
    heading, saved = "Add a plan", "The plan is saved."

    def save(self, about: Pupil, data: dict[str, Any]) -> Any:
        return service.start_plan(pupil=about, **data)


class PlacementEnd(PupilFormView):
    form_class = EndForm
    heading, saved = "End the placement", "The placement's last day is saved."

    def find(self, request: HttpRequest, ids: Mapping[str, Any]) -> Placement:
        visible = Placement.objects.visible_to(request.user).select_related("pupil", "school")
        return get_object_or_404(visible, pk=ids["pk"])

    def pupil_of(self, about: Any) -> Pupil:
        return about.pupil

    def form_for(self, about: Any, data: Any = None) -> EndForm:
        return EndForm(data, initial={"end": about.end})

    def save(self, about: Placement, data: dict[str, Any]) -> Placement:
        return service.end_placement(about, end=data["end"])


class PlanEnd(PlacementEnd):
    heading, saved = "End the plan", "The plan's last day is saved."

    def find(self, request: HttpRequest, ids: Mapping[str, Any]) -> Any:
        pupils = Pupil.objects.visible_to(request.user)
        plans = Plan.objects.filter(pupil__in=pupils).select_related("pupil")
        return get_object_or_404(plans, pk=ids["pk"])

    def save(self, about: Any, data: dict[str, Any]) -> Any:
        return service.end_plan(about, end=data["end"])
