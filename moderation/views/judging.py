"""The page of one case: judged blind, then compared (M4)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from banding_portal.pages import FormPage
from banding_portal.roles import JUDGES, MODERATION_READERS, Role
from banding_portal.words import counted, day
from moderation.actions.cases import case_actions
from moderation.calibration.selectors import why_not_calibrated
from moderation.choices import CaseState
from moderation.evidence.selectors import requests_of
from moderation.forms import JudgementForm
from moderation.models import Case, Judgement, PanelCase
from moderation.plans.selectors import plan_documents_of, sections_of
from moderation.selectors.blind import (
    BlindCase,
    framework_with_levels,
    plan_reference,
    seen_by,
)
from moderation.selectors.comparison import comparison_for
from moderation.selectors.progress import my_cases, people_of
from moderation.selectors.settling import proposal_of, withdrawal_reason
from moderation.selectors.sight import Stage, has_locked, stage_of
from moderation.services.judgements import lock_judgement, note_opened, save_draft
from moderation.views.finding import blind_or_404, case_url
from schools.models import User


class CaseDetail(FormPage[BlindCase]):
    """Blind until one's own judgement is locked, then beside the school's decision."""

    allowed_roles = MODERATION_READERS
    write_roles = JUDGES
    form_class = JudgementForm
    template_name = "moderation/case_judge.html"
    refuses_posts = True

    def find(self) -> BlindCase:
        cases = Case.objects.visible_to(self.user)
        if self.request.method == "POST":
            cases = cases.given_to(self.user)
        return blind_or_404(cases, self.kwargs["pk"])

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        match stage_of(self.found, self.user):
            case Stage.JUDGING if first := why_not_calibrated(self.user, self.found.framework_id):
                self.template_name = "moderation/case_calibrate.html"
                shown = {"case": self.found, "first": first}
            case Stage.JUDGING:
                note_opened(case=self.found.pk, person=self.user)
                return self.show(self.get_form())
            case Stage.COMPARING:
                self.template_name = "moderation/case_compare.html"
                shown = compared(self.found, self.user)
            case Stage.WAITING:
                self.template_name = "moderation/case_waiting.html"
                shown = waiting(self.found, self.user)
        self.form_is_there = False
        return self.render_to_response(shown)

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not("judge")

    @property
    def is_draft(self) -> bool:
        return "draft" in self.request.POST

    def get_initial(self) -> dict[str, Any]:
        own = Judgement.objects.filter(case=self.found.pk, moderator=self.user)
        return JudgementForm.initial_from(own.first())

    def form_options(self) -> dict[str, Any]:
        return {"framework": framework_with_levels(self.found.framework_id), "draft": self.is_draft}

    def context(self) -> dict[str, Any]:
        return {
            "case": self.found,
            # Asked for where it is shown alone.
            "withdrawal": partial(withdrawal_reason, self.found),
            "plan_reference": plan_reference(self.found),
            "plan_sections": sections_of(
                self.found.pk, self.found.framework_id, self.found.plan_type
            ),
            "plan_documents": plan_documents_of(self.found.pk),
        }

    def act(self, form: JudgementForm) -> str:
        keep = save_draft if self.is_draft else lock_judgement
        keep(case=Case(pk=self.found.pk), by=self.user, answers=form.answers())
        return "Draft saved." if self.is_draft else "Your judgement is locked."

    def next_url(self) -> str:
        return case_url(self.found)

    def back_url(self) -> str:
        """To the training cases where these come first."""
        if why_not_calibrated(self.user, self.found.framework_id):
            return reverse("moderation:calibration")
        return self.next_url()


def compared(blind: BlindCase, user: User) -> dict[str, Any]:
    """The judgements and the school's decision. Only for whose stage is COMPARING."""
    case = Case.objects.select_related(
        "decision__band",
        "decision__framework",
        "decision__pupil",
        "decision__school",
        "moderator",
        "second_moderator",
        "outcome__band",
        "outcome__recorded_by",
    ).get(pk=blind.pk)
    outcome = getattr(case, "outcome", None)
    proposal = proposal_of(case)
    can = case_actions(case, user)
    moderates = user.has_role(Role.MODERATOR)
    following = next_case(user) if moderates and not can.may("uphold") else {}
    return following | {
        "case": seen_by(user, [blind])[0],
        "known_as": {
            "reference": case.decision.pupil.reference,
            "school": case.decision.school,
            "targeted": case.why_targeted,
        },
        "proposal": proposal,
        "proposal_from": day(proposal.effective_from) if proposal else "",
        "can": can,
        "comparison": comparison_for(case, user),
        "outcome": outcome,
        "outcome_from": day(outcome.effective_from) if outcome else "",
        "withdrawal": withdrawal_reason(case) if can.may("withdraw") else "",
        "evidence": requests_of(case.pk),
        "plan_documents": plan_documents_of(case.pk),
        "panel_case": panel_case_for(case, user),
    }


def panel_case_for(case: Case, user: User) -> PanelCase | None:
    """What a panel is to decide about the case, for who sees that panel."""
    if case.state != CaseState.PANEL:
        return None
    return PanelCase.objects.visible_to(user).open().filter(case=case).first()


def next_case(user: User) -> dict[str, Any]:
    """The person’s next case, if there is one: how many are left, words and address of a button."""
    mine = my_cases(user)
    what, left = ("judge", mine.to_judge) if mine.next_to_judge else ("settle", mine.to_settle)
    pk = mine.next_to_judge or mine.next_to_settle
    if pk is None:
        return {}
    return {
        "next_left": f"You have {counted(left, 'case')} left to {what}.",
        "next_words": f"{what.capitalize()} the next case",
        "next_url": case_url(Case(pk=pk)),
    }


def waiting(blind: BlindCase, user: User) -> dict[str, Any]:
    """Who judges the case, and nothing of the decision."""
    people = people_of([blind])
    locked = user.pk in blind.judge_ids and has_locked(blind, user)
    return (next_case(user) if locked else {}) | {
        "case": seen_by(user, [blind])[0],
        "moderator": people.get(blind.moderator_id),
        "second": people.get(blind.second_moderator_id),
        "locked": locked,
    }
