"""The panel bands a pupil with a new plan, under every framework in force (rules.md B4)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from banding.decisions.selectors import decisions_over_time
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import BandDecision, Framework
from banding.panel import corrections
from banding.panel.actions import actions_on_panel, decision_actions
from banding.panel.forms import AsksFromWhen, DecisionCorrectionForm, PanelDecisionForm
from banding.panel.selectors import frameworks_to_decide
from banding.panel.services import decide_for_panel
from banding_portal.pages import FormPage, Page
from banding_portal.roles import ALL_PUPIL_ROLES, SEND_OFFICER
from schools.forms.corrections import ReasonForm
from schools.models import Pupil, User
from schools.views.corrections import CorrectionPage


def find_pupil(user: User, pk: Any) -> Pupil:
    return get_object_or_404(Pupil.objects.visible_to(user), pk=pk)


class PanelDecisions(Page):
    """Every framework in force for the pupil's plan, with the pupil's band under it."""

    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/panel_list.html"

    def find(self) -> Pupil:
        return find_pupil(self.user, self.kwargs["pk"])

    def context(self) -> dict[str, Any]:
        return {
            "pupil": self.found,
            "choices": frameworks_to_decide(self.found, timezone.localdate()),
            "can": actions_on_panel(self.user),
        }


class PanelDecisionCreate(FormPage):
    """One pupil, one framework, one decision in force at once."""

    allowed_roles = SEND_OFFICER
    form_class = PanelDecisionForm
    template_name = "banding/panel_decision.html"

    def find(self) -> tuple[Pupil, Framework]:
        framework = get_object_or_404(Framework.objects.published(), pk=self.kwargs["framework_pk"])
        return find_pupil(self.user, self.kwargs["pk"]), framework

    def get_initial(self) -> dict[str, Any]:
        return {"effective_from": timezone.localdate()}

    def form_options(self) -> dict[str, Any]:
        pupil, framework = self.found
        areas = areas_with_levels(framework)
        rules = rules_of(framework, areas)
        return {"pupil": pupil, "framework": framework, "areas": areas, "rules": rules}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.htmx:
            context = {"decision_form": self.get_form()}
            return render(self.request, "banding/_suggestion.html", context)
        form = self.get_form()
        if form.only_asks:
            return self.show(form)
        return super().post(*args, **kwargs)

    def act(self, form: PanelDecisionForm) -> str:
        pupil, framework = self.found
        decide_for_panel(pupil=pupil, framework=framework, by=self.user, **form.choice)
        return f"{pupil} is banded under {framework}."

    def next_url(self) -> str:
        return reverse("banding:panel_list", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pupil, framework = self.found
        return super().get_context_data(**kwargs) | {
            "pupil": pupil,
            "framework": framework,
            "decision_form": kwargs["form"],
            "earlier": decisions_over_time(pupil, self.user),
            "suggestion_url": self.request.path,
        }


class DecisionCorrect(CorrectionPage):
    """The day from which a band of the authority counts, put right."""

    form_class = DecisionCorrectionForm
    heading, saved = "Correct the day of this band", "The band is put right."

    def find(self) -> BandDecision:
        seen = BandDecision.objects.visible_to(self.user).filter(collection=None)
        return get_object_or_404(
            seen.select_related("pupil", "framework", "band"), pk=self.kwargs["pk"]
        )

    def why_closed(self) -> Any:
        return decision_actions(self.found, self.user).why_not("correct")

    def get_initial(self) -> dict[str, Any]:
        return {"effective_from": self.found.effective_from}

    def form_options(self) -> dict[str, Any]:
        return {"pupil": self.pupil} if issubclass(self.form_class, AsksFromWhen) else {}

    def correct(self, given: dict[str, Any]) -> Any:
        return corrections.correct_decision(decision=self.found, by=self.user, **given)

    def was(self) -> str:
        return corrections.in_words(self.found)


class DecisionRemove(DecisionCorrect):
    form_class = ReasonForm  # type: ignore[assignment]
    heading, confirms = "Was this band entered by mistake?", "Remove it"
    saved = "The band no longer counts. You can put it back below."

    def correct(self, given: dict[str, Any]) -> Any:
        return corrections.remove_decision(decision=self.found, by=self.user, **given)
