"""Settling a case: upheld, changed or withdrawn (M5, M8)."""

from collections.abc import Sequence
from typing import Any

from banding_portal.pages import ActionPage, FormPage
from banding_portal.roles import JUDGES
from moderation.actions.cases import case_actions
from moderation.forms import ChangeForm
from moderation.models import Case
from moderation.models.cases import CaseQuerySet
from moderation.selectors.blind import Stage, stage_of
from moderation.services.outcomes import change_case, uphold_case, withdraw_case
from moderation.views.finding import AboutCase


class CaseUphold(AboutCase, ActionPage[Case]):
    allowed_roles = JUDGES

    def act(self) -> str:
        uphold_case(case=self.found, by=self.user)
        return "Upheld. The school’s band is now the agreed band."


class CaseWithdraw(AboutCase, ActionPage[Case]):
    allowed_roles = JUDGES

    def act(self) -> str:
        withdraw_case(case=self.found, by=self.user)
        return "Withdrawn. The case does not count in the results."


class CaseChange(AboutCase, FormPage[Case]):
    """Another band, why, and from when. Only for whoever may see the school's band."""

    allowed_roles = JUDGES
    form_class = ChangeForm
    template_name = "moderation/case_change.html"
    refuses_posts = True  # the form leaves out the school's band, and so tells it (M4)

    def cases(self) -> CaseQuerySet:
        return super().cases().select_related("decision__band", "decision__framework")

    def why_closed(self) -> str | Sequence[str]:
        if stage_of(self.found, self.user) != Stage.COMPARING:
            return "This case is not waiting to be settled by you."
        return case_actions(self.found, self.user).why_not("change")

    def form_options(self) -> dict[str, Any]:
        return {"case": self.found}

    def context(self) -> dict[str, Any]:
        return {"case": self.found, "decision": self.found.decision}

    def act(self, form: ChangeForm) -> str:
        change_case(case=self.found, by=self.user, **form.cleaned_data)
        return "Changed. The new band is now the agreed band."
