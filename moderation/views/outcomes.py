"""Settling a case: upheld, changed or withdrawn (M5, M8)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import JUDGES
from moderation.choices import CaseState
from moderation.forms import ChangeForm
from moderation.models import Case
from moderation.selectors.blind import Stage, stage_of
from moderation.selectors.settling import may_settle
from moderation.services.outcomes import change_case, uphold_case, withdraw_case


def settle_and_tell(
    request: HttpRequest, verb: Callable[..., Any], case: Case, done: str, **chosen: Any
) -> HttpResponse:
    """Runs the service, tells what happened, and goes back to the case."""
    try:
        verb(case=case, by=request.user, **chosen)
    except RefusalError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, done)
    return redirect("moderation:case_detail", pk=case.pk)


def visible_case(request: HttpRequest, pk: UUID) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user), pk=pk)


class SettleView(PortalView, abstract=True):
    """Done by a button of the case's page; who opens its address is led back there."""

    allowed_roles = JUDGES

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return redirect("moderation:case_detail", pk=visible_case(request, pk).pk)


class CaseUpholdView(SettleView):
    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        done = "Upheld. The school’s band is now the agreed band."
        return settle_and_tell(request, uphold_case, visible_case(request, pk), done)


class CaseWithdrawView(SettleView):
    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        done = "Withdrawn. The case does not count in the results."
        return settle_and_tell(request, withdraw_case, visible_case(request, pk), done)


class CaseChangeView(PortalView):
    """Another band, why, and from when. Only for whoever may see the school's band."""

    allowed_roles = JUDGES

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        case = comparable_case(request, pk)
        if case is None or case.state != CaseState.JUDGED or not may_settle(case, request.user):
            return redirect("moderation:case_detail", pk=pk)
        return self.show(request, case, ChangeForm(case=case))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        case = comparable_case(request, pk)
        if case is None:
            messages.error(request, "This case is not waiting to be settled by you.")
            return redirect("moderation:case_detail", pk=pk)
        form = ChangeForm(request.POST, case=case)
        if not form.is_valid():
            return self.show(request, case, form)
        done = "Changed. The new band is now the agreed band."
        return settle_and_tell(request, change_case, case, done, **form.cleaned_data)

    def show(self, request: HttpRequest, case: Case, form: ChangeForm) -> HttpResponse:
        context = {"form": form, "case": case, "decision": case.decision}
        return render(request, "moderation/case_change.html", context)


def comparable_case(request: HttpRequest, pk: UUID) -> Case | None:
    """The case with its decision; None while the person may not see that one (M4)."""
    cases = Case.objects.visible_to(request.user)
    case = get_object_or_404(cases.select_related("decision__band", "decision__framework"), pk=pk)
    open_to_see = stage_of(case, request.user) == Stage.COMPARING
    return case if open_to_see and case.state != CaseState.ASSIGNED else None
