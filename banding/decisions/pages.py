"""The bases of the pages with the form of one pupil's decision (rules.md B8)."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from banding.assessment.forms import LEVEL
from banding.assessment.services import assessment_of, says_the_same
from banding.choices import DecisionState
from banding.decisions.forms import DRAFT, DecisionForm
from banding.decisions.services import DecisionConflictError
from banding.decisions.showing import both_answers, last_time
from banding.evidence.forms import EVIDENCE
from banding.evidence.rules import Fields
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import BandDecision, Framework
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import PupilLine, line_of
from banding.rounds.selectors import forwards_of
from banding_portal.pages import FormPage
from banding_portal.refusals import RefusalError
from schools.choices import PlanType

BOTH = "both"


class AboutDecision(AboutReturnPupil, FormPage, abstract=True):
    """The form of one pupil's decision."""

    form_class = DecisionForm
    template_name = "banding/decision_edit.html"

    @property
    def wanted(self) -> str:
        """The button that was pressed."""
        return self.request.POST.get("do", "")

    def form_options(self) -> dict[str, Any]:
        framework = self.pupil_return.collection.framework
        areas = areas_with_levels(framework)
        return {
            "framework": framework,
            "areas": areas,
            "rules": rules_of(framework, areas),
            "last": self.last,
            "evidence": self.evidence_asked(framework),
        }

    def evidence_asked(self, framework: Framework) -> Fields:
        """The framework's fields where the band would be an application."""
        if not framework.evidence or self.found.plan_type != PlanType.SEN_SUPPORT:
            return ()
        forward = forwards_of(self.pupil_return.collection, [self.found]).get(self.found.pk)
        is_application = forward is not None and forward.standing.is_application
        return framework.evidence if is_application else ()

    @cached_property
    def last(self) -> BandDecision | None:
        return last_time(self.found)


class TellsOfConflict(AboutDecision, abstract=True):
    """Where somebody else saved meanwhile, both versions side by side.

    The page of both is one that is opened, not sent, so that showing it again sends nothing;
    what the person typed is kept for it.
    """

    def form_refused(self, form: DecisionForm, refusal: RefusalError) -> HttpResponse:
        if not isinstance(refusal, DecisionConflictError):
            return super().form_refused(form, refusal)
        self.keep_unsaved()
        if self.kept:
            return redirect(f"{self.request.path}?versions={BOTH}")
        return self.show_conflict(form, refusal, status=409)

    def says_what_is_saved(self, form: DecisionForm, line: PupilLine) -> bool:
        saved, given = line.decision, form.choice
        evidence = given.pop("evidence", None)
        chosen = assessment_of(self.pupil_return.collection.framework, **given)
        same = saved is not None and says_the_same(saved, chosen)
        return same and evidence in (None, saved.evidence if saved else None)

    def both_versions(self) -> HttpResponse | None:
        """The page of both, while what was typed rests on another version than is saved: older
        text never lies over newer answers. What says the same as is saved is forgotten.
        """
        if self.kept is None:
            return None
        data = self.kept.data
        # As a draft: what was kept need not be complete.
        data["do"] = DRAFT
        form = self.form_class(data, **self.form_options())
        if not form.is_valid():
            return None
        line = line_of(self.found)
        if self.says_what_is_saved(form, line):
            self.forget_typed()
            return None
        version = line.draft.version if line.draft else None
        if form.cleaned_data["version"] == version:
            return None
        return self.show_conflict(form, DecisionConflictError(line.decision, self.user))

    def show_conflict(
        self, form: DecisionForm, conflict: DecisionConflictError, status: int = 200
    ) -> HttpResponse:
        """The person's own text goes on in hidden inputs."""
        theirs, mine = conflict.current, form.choice
        own = {f"{LEVEL}{code}": level for code, level in mine["levels"].items()}
        own |= {"band": mine["band"].code if mine["band"] else ""}
        own |= {name: mine[name] for name in ("difference_reason", "rationale")}
        own |= {f"{EVIDENCE}{code}": said for code, said in mine.get("evidence", {}).items()}
        own |= {"started": form.cleaned_data["started"]}
        is_draft = theirs is not None and theirs.state == DecisionState.DRAFT
        context = self.get_context_data(form=None) | {
            "conflict": conflict,
            "theirs": theirs,
            "answers": both_answers(form, theirs),
            "own": own | {"version": theirs.version if is_draft and theirs else ""},
            "do": self.request.POST.get("do", ""),
        }
        self.form_is_there = True
        return render(self.request, "banding/decision_conflict.html", context, status=status)
