"""The list of cases, and giving one to somebody by hand (M4)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpResponse

from banding_portal.pages import FormPage, ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import MODERATION_LEAD, MODERATION_OVERSIGHT, MODERATION_READERS
from moderation.actions.cases import case_actions
from moderation.forms import CaseAssignForm, CaseFilterForm
from moderation.models import Case
from moderation.models.cases import CaseQuerySet
from moderation.selectors.blind import BlindCase, BlindRows, seen_by
from moderation.selectors.case_history import history_of
from moderation.selectors.progress import people_of
from moderation.selectors.sight import Stage, stage_of, still_judging
from moderation.services.assignment import assign_case
from moderation.views.finding import AboutCase, blind_or_404, case_url

FILTERS = {
    "state": "state",
    "sample": "sample",
    "quadrant": "decision__school__quadrant",
}
"""Name of a filter to what it narrows."""


class CaseList(ListPage[None]):
    """A moderator's own cases; every case for the lead and auditors. No bands at all."""

    allowed_roles = MODERATION_READERS
    template_name = "moderation/case_list.html"
    filter_class = CaseFilterForm
    orders: ClassVar = {
        "case": by("reference"),
        "year": by("-decision__pupil__date_of_birth"),
        "need": by("decision__pupil__primary_need", "reference"),
        "plan": by("decision__return_pupil__plan_type", "reference"),
        "moderator": by("moderator__name", "reference"),
        "second": by("second_moderator__name", "reference"),
        "state": by("state", "reference"),
    }

    @property
    def everything(self) -> bool:
        return self.user.has_role(*MODERATION_OVERSIGHT)

    def filter_options(self) -> dict[str, Any]:
        return {"everything": self.everything}

    def rows(self, wanted: dict[str, Any]) -> BlindRows:
        cases = Case.objects.visible_to(self.user)
        if not self.everything:
            cases = cases.given_to(self.user)
        return BlindRows(filtered(cases, wanted))

    def context(self) -> dict[str, Any]:
        shown = seen_by(self.user, list(self.page_obj.object_list))
        people = people_of(shown)
        rows = [
            {
                "case": case,
                "moderator": people.get(case.moderator_id),
                "second": people.get(case.second_moderator_id),
            }
            for case in shown
        ]
        return {"rows": rows, "everything": self.everything}


def filtered(cases: CaseQuerySet, wanted: dict[str, Any]) -> CaseQuerySet:
    asked = {FILTERS[name]: value for name, value in wanted.items() if name in FILTERS and value}
    if wanted.get("moderator"):
        cases = cases.given_to(wanted["moderator"])
    if reference := (wanted.get("q") or "").strip():
        cases = cases.filter(reference__istartswith=reference)
    return cases.filter(Q(**asked))


class CaseHistory(Page[BlindCase]):
    """Everything that happened to a case; without what tells a band until one may compare."""

    allowed_roles = MODERATION_READERS
    template_name = "moderation/case_history.html"

    def find(self) -> BlindCase:
        return blind_or_404(Case.objects.visible_to(self.user), self.kwargs["pk"])

    @cached_property
    def stage(self) -> Stage:
        return stage_of(self.found, self.user)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stage == Stage.JUDGING:
            return self.refused(RefusalError("Judge this case before you see what happened to it."))
        return super().get(*args, **kwargs)

    @property
    def knows_the_draw(self) -> bool:
        """Who judges, or may be given cases yet, does not tell random cases from chosen ones."""
        oversees = self.user.has_role(*MODERATION_OVERSIGHT)
        return oversees and not still_judging(self.user, self.found.sample_id)

    def context(self) -> dict[str, Any]:
        whole = self.stage == Stage.COMPARING
        case = Case.objects.select_related("sample").get(pk=self.found.pk)
        return {
            "case": seen_by(self.user, [self.found])[0],
            "whole": whole,
            "events": history_of(case, whole=whole, drawn=whole or self.knows_the_draw),
        }

    def next_url(self) -> str:
        return case_url(self.found)


class CaseAssign(AboutCase, FormPage[Case]):
    """The lead gives one case to somebody by hand."""

    allowed_roles = MODERATION_LEAD
    form_class = CaseAssignForm
    template_name = "moderation/case_assign.html"

    def cases(self) -> CaseQuerySet:
        return super().cases().select_related("decision__school")

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not("assign")

    def get_initial(self) -> dict[str, Any]:
        case = self.found
        return {"moderator": case.moderator_id, "second_moderator": case.second_moderator_id}

    def form_options(self) -> dict[str, Any]:
        return {"case": self.found}

    def context(self) -> dict[str, Any]:
        return {"reference": self.found.reference, "pk": self.found.pk}

    def act(self, form: CaseAssignForm) -> str:
        chosen = form.cleaned_data
        assign_case(
            case=self.found,
            by=self.user,
            moderator=chosen["moderator"],
            second=chosen["second_moderator"],
            reason=chosen.get("reason", ""),
        )
        return f"Case {self.found.reference} is assigned."
