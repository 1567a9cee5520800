"""Putting placements and plans right: asked, shown with what it brings, then done (S10)."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import SEND_OFFICER
from schools.forms.corrections import (
    FactCorrectionForm,
    PlacementCorrectionForm,
    PlanCorrectionForm,
    ReasonForm,
)
from schools.forms.pupils import DatedForm
from schools.models import Correction, FormerFact, Placement, Plan, Pupil
from schools.services import corrections as service
from schools.views.showing import ShowsFirst

SHOWN = "shown"
"""What was recorded when the effects were shown, sent again with the confirmation."""


class CorrectionPage(ShowsFirst[Any], abstract=True):
    """A form, then what it would bring, then the change itself; back to the pupil's page."""

    allowed_roles = SEND_OFFICER
    template_name = "schools/correction_form.html"
    form_class = ReasonForm
    heading: ClassVar[str]
    saved: ClassVar[str]
    confirms: ClassVar[str] = "Put it right"
    """The words of the last button."""
    then = ""
    """What would be recorded, once it has been tried out."""

    @property
    def pupil(self) -> Pupil:
        return self.found.pupil

    def form_options(self) -> dict[str, Any]:
        return {"pupil": self.pupil} if issubclass(self.form_class, DatedForm) else {}

    def correct(self, given: dict[str, Any]) -> Any:
        """Call the service."""
        raise NotImplementedError

    def try_out(self, form: Any) -> list[str]:
        done: list[Correction] = []
        heard = service.what_would_happen(lambda: done.append(self.correct(form.cleaned_data)))
        self.then = done[0].after_words
        return heard

    def given(self) -> list[tuple[str, str]]:
        return [*super().given(), (SHOWN, self.was())]

    def act(self, form: Any) -> str:
        if self.request.POST.get(SHOWN, self.was()) != self.was():
            raise RefusalError("Somebody has changed it in the meantime. Look at what it says now.")
        self.correct(form.cleaned_data)
        return self.saved

    def next_url(self) -> str:
        return reverse("schools:pupil_detail", args=[self.pupil.pk])

    def context(self) -> dict[str, Any]:
        return {
            "pupil": self.pupil,
            "heading": self.heading,
            "was": self.was(),
            "then": self.then,
            "reason": self.request.POST.get("reason", ""),
            "confirms": self.confirms,
            "parent_url": self.next_url(),
        }

    def was(self) -> str:
        return service.in_words(self.found)


class PlacementCorrect(CorrectionPage):
    form_class = PlacementCorrectionForm
    heading, saved = "Correct the placement", "The placement is put right."

    def find(self) -> Placement:
        visible = Placement.objects.visible_to(self.user).select_related("pupil", "school")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"school": self.found.school_id, "start": self.found.start, "end": self.found.end}

    def correct(self, given: dict[str, Any]) -> Any:
        return service.correct_placement(placement=self.found, by=self.user, **given)


class PlacementRemove(PlacementCorrect):
    form_class = ReasonForm  # type: ignore[assignment]
    heading, confirms = "Was this placement entered by mistake?", "Remove it"
    saved = "The placement no longer counts. You can put it back below."

    def correct(self, given: dict[str, Any]) -> Any:
        return service.remove_placement(placement=self.found, by=self.user, **given)


class PlanCorrect(CorrectionPage):
    form_class = PlanCorrectionForm
    heading, saved = "Correct the plan", "The plan is put right."

    def find(self) -> Plan:
        pupils = Pupil.objects.visible_to(self.user)
        plans = Plan.objects.filter(pupil__in=pupils).select_related("pupil")
        return get_object_or_404(plans, pk=self.kwargs["pk"])

    def form_options(self) -> dict[str, Any]:
        row = {"row": self.found} if self.form_class is PlanCorrectionForm else {}
        return super().form_options() | row

    def get_initial(self) -> dict[str, Any]:
        row = self.found
        return {"plan_type": row.plan_type, "start": row.start, "end": row.end}

    def correct(self, given: dict[str, Any]) -> Any:
        return service.correct_plan(plan=self.found, by=self.user, **given)


class PlanRemove(PlanCorrect):
    form_class = ReasonForm  # type: ignore[assignment]
    heading, confirms = "Was this plan entered by mistake?", "Remove it"
    saved = "The plan no longer counts. You can put it back below."

    def correct(self, given: dict[str, Any]) -> Any:
        return service.remove_plan(plan=self.found, by=self.user, **given)


class FactCorrect(CorrectionPage):
    form_class = FactCorrectionForm
    heading, saved = "Until which day was it true?", "The date is put right."

    def find(self) -> FormerFact:
        visible = FormerFact.objects.visible_to(self.user).select_related("pupil")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"until": self.found.until}

    def correct(self, given: dict[str, Any]) -> Any:
        return service.correct_fact(fact=self.found, by=self.user, **given)


class FactRemove(FactCorrect):
    form_class = ReasonForm  # type: ignore[assignment]
    heading = "Was this never true?"
    saved = "It is taken out of the pupil’s history. You can put it back below."

    def correct(self, given: dict[str, Any]) -> Any:
        return service.remove_fact(fact=self.found, by=self.user, **given)


class CorrectionUndo(Page[Correction], ActionPage[Correction]):
    """Takes a correction back, once it is shown what that brings."""

    allowed_roles = SEND_OFFICER
    template_name = "schools/correction_undo.html"

    def find(self) -> Correction:
        found = Correction.objects.visible_to(self.user).select_related("pupil")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def undo(self) -> Any:
        """Call the service."""
        return service.undo_correction(correction=self.found, by=self.user)

    def act(self) -> str:
        self.undo()
        return "The correction is taken back."

    def next_url(self) -> str:
        return reverse("schools:pupil_detail", args=[self.found.pupil_id])

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.effects = service.what_would_happen(self.undo)
        except RefusalError as refusal:
            return self.refused(refusal)
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            "correction": self.found,
            "pupil": self.found.pupil,
            "effects": self.effects,
            "parent_url": self.next_url(),
        }
