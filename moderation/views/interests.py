"""What a person declares: relations to schools, and cases they cannot judge fairly (M4)."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, FormPage
from banding_portal.roles import JUDGES
from banding_portal.words import counted
from moderation.actions.cases import case_actions
from moderation.forms import HandBackForm, InterestForm
from moderation.models import Case, Interest
from moderation.models.cases import CaseQuerySet
from moderation.services.interests import declare_interest, end_interest, hand_back
from moderation.views.finding import AboutCase


class InterestList(FormPage[None]):
    """One's own relations, and a form for another."""

    allowed_roles = JUDGES
    form_class = InterestForm
    template_name = "moderation/interest_list.html"

    def context(self) -> dict[str, Any]:
        own = Interest.objects.filter(person=self.user).select_related("school", "case")
        return {"interests": own}

    def act(self, form: InterestForm) -> str:
        back = declare_interest(by=self.user, **form.cleaned_data)
        gone = f" {counted(back, 'case')} went back to the moderation lead." if back else ""
        return f"Declared. You are given no case of this school.{gone}"

    def next_url(self) -> str:
        return reverse("moderation:interest_list")


class InterestEnd(ActionPage[Interest]):
    allowed_roles = JUDGES

    def find(self) -> Interest:
        return get_object_or_404(Interest.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def act(self) -> str:
        end_interest(interest=self.found, by=self.user)
        return "Ended. It stays on record."

    def next_url(self) -> str:
        return reverse("moderation:interest_list")


class CaseHandBack(AboutCase, FormPage[Case]):
    """A case of a pupil whom the moderator knows."""

    allowed_roles = JUDGES
    form_class = HandBackForm
    template_name = "moderation/case_hand_back.html"

    def cases(self) -> CaseQuerySet:
        return super().cases().given_to(self.user)

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not("hand_back")

    def context(self) -> dict[str, Any]:
        return {"case": self.found}

    def act(self, form: HandBackForm) -> str:
        hand_back(case=self.found, by=self.user, **form.cleaned_data)
        return f"Given back: pupil {self.found.reference}. Somebody else judges it."

    def next_url(self) -> str:
        return reverse("moderation:case_list")
