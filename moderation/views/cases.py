"""The list of cases, and the page of one: judged blind, then compared (M4)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import (
    JUDGES,
    MODERATION_LEAD,
    MODERATION_OVERSIGHT,
    MODERATION_READERS,
    Role,
)
from banding_portal.words import day
from moderation.choices import CaseState
from moderation.forms import CaseAssignForm, CaseFilterForm, JudgementForm
from moderation.models import Case, Judgement
from moderation.selectors.blind import (
    BlindCase,
    Stage,
    blind_cases,
    framework_of,
    plan_reference,
    seen_by,
    stage_of,
)
from moderation.selectors.comparison import comparison_for
from moderation.selectors.progress import my_cases
from moderation.selectors.settling import is_disputed, may_settle, withdrawal_reason
from moderation.services.assignment import assign_case
from moderation.services.judgements import lock_judgement, save_draft
from schools.models import User

PAGE = 50


class CaseListView(PortalView):
    """A moderator's own cases; every case for the lead and auditors. No bands at all."""

    allowed_roles = MODERATION_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        everything = bool(request.user.roles & MODERATION_OVERSIGHT)
        cases = Case.objects.visible_to(request.user)
        if not everything:
            cases = cases.given_to(request.user)
        form = CaseFilterForm(request.GET or None, everything=everything)
        wanted = form.cleaned_data if form.is_valid() else {}
        page = Paginator(filtered(cases, wanted), PAGE).get_page(request.GET.get("page"))
        shown = seen_by(request.user, list(page.object_list))
        people = people_of(shown)
        context = {
            "filters": form,
            "page_obj": page,
            "rows": [
                {
                    "case": case,
                    "moderator": people.get(case.moderator_id),
                    "second": people.get(case.second_moderator_id),
                }
                for case in shown
            ],
            "everything": everything,
        }
        return render(request, "moderation/case_list.html", context)


class Blind:
    """A queryset of cases that a paginator slices into blind ones."""

    def __init__(self, cases: Any) -> None:
        self.cases = cases

    def count(self) -> int:
        return self.cases.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[BlindCase]:
        return blind_cases(self.cases[part])


def filtered(cases: Any, wanted: dict[str, Any]) -> Blind:
    if wanted.get("state"):
        cases = cases.filter(state=wanted["state"])
    if wanted.get("sample"):
        cases = cases.filter(sample=wanted["sample"])
    if wanted.get("quadrant"):
        cases = cases.filter(decision__school__quadrant=wanted["quadrant"])
    if wanted.get("moderator"):
        cases = cases.given_to(wanted["moderator"])
    return Blind(cases)


def people_of(cases: list[BlindCase]) -> dict[UUID, User]:
    wanted = {pk for case in cases for pk in (case.moderator_id, case.second_moderator_id)}
    return User.objects.in_bulk([pk for pk in wanted if pk])


class CaseDetailView(PortalView):
    """Blind until one's own judgement is locked, then beside the school's decision."""

    allowed_roles = MODERATION_READERS
    write_roles = JUDGES

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        visible = Case.objects.visible_to(request.user)
        case = blind_or_404(visible, pk)
        match stage_of(case, request.user):
            case Stage.JUDGING:
                framework = framework_of(case)
                own = Judgement.objects.filter(case=case.pk, moderator=request.user).first()
                initial = JudgementForm.initial_from(own)
                form = JudgementForm(framework=framework, initial=initial)
                return show_judging(request, case, form)
            case Stage.COMPARING:
                return show_comparison(request, visible, case)
        return show_waiting(request, visible, case)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        case = blind_or_404(Case.objects.visible_to(request.user).given_to(request.user), pk)
        draft = "draft" in request.POST
        form = JudgementForm(request.POST, framework=framework_of(case), draft=draft)
        if not form.is_valid():
            return show_judging(request, case, form)
        keep = save_draft if draft else lock_judgement
        try:
            keep(case=Case(pk=case.pk), by=request.user, answers=form.answers())
        except RefusalError as problem:
            messages.error(request, str(problem))
        else:
            done = "Draft saved." if draft else "Your judgement is locked."
            messages.success(request, done)
        return redirect("moderation:case_detail", pk=pk)


