"""The band decision page (rules.md B2, B3, B8)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from banding.assessment.forms import LEVEL
from banding.choices import DecisionState, RequestState
from banding.decisions.forms import DRAFT, EXCEPTIONAL, SUGGEST, DecisionForm, initial_of
from banding.decisions.selectors import decisions_over_time
from banding.decisions.services import DecisionConflictError, discard_draft, save_draft
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import BandDecision, ExceptionalRequest
from banding.returns.actions import return_actions
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import PupilLine, line_of, progress_of_return
from banding_portal.pages import ActionPage, FormPage
from banding_portal.refusals import RefusalError
from banding_portal.roles import RETURN_READERS, SENCO


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
        return {"framework": framework, "areas": areas, "rules": rules_of(framework, areas)}


class DecisionEdit(AboutDecision):
    """Choose levels and a band for one pupil; read only when the return is not open."""

    allowed_roles = RETURN_READERS
    write_roles = own_write_roles = SENCO
    after = ""
    """Where a saved decision leads."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if return_actions(self.pupil_return, self.user).may("answer"):
            return super().get(*args, **kwargs)
        return self.read_only(line_of(self.found))

    def get_initial(self) -> dict[str, Any]:
        if self.request.method == "POST":
            return {}
        line = line_of(self.found)
        return initial_of(line.decision) | {"version": line.draft and line.draft.version}

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        if self.wanted == SUGGEST:
            return self.show(form)
        if self.wanted == EXCEPTIONAL and form.is_empty:
            return redirect("banding:exceptional_create", self.found.pk)
        return super().form_valid(form)

    def form_refused(self, form: DecisionForm, refusal: RefusalError) -> HttpResponse:
        if isinstance(refusal, DecisionConflictError):
            return self.show_conflict(form, refusal)
        return super().form_refused(form, refusal)

    def act(self, form: DecisionForm) -> str:
        version = form.cleaned_data["version"]
        save_draft(return_pupil=self.found, by=self.user, version=version, **form.choice)
        name = self.found.pupil.display_name
        if self.wanted == EXCEPTIONAL:
            self.after = reverse("banding:exceptional_create", args=[self.found.pk])
            return ""
        if self.wanted == DRAFT:
            self.after = super().next_url()
            return f"Draft for {name} saved."
        return f"{name} saved. {self.lead_on()}"

    def lead_on(self) -> str:
        """Go on to the next pupil; says how many are left."""
        progress = progress_of_return(self.pupil_return)
        following = progress.next_after(self.found)
        if following is None:
            self.after = reverse("banding:return_check", args=[self.pupil_return.pk])
            return "Every pupil is done."
        self.after = reverse("banding:decision_edit", args=[following.row.pk])
        return f"{progress.left} left to do."

    def next_url(self) -> str:
        return self.after

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = line_of(self.found)
        form = kwargs.get("form")
        self.form_is_there = form is not None and not line.is_off
        own = {
            "decision_form": form,
            "page_has_errors": form is not None and form.is_bound and bool(form.errors),
            "suggestion_url": reverse("banding:decision_suggestion", args=[line.row.pk]),
        }
        return super().get_context_data(**kwargs) | known_of(line, self.user) | own

    def read_only(self, line: PupilLine) -> HttpResponse:
        shown = {
            "decision": line.decision,
            "levels": chosen_levels(line.decision),
            "why_closed": self.pupil_return.why_closed,
        }
        context = self.get_context_data(form=None) | shown
        return render(self.request, "banding/decision_detail.html", context)

    def show_conflict(self, form: DecisionForm, conflict: DecisionConflictError) -> HttpResponse:
        """Both versions side by side; the person's own text goes on in hidden inputs (B8)."""
        self.keep_unsaved()
        theirs, mine = conflict.current, form.choice
        own = {f"{LEVEL}{code}": level for code, level in mine["levels"].items()}
        own |= {"band": mine["band"].code if mine["band"] else ""}
        own |= {name: mine[name] for name in ("difference_reason", "rationale")}
        is_draft = theirs is not None and theirs.state == DecisionState.DRAFT
        context = self.get_context_data(form=None) | {
            "conflict": conflict,
            "theirs": theirs,
            "answers": both_answers(form, theirs),
            "own": own | {"version": theirs.version if is_draft and theirs else ""},
            "do": self.wanted,
        }
        self.form_is_there = True
        return render(self.request, "banding/decision_conflict.html", context, status=409)


class DecisionSuggestion(AboutDecision):
    """The suggestion box alone, as the choices change; nothing is saved."""

    allowed_roles = own_roles = SENCO
    keeps_typed = False
    http_method_names = ["post"]

    def prepare(self) -> None:
        if self.request.method == "POST":
            super().prepare()

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {"decision_form": self.get_form()}
        return render(self.request, "banding/_suggestion.html", context)


class DecisionDiscard(AboutReturnPupil, ActionPage):
    """Remove a draft; what was submitted before stays."""

    allowed_roles = own_roles = SENCO

    def act(self) -> str:
        discard_draft(return_pupil=self.found, by=self.user)
        return f"The draft for {self.found.pupil.display_name} is removed."


def known_of(line: PupilLine, user: Any) -> dict[str, Any]:
    """What is known of the pupil, beside the form."""
    earlier = decisions_over_time(line.pupil, user)
    requests = ExceptionalRequest.objects.filter(return_pupil=line.row)
    return {
        "line": line,
        "pupil": line.pupil,
        "plan": plan_of(line),
        "earlier": earlier.exclude(pk=line.submitted.pk) if line.submitted else earlier,
        "exceptional": requests.exclude(state=RequestState.WITHDRAWN).last(),
    }


def plan_of(line: PupilLine) -> Any:
    day = line.row.pupil_return.collection.reference_date
    plans = line.pupil.plans.since(day).filter(plan_type=line.row.plan_type)
    return plans.order_by("start").last()


def chosen_levels(decision: BandDecision | None) -> list[Any]:
    return list(decision.levels.select_related("area", "level")) if decision else []


def both_answers(form: DecisionForm, theirs: BandDecision | None) -> list[dict[str, Any]]:
    """Every answer as saved and as typed."""
    saved = {c.area_id: c.level.code for c in chosen_levels(theirs)}
    mine = form.choice
    answers = [
        {"name": a.name, "theirs": saved.get(a.pk, ""), "mine": mine["levels"][a.code]}
        for a in form.areas
    ]
    for key, name in (
        ("band", "Band"),
        ("difference_reason", "Why another band"),
        ("rationale", "Rationale"),
    ):
        answers.append({"name": name, "theirs": getattr(theirs, key, None), "mine": mine[key]})
    return answers
