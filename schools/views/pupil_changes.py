"""Maintaining pupils: the SEND operations officer's forms."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.pages import FormPage
from banding_portal.roles import SEND_OFFICER
from schools.forms.details import PupilEditForm
from schools.forms.new_pupils import NewPupilForm
from schools.forms.pupils import EndForm, PlacementForm, PlanForm
from schools.models import Placement, Plan, Pupil
from schools.services import pupils as service
from schools.views.showing import ShowsMoneyFirst


class PupilFormPage(FormPage[Any], abstract=True):
    """A form about a pupil; `save` calls one service. It leads back to the pupil's page."""

    allowed_roles = SEND_OFFICER
    template_name = "schools/pupil_form.html"
    heading: ClassVar[str]
    saved: ClassVar[str]

    def find(self) -> Any:
        return get_object_or_404(Pupil.objects.visible_to(self.user), pk=self.kwargs["pk"])

    @property
    def pupil(self) -> Pupil | None:
        return self.found

    def save(self, given: dict[str, Any]) -> None:
        raise NotImplementedError

    def act(self, form: Any) -> str:
        self.save(form.cleaned_data)
        return self.saved

    def next_url(self) -> str:
        if self.pupil is None:
            return reverse("schools:pupil_list")
        return reverse("schools:pupil_detail", args=[self.pupil.pk])

    def context(self) -> dict[str, Any]:
        return {"pupil": self.pupil, "heading": self.heading, "parent_url": self.next_url()}


class PupilCreate(PupilFormPage):
    """Add a pupil, unless it turns out to be one that is known (S8)."""

    form_class = NewPupilForm
    template_name = "schools/pupil_create.html"
    heading, saved = "Add a pupil", "The pupil is added. Now add a placement and a plan."

    def find(self) -> None:
        return None

    def act(self, form: NewPupilForm) -> str:
        if form.pupil:
            self.found = form.pupil
            return "Nothing is added. This is the record of the pupil."
        given = dict(form.cleaned_data)
        given.pop("known", None)
        self.save(given)
        return self.saved

    def save(self, given: dict[str, Any]) -> None:
        self.found = service.create_pupil(today=timezone.localdate(), by=self.user, **given)


class PupilEdit(PupilFormPage):
    """Change details, unless the pupil turns out to be another one that is known (S8)."""

    form_class = PupilEditForm
    template_name = "schools/pupil_create.html"
    heading, saved = "Change the pupil’s details", "The details are saved."
    same: Pupil | None = None

    def get_initial(self) -> dict[str, Any]:
        if self.found.recorded_year_group is None:
            return {}
        return {"year_group": self.found.year_group_on(timezone.localdate())}

    def form_options(self) -> dict[str, Any]:
        return {"instance": self.found}

    def act(self, form: PupilEditForm) -> str:
        if form.pupil:
            self.same = form.pupil
            return "Nothing is saved yet. Compare the two records, and make them one."
        given = dict(form.cleaned_data)
        given.pop("known", None)
        self.save(given)
        return self.saved

    def next_url(self) -> str:
        if self.same:
            return reverse("schools:pair", args=[self.found.pk, self.same.pk])
        return super().next_url()

    def save(self, given: dict[str, Any]) -> None:
        today = timezone.localdate()
        service.update_pupil(pupil=self.found, today=today, by=self.user, **given)


class DatedPage(ShowsMoneyFirst[Any], PupilFormPage, abstract=True):
    """Days at a school or on a plan."""

    def make(self, form: Any) -> None:
        self.save(form.cleaned_data)


class PlacementAdd(DatedPage):
    form_class = PlacementForm
    heading, saved = "Add a placement", "The placement is saved."

    def form_options(self) -> dict[str, Any]:
        return {"pupil": self.found}

    def save(self, given: dict[str, Any]) -> None:
        service.place_pupil(pupil=self.found, by=self.user, **given)


class PlanAdd(DatedPage):
    form_class = PlanForm
    heading, saved = "Add a plan", "The plan is saved."

    def form_options(self) -> dict[str, Any]:
        return {"pupil": self.found}

    def save(self, given: dict[str, Any]) -> None:
        service.start_plan(pupil=self.found, by=self.user, **given)


class EndPage(DatedPage, abstract=True):
    """The last day of something of a pupil."""

    form_class = EndForm

    @property
    def pupil(self) -> Pupil:
        return self.found.pupil

    def get_initial(self) -> dict[str, Any]:
        return {"end": self.found.end}

    def form_options(self) -> dict[str, Any]:
        return {"row": self.found}


class PlacementEnd(EndPage):
    heading, saved = "End the placement", "The placement’s last day is saved."

    def find(self) -> Placement:
        visible = Placement.objects.visible_to(self.user).select_related("pupil", "school")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def save(self, given: dict[str, Any]) -> None:
        service.end_placement(placement=self.found, end=given["end"], by=self.user)


class PlanEnd(EndPage):
    heading, saved = "End the plan", "The plan’s last day is saved."

    def find(self) -> Plan:
        pupils = Pupil.objects.visible_to(self.user)
        plans = Plan.objects.filter(pupil__in=pupils).select_related("pupil")
        return get_object_or_404(plans, pk=self.kwargs["pk"])

    def save(self, given: dict[str, Any]) -> None:
        service.end_plan(plan=self.found, end=given["end"], by=self.user)
