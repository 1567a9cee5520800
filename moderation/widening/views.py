"""Schools by agreement with a funnel plot, and the lead's decision to judge more (M6, M7)."""

from typing import Any

from django.http import Http404, HttpResponse

from banding_portal.pages import FormPage, Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import MODERATION_LEAD, MODERATION_OVERSIGHT
from banding_portal.words import counted
from moderation.actions.samples import sample_actions
from moderation.models import Sample
from moderation.views.finding import AboutSample
from moderation.widening.forms import WidenForm
from moderation.widening.pictures import funnel_of
from moderation.widening.selectors import JudgedSchool, judged_schools, proposal_for
from moderation.widening.services import NOT_PROPOSED, leave_sample, widen_sample


class SampleSchools(AboutSample, Page[Sample]):
    """How often bands differ at each school, as a picture and a table; what is proposed."""

    allowed_roles = MODERATION_OVERSIGHT
    template_name = "moderation/sample_schools.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if reasons := sample_actions(self.found, self.user).why_not("results"):
            return self.refused(RefusalError(*reasons))
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        schools = judged_schools(self.found)
        return {
            "sample": self.found,
            "schools": schools,
            "funnel": funnel_of(schools),
            "may_widen": sample_actions(self.found, self.user).may("widen"),
        }


class SampleWiden(AboutSample, FormPage[Sample]):
    """One school past the limit: how many more are judged, or why none."""

    allowed_roles = MODERATION_LEAD
    form_class = WidenForm
    template_name = "moderation/sample_widen.html"
    refuses_posts = True  # it shows how often bands differ (M9)

    def why_closed(self) -> Any:
        if reasons := sample_actions(self.found, self.user).why_not("widen"):
            return reasons
        return "" if self.proposal else NOT_PROPOSED

    @property
    def proposal(self) -> JudgedSchool | None:
        return proposal_for(self.found, self.kwargs["school"])

    def form_options(self) -> dict[str, Any]:
        found = self.proposal
        if found is None:
            raise Http404
        return {"found": found}

    def context(self) -> dict[str, Any]:
        return {"sample": self.found, "proposal": self.proposal}

    def act(self, form: WidenForm) -> str:
        found = self.proposal
        if found is None:
            raise RefusalError(NOT_PROPOSED)
        about: dict[str, Any] = {"sample": self.found, "school": found.school, "by": self.user}
        if not form.widens:
            leave_sample(reason=form.cleaned_data["reason"], **about)
            return f"Kept as it is: no more decisions of {found.school} are judged."
        done = widen_sample(cases=form.cleaned_data["cases"], **about)
        return f"{counted(done.cases, 'case')} of {found.school} to be given to moderators."
