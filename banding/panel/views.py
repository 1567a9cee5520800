"""The panel bands a pupil with a new plan, under every framework in force (rules.md B4)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from banding.decisions.forms import SUGGEST
from banding.decisions.selectors import decisions_over_time
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import Framework
from banding.panel.forms import PanelDecisionForm
from banding.panel.selectors import frameworks_to_decide
from banding.panel.services import decide_for_panel
from banding_portal.access import PortalRequest, PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import ALL_PUPIL_ROLES, SEND_OFFICER
from schools.models import Pupil


def find_pupil(request: PortalRequest, pk: UUID) -> Pupil:
    return get_object_or_404(Pupil.objects.visible_to(request.user), pk=pk)


class PanelDecisions(PortalView):
    """Every framework in force for the pupil's plan, with the pupil's band under it."""

    allowed_roles = ALL_PUPIL_ROLES

    def get(self, request: PortalRequest, pk: UUID) -> HttpResponse:
        pupil = find_pupil(request, pk)
        context = {
            "pupil": pupil,
            "choices": frameworks_to_decide(pupil, timezone.localdate()),
            "may_decide": request.user.has_role(*SEND_OFFICER),
        }
        return render(request, "banding/panel_list.html", context)


class PanelDecisionCreate(PortalView):
    """One pupil, one framework, one decision in force at once."""

    allowed_roles = SEND_OFFICER

    def get(self, request: PortalRequest, pk: UUID, framework_pk: UUID) -> HttpResponse:
        pupil, framework = self.found(request, pk, framework_pk)
        initial = {"effective_from": timezone.localdate()}
        return self.page(request, pupil, self.form(framework, initial=initial))

    def post(self, request: PortalRequest, pk: UUID, framework_pk: UUID) -> HttpResponse:
        pupil, framework = self.found(request, pk, framework_pk)
        form = self.form(framework, request.POST)
        if request.htmx:
            return render(request, "banding/_suggestion.html", {"decision_form": form})
        if request.POST.get("do") == SUGGEST or not form.is_valid():
            return self.page(request, pupil, form)
        try:
            decide_for_panel(pupil=pupil, framework=framework, by=request.user, **form.choice)
        except RefusalError as error:
            form.add_error(None, str(error))
            return self.page(request, pupil, form)
        messages.success(request, f"{pupil} is banded under {framework}.")
        return redirect("banding:panel_list", pk)

    def found(
        self, request: PortalRequest, pk: UUID, framework_pk: UUID
    ) -> tuple[Pupil, Framework]:
        return find_pupil(request, pk), get_object_or_404(Framework, pk=framework_pk)

    def form(self, framework: Framework, data: Any = None, **kwargs: Any) -> PanelDecisionForm:
        areas = areas_with_levels(framework)
        rules = rules_of(framework, areas)
        return PanelDecisionForm(data, framework=framework, areas=areas, rules=rules, **kwargs)

    def page(self, request: PortalRequest, pupil: Pupil, form: PanelDecisionForm) -> HttpResponse:
        context = {
            "pupil": pupil,
            "framework": form.framework,
            "form": form,
            "decision_form": form,
            "earlier": decisions_over_time(pupil, request.user),
            "suggestion_url": reverse("banding:panel_decision", args=[pupil.pk, form.framework.pk]),
        }
        return render(request, "banding/panel_decision.html", context)
