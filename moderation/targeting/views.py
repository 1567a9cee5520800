"""The cases judged besides the random ones and why; more of them by rule or by hand (M3)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.urls import reverse

from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import MODERATION_LEAD, MODERATION_OVERSIGHT
from banding_portal.words import counted
from moderation.actions.samples import sample_actions
from moderation.choices import CaseKind, TargetReason
from moderation.models import Case, Sample
from moderation.models.cases import CaseQuerySet
from moderation.services.samples import note_bands_seen
from moderation.targeting.forms import HandForm, RuleForm
from moderation.targeting.selectors import RULES, WHAT, decisions_found, rules_of
from moderation.targeting.services import target_by_hand, target_by_rule
from moderation.views.finding import AboutSample


class SampleTargets(AboutSample, ListPage[Sample]):
    """Each targeted case with its reason, which may tell its band (M9)."""

    allowed_roles = MODERATION_OVERSIGHT
    template_name = "moderation/target_list.html"
    orders: ClassVar = {
        "case": by("reference"),
        "why": by("target_reason", "reference"),
        "state": by("state", "reference"),
    }
    usual = "why"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if reasons := sample_actions(self.found, self.user).why_not("targets"):
            return self.refused(RefusalError(*reasons))
        note_bands_seen(sample=self.found, person=self.user)
        return super().get(*args, **kwargs)

    def rows(self, wanted: dict[str, Any]) -> CaseQuerySet:
        cases = Case.objects.visible_to(self.user)
        targeted = cases.filter(sample=self.found, kind=CaseKind.TARGETED)
        return targeted.order_by("target_reason", "reference")

    def context(self) -> dict[str, Any]:
        may_add = sample_actions(self.found, self.user).may("target")
        return {
            "sample": self.found,
            "may_add": may_add,
            "rules": rules_of(self.found) if may_add else [],
        }


class Targeting(AboutSample, FormPage[Sample], abstract=True):
    """For the lead; back to the cases judged besides."""

    allowed_roles = MODERATION_LEAD
    refuses_posts = True  # a rule tells a band (M9)

    def why_closed(self) -> str | Sequence[str]:
        return sample_actions(self.found, self.user).why_not("target")

    def next_url(self) -> str:
        if self.why_closed():
            return super().next_url()
        return reverse("moderation:target_list", args=[self.found.pk])


class TargetByRule(Targeting):
    form_class = RuleForm
    template_name = "moderation/target_by_rule.html"

    @cached_property
    def reason(self) -> TargetReason:
        name = self.kwargs["reason"]
        if name not in RULES:
            raise Http404
        return TargetReason(name)

    @cached_property
    def left(self) -> int:
        return decisions_found(self.found, self.reason).count()

    def why_closed(self) -> str | Sequence[str]:
        if reasons := super().why_closed():
            return reasons
        return "" if self.left else "This rule finds no decision that is not a case already."

    def next_url(self) -> str:
        if super().why_closed():
            return super().next_url()
        return reverse("moderation:target_list", args=[self.found.pk])

    def form_options(self) -> dict[str, Any]:
        return {"left": self.left}

    def context(self) -> dict[str, Any]:
        label, what = self.reason.label, WHAT[self.reason]
        return {"sample": self.found, "rule": label, "what": what, "left": self.left}

    def act(self, form: RuleForm) -> str:
        added = target_by_rule(
            sample=self.found, reason=self.reason, cases=form.cleaned_data["cases"], by=self.user
        )
        return f"{counted(added, 'case')} added, to be given to moderators."


class TargetByHand(Targeting):
    form_class = HandForm
    template_name = "moderation/target_by_hand.html"

    def context(self) -> dict[str, Any]:
        return {"sample": self.found}

    def act(self, form: HandForm) -> str:
        given = form.cleaned_data
        case = target_by_hand(
            sample=self.found,
            reference=given["reference"],
            reason=TargetReason(given["reason"]),
            note=given["note"],
            by=self.user,
        )
        return f"Case {case.reference} added, to be given to a moderator."
