"""What a person has to look at before a run is published (rules.md F3, F6)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import number
from funding.choices import ExceptionKind, RunState
from funding.forms.runs import ExceptionFilterForm, ReasonForAllForm, ReasonForm
from funding.models import Run
from funding.selectors.run_page import exception_counts, exceptions_to_read
from funding.services.exceptions import BEING_CHECKED, clear_exception, clear_exceptions
from funding.views.runs import run_for

PAGE = 50
ABOUT = {
    ExceptionKind.OVERLAP: "Two schools have the pupil on roll on the same days. The school where "
    "the pupil started later is paid. Correct the placement and calculate again, or say why this "
    "can stay.",
    ExceptionKind.NO_AGREED_BAND: "The pupil has an EHCP and no agreed band on these days, so "
    "nothing is paid for them. Enter the band and calculate again, or say why this can stay.",
}


class ExceptionList(PortalView):
    """Exceptions by kind; officers POST one reason for all of a kind that are left."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(request, run_for(request, pk), None)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        form = ReasonForAllForm(request.POST)
        if form.is_valid():
            try:
                done = clear_exceptions(run=run, by=request.user, **form.cleaned_data)
            except RefusalError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Cleared: {number(done)}.")
                return redirect("funding:exception_list", pk=pk)
        return self.show(request, run, form)

    def show(self, request: HttpRequest, run: Run, form: ReasonForAllForm | None) -> HttpResponse:
        filters = ExceptionFilterForm(request.GET or None)
        wanted = filters.cleaned_data if filters.is_valid() else {}
        kind = form["kind"].value() if form else wanted.get("kind")
        found = exceptions_to_read(run)
        if kind:
            found = found.filter(kind=kind)
        if wanted.get("state"):
            found = found.filter(cleared_at__isnull=wanted["state"] == "left")
        counts = exception_counts(run)
        context: dict[str, Any] = {
            "run": run,
            "filters": filters,
            "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "counts": counts,
            "left": sum(count.left for count in counts),
            "chosen": next((count for count in counts if count.kind == kind), None),
            "about": ABOUT.get(kind or "", ""),
            "form": form or ReasonForAllForm(initial={"kind": kind}),
            "may_clear": run.state == RunState.DRAFT and bool(request.user.roles & FINANCE_OFFICER),
        }
        return render(request, "funding/exception_list.html", context)


class ExceptionClear(PortalView):
    """One exception, and the reason why it can stay."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest, pk: UUID, exception: UUID) -> HttpResponse:
        run = run_for(request, pk)
        if run.state == RunState.CHECKED:
            messages.error(request, BEING_CHECKED)
            return redirect("funding:run_detail", pk=pk)
        return self.show(request, run, exception, None)

    def post(self, request: HttpRequest, pk: UUID, exception: UUID) -> HttpResponse:
        run = run_for(request, pk)
        found = get_object_or_404(exceptions_to_read(run), pk=exception)
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                clear_exception(exception=found, by=request.user, **form.cleaned_data)
            except RefusalError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Cleared: {found.pupil.reference}.")
                return redirect(f"{reverse('funding:exception_list', args=[pk])}?state=left")
        return self.show(request, run, exception, form)

    def show(
        self, request: HttpRequest, run: Run, exception: UUID, form: ReasonForm | None
    ) -> HttpResponse:
        found = get_object_or_404(exceptions_to_read(run), pk=exception)
        context = {
            "run": run,
            "exception": found,
            "about": ABOUT[ExceptionKind(found.kind)],
            "form": form or ReasonForm(initial={"reason": found.cleared_reason}),
        }
        return render(request, "funding/exception_clear.html", context)
