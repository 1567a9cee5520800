"""The band decision page (rules.md B2, B3, B8)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from banding.assessment.forms import LEVEL
from banding.choices import DecisionState, RequestState
from banding.decisions.forms import DRAFT, EXCEPTIONAL, SUGGEST, DecisionForm, initial_of
from banding.decisions.selectors import decisions_over_time
from banding.decisions.services import DecisionConflictError, discard_draft, save_draft
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import BandDecision, ExceptionalRequest, Framework, ReturnPupil
from banding.returns.finding import find_row, frame, holds, need_role
from banding.returns.locks import ReturnClosedError
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import PupilLine, line_of, progress_of_return
from banding.returns.readiness import why_closed
from banding_portal.access import PortalRequest, PortalView
from banding_portal.pages import ActionPage
from banding_portal.refusals import RefusalError
from banding_portal.roles import RETURN_READERS, SENCO
from schools.models import User


def decision_form(framework: Framework, data: Any = None, **kwargs: Any) -> DecisionForm:
    areas = areas_with_levels(framework)
    rules = rules_of(framework, areas)
    return DecisionForm(data, framework=framework, areas=areas, rules=rules, **kwargs)


class DecisionEdit(PortalView):
    """Choose levels and a band for one pupil; read only when the return is not open."""

    allowed_roles = RETURN_READERS
    write_roles = SENCO

    def get(self, request: PortalRequest, pk: UUID) -> HttpResponse:
        row = find_row(request, pk)
        line = line_of(row)
        if not may_decide(request.user, row):
            return read_only(request, line)
        initial = initial_of(line.decision) | {"version": line.draft and line.draft.version}
        form = decision_form(row.pupil_return.collection.framework, initial=initial)
        return decision_page(request, line, form)

    def post(self, request: PortalRequest, pk: UUID) -> HttpResponse:
        row = find_row(request, pk)
        need_role(request, row.pupil_return, SENCO)
        form = decision_form(row.pupil_return.collection.framework, request.POST)
        valid = form.is_valid()
        if request.POST.get("do") == SUGGEST or not valid:
            return decision_page(request, line_of(row), form)
        return self.save(request, row, form)

    def save(self, request: PortalRequest, row: ReturnPupil, form: DecisionForm) -> HttpResponse:
        version = form.cleaned_data["version"]
        if request.POST.get("do") == EXCEPTIONAL and form.is_empty:
            return redirect("banding:exceptional_create", row.pk)
        try:
            save_draft(return_pupil=row, by=request.user, version=version, **form.choice)
        except DecisionConflictError as conflict:
            return conflict_page(request, row, form, conflict)
        except (RefusalError, ReturnClosedError) as error:
            form.add_error(None, str(error))
            return decision_page(request, line_of(row), form)
        return self.after(request, row)

    def after(self, request: PortalRequest, row: ReturnPupil) -> HttpResponse:
        name = row.pupil.display_name
        if request.POST.get("do") == EXCEPTIONAL:
            return redirect("banding:exceptional_create", row.pk)
        if request.POST.get("do") == DRAFT:
            messages.success(request, f"Draft for {name} saved.")
            return redirect("banding:return_detail", row.pupil_return_id)
        progress = progress_of_return(row.pupil_return)
        following = progress.next_after(row)
        if following is None:
            messages.success(request, f"{name} saved. Every pupil is done.")
            return redirect("banding:return_check", row.pupil_return_id)
        messages.success(request, f"{name} saved. {progress.left} left to do.")
        return redirect("banding:decision_edit", following.row.pk)


class DecisionSuggestion(PortalView):
    """The suggestion box alone, as the choices change; nothing is saved."""

    allowed_roles = SENCO

    def post(self, request: PortalRequest, pk: UUID) -> HttpResponse:
        row = find_row(request, pk)
        need_role(request, row.pupil_return, SENCO)
        form = decision_form(row.pupil_return.collection.framework, request.POST)
        return render(request, "banding/_suggestion.html", {"decision_form": form})


class DecisionDiscard(AboutReturnPupil, ActionPage):
    """Remove a draft; what was submitted before stays."""

    allowed_roles = own_roles = SENCO

    def act(self) -> str:
        discard_draft(return_pupil=self.found, by=self.user)
        return f"The draft for {self.found.pupil.display_name} is removed."


def may_decide(user: User, row: ReturnPupil) -> bool:
    return holds(user, row.pupil_return, SENCO) and row.pupil_return.is_open


def page_context(request: PortalRequest, line: PupilLine) -> dict[str, Any]:
    """What is known of the pupil, beside the form."""
    earlier = decisions_over_time(line.pupil, request.user)
    return frame(request, line.row.pupil_return) | {
        "line": line,
        "pupil": line.pupil,
        "plan": plan_of(line),
        "earlier": earlier.exclude(pk=line.submitted.pk) if line.submitted else earlier,
        "exceptional": ExceptionalRequest.objects.filter(return_pupil=line.row)
        .exclude(state=RequestState.WITHDRAWN)
        .last(),
    }


def plan_of(line: PupilLine) -> Any:
    day = line.row.pupil_return.collection.reference_date
    plans = line.pupil.plans.since(day).filter(plan_type=line.row.plan_type)
    return plans.order_by("start").last()


def decision_page(request: PortalRequest, line: PupilLine, form: DecisionForm) -> HttpResponse:
    context = page_context(request, line) | {
        "form": form,
        "decision_form": form,
        "page_has_errors": form.is_bound and bool(form.errors),
        "suggestion_url": reverse("banding:decision_suggestion", args=[line.row.pk]),
    }
    return render(request, "banding/decision_edit.html", context)


def read_only(request: PortalRequest, line: PupilLine) -> HttpResponse:
    context = page_context(request, line) | {
        "decision": line.decision,
        "levels": chosen_levels(line.decision),
        "why_closed": why_closed(line.row.pupil_return),
    }
    return render(request, "banding/decision_detail.html", context)


def chosen_levels(decision: BandDecision | None) -> list[Any]:
    return list(decision.levels.select_related("area", "level")) if decision else []


def conflict_page(
    request: PortalRequest, row: ReturnPupil, form: DecisionForm, conflict: DecisionConflictError
) -> HttpResponse:
    """Both versions side by side; the person's own text goes on in hidden inputs (B8)."""
    theirs, mine = conflict.current, form.choice
    own = {f"{LEVEL}{code}": level for code, level in mine["levels"].items()}
    own |= {"band": mine["band"].code if mine["band"] else ""}
    own |= {name: mine[name] for name in ("difference_reason", "rationale")}
    is_draft = theirs is not None and theirs.state == DecisionState.DRAFT
    context = frame(request, row.pupil_return) | {
        "row": row,
        "pupil": row.pupil,
        "conflict": conflict,
        "theirs": theirs,
        "answers": both_answers(form, theirs),
        "own": own | {"version": theirs.version if is_draft and theirs else ""},
        "do": request.POST.get("do", ""),
    }
    return render(request, "banding/decision_conflict.html", context, status=409)


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
