"""Settling a case: upheld, changed or withdrawn, each with a page to check it (M5, M8, M10)."""

from collections.abc import Sequence
from typing import Any

from banding_portal.forms import PortalForm
from banding_portal.pages import ActionPage, FormPage
from banding_portal.roles import JUDGES, MODERATION_LEAD
from banding_portal.words import day
from moderation.actions.cases import case_actions, why_not_decide
from moderation.choices import ChangeReason
from moderation.forms import ChangeForm, UpholdForm
from moderation.models import Case, Outcome, Proposal
from moderation.models.cases import CaseQuerySet
from moderation.selectors.settling import bands_judged, withdrawal_reason
from moderation.selectors.sight import Stage, stage_of
from moderation.services.outcomes import (
    agree_to_proposal,
    change_case,
    turn_proposal_down,
    undo_outcome,
    uphold_case,
    withdraw_case,
)
from moderation.settling import needs_second_person
from moderation.views.checking import ChecksFirst
from moderation.views.finding import AboutCase
from schools.models import User


class Settling(AboutCase, FormPage[Case], abstract=True):
    """A page that shows what would be recorded, for whoever may do it alone."""

    allowed_roles = JUDGES
    action: str
    refuses_posts = True  # what it shows tells the school's band (M4)

    def cases(self) -> CaseQuerySet:
        return (
            super()
            .cases()
            .select_related("decision__band", "decision__framework", "decision__collection")
        )

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not(self.action)

    def context(self) -> dict[str, Any]:
        return {"case": self.found, "decision": self.found.decision}


class Comparing(Settling, abstract=True):
    """Only for whoever may see the school's band."""

    def why_closed(self) -> str | Sequence[str]:
        reasons = super().why_closed()
        if not reasons and stage_of(self.found, self.user) != Stage.COMPARING:
            return "This case is not waiting to be settled by you."
        return reasons

    def form_options(self) -> dict[str, Any]:
        return {"case": self.found}


class CaseUphold(Comparing):
    """What is upheld and from when; against every judgement, why."""

    action = "uphold"
    form_class = UpholdForm
    template_name = "moderation/case_uphold.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"from_day": day(self.found.decision.effective_from)}

    def act(self, form: UpholdForm) -> str:
        uphold_case(case=self.found, by=self.user, reason=form.cleaned_data["reason"])
        return "Upheld. The school’s band is now the agreed band."


class CaseWithdraw(Settling):
    action = "withdraw"
    form_class = PortalForm
    template_name = "moderation/case_withdraw.html"

    def context(self) -> dict[str, Any]:
        return {"case": self.found, "withdrawal": withdrawal_reason(self.found)}

    def act(self, form: PortalForm) -> str:
        withdraw_case(case=self.found, by=self.user)
        return "Withdrawn. The case does not count in the results."


class CaseUndo(Settling):
    """A settled case opened again, while schools have not been told (M11)."""

    action = "undo"
    form_class = PortalForm
    template_name = "moderation/case_undo.html"

    def context(self) -> dict[str, Any]:
        outcome = Outcome.objects.select_related("band", "recorded_by").get(case=self.found)
        return super().context() | {"outcome": outcome, "outcome_from": day(outcome.effective_from)}

    def act(self, form: PortalForm) -> str:
        undo_outcome(case=self.found, by=self.user)
        return "Opened again. The outcome no longer counts."


class CaseChange(ChecksFirst[Case], Comparing):
    """Another band, why, and from when; then the same to be checked, and recorded."""

    action = "change"
    form_class = ChangeForm
    template_name = "moderation/case_change.html"
    check_template = "moderation/case_change_check.html"

    def checked(self, form: ChangeForm) -> dict[str, Any]:
        chosen = form.cleaned_data
        judged = bands_judged(self.found)
        return {
            "chosen": chosen,
            "reason_words": ChangeReason(chosen["reason_code"]).label,
            "from_day": day(chosen["effective_from"]),
            "second": (second := needs_second_person(str(chosen["band"].pk), judged)),
            "nobody_agrees": second and not somebody_agrees(self.found, self.user),
        }

    def act(self, form: ChangeForm) -> str:
        done = change_case(case=self.found, by=self.user, **form.cleaned_data)
        if isinstance(done, Proposal):
            return "Proposed. Nobody judged this band, so a second person has to agree to it."
        return "Changed. The new band is now the agreed band."


def somebody_agrees(case: Case, user: User) -> bool:
    """Whether anybody else could agree to what the person proposes."""
    judges = User.objects.filter(pk__in=case.judge_ids)
    others = [*User.objects.holding(MODERATION_LEAD).exclude(pk=user.pk), *judges]
    return any(not why_not_decide(case, one) for one in others if one.pk != user.pk)


class CaseAgree(AboutCase, ActionPage[Case]):
    allowed_roles = JUDGES

    def act(self) -> str:
        agree_to_proposal(case=self.found, by=self.user)
        return "Changed. The new band is now the agreed band."


class CaseTurnDown(AboutCase, ActionPage[Case]):
    allowed_roles = JUDGES

    def act(self) -> str:
        turn_proposal_down(case=self.found, by=self.user)
        return "Turned down. The case is to be settled as before."
