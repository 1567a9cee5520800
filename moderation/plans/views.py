"""The page on which the lead gives the sections of a plan to those who judge (M4)."""

from collections.abc import Sequence
from typing import Any

from banding_portal.pages import FormPage
from banding_portal.roles import MODERATION_LEAD
from moderation.actions.cases import case_actions
from moderation.models import Case, CasePlan
from moderation.plans.forms import PlanForm
from moderation.plans.services import give_plan
from moderation.selectors.blind import BlindCase, plan_reference
from moderation.views.finding import blind_or_404, case_url


class CasePlanGive(FormPage[BlindCase]):
    allowed_roles = MODERATION_LEAD
    form_class = PlanForm
    template_name = "moderation/case_plan.html"

    def find(self) -> BlindCase:
        return blind_or_404(Case.objects.visible_to(self.user), self.kwargs["pk"])

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not("give_plan")

    def get_initial(self) -> dict[str, Any]:
        plan = CasePlan.objects.filter(case=self.found.pk).first()
        return {"needs": plan.needs, "provision": plan.provision} if plan else {}

    def context(self) -> dict[str, Any]:
        return {"case": self.found, "plan_reference": plan_reference(self.found)}

    def act(self, form: PlanForm) -> str:
        given = give_plan(case=Case(pk=self.found.pk), by=self.user, **form.texts())
        if given is None:
            return "Nothing of the plan is shown to those who judge."
        return "Saved. Those who judge the case read it beside the descriptors."

    def next_url(self) -> str:
        return case_url(self.found)