def blind_or_404(cases: Any, pk: UUID) -> BlindCase:
    found = blind_cases(cases.filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def show_judging(request: HttpRequest, case: BlindCase, form: JudgementForm) -> HttpResponse:
    held = Case.objects.select_related("decision").only(*ROLL_COLUMNS).get(pk=case.pk)
    context = {"case": case, "form": form, "withdrawal": withdrawal_reason(held)}
    context["plan_reference"] = plan_reference(case)
    return render(request, "moderation/case_judge.html", context)


# Enough to tell whether the pupil is still there, and nothing of the decision's content.
ROLL_COLUMNS = ("decision__pupil_id", "decision__school_id", "decision__state")


def show_comparison(request: HttpRequest, visible: Any, blind: BlindCase) -> HttpResponse:
    case = visible.select_related(
        "decision__band",
        "decision__framework",
        "moderator",
        "second_moderator",
        "outcome__band",
        "outcome__recorded_by",
    ).get(pk=blind.pk)
    outcome = getattr(case, "outcome", None)
    settling = case.state == CaseState.JUDGED and may_settle(case, request.user)
    context = {
        "case": seen_by(request.user, [blind])[0],
        "comparison": comparison_for(case, request.user),
        "outcome": outcome,
        "outcome_from": day(outcome.effective_from) if outcome else "",
        "uphold_words": f"Uphold {case.decision.band}",
        "may_settle": settling,
        "disputed": is_disputed(case),
        "withdrawal": withdrawal_reason(case) if settling else "",
        "judged": case.state == CaseState.JUDGED,
    }
    if not settling and request.user.has_role(Role.MODERATOR):
        context |= next_case(request.user)
    return render(request, "moderation/case_compare.html", context)


def next_case(user: User) -> dict[str, str]:
    """Words and address of the button to the person's next case, if there is one."""
    mine = my_cases(user)
    words = "Judge the next case" if mine.next_to_judge else "Settle the next case"
    pk = mine.next_to_judge or mine.next_to_settle
    return (
        {"next_words": words, "next_url": reverse("moderation:case_detail", args=[pk])}
        if pk
        else {}
    )


def show_waiting(request: HttpRequest, visible: Any, blind: BlindCase) -> HttpResponse:
    """Who judges the case, and nothing of the decision."""
    people = people_of([blind])
    context = {
        "case": blind,
        "moderator": people.get(blind.moderator_id),
        "second": people.get(blind.second_moderator_id),
        "may_assign": bool(request.user.roles & MODERATION_LEAD) and blind.state in ASSIGNABLE,
    }
    return render(request, "moderation/case_waiting.html", context)


ASSIGNABLE = (CaseState.UNASSIGNED, CaseState.ASSIGNED)


class CaseAssignView(PortalView):
    """The lead gives one case to somebody by hand."""

    allowed_roles = MODERATION_LEAD

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        case = self.case_for(request, pk)
        initial = {"moderator": case.moderator_id, "second_moderator": case.second_moderator_id}
        return self.show(request, case, CaseAssignForm(case=case, initial=initial))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        case = self.case_for(request, pk)
        form = CaseAssignForm(request.POST, case=case)
        if not form.is_valid():
            return self.show(request, case, form)
        chosen = form.cleaned_data
        try:
            assign_case(
                case=case,
                by=request.user,
                moderator=chosen["moderator"],
                second=chosen["second_moderator"],
            )
        except RefusalError as problem:
            form.add_error(None, str(problem))
            return self.show(request, case, form)
        messages.success(request, f"Case {case.reference} is assigned.")
        return redirect("moderation:case_detail", pk=pk)

    def case_for(self, request: HttpRequest, pk: UUID) -> Case:
        cases = Case.objects.visible_to(request.user).select_related("decision__school")
        return get_object_or_404(cases, pk=pk)

    def show(self, request: HttpRequest, case: Case, form: CaseAssignForm) -> HttpResponse:
        context = {"form": form, "reference": case.reference, "pk": case.pk}
        return render(request, "moderation/case_assign.html", context)
