"""Exceptional requests: a school asks, the authority sees and answers (rules.md B11)."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding.choices import RequestState
from banding.exceptional.forms import AnswerForm, ExceptionalRequestForm
from banding.exceptional.services import answer_request, ask_for_exception, withdraw_request
from banding.models import ExceptionalRequest, ReturnPupil
from banding.returns.finding import find_row, frame, need_role
from banding.returns.progress import line_of
from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import ALL_PUPIL_ROLES, SENCO, SEND_OFFICER

RELATED = (
    "return_pupil__pupil",
    "return_pupil__pupil_return__school",
    "return_pupil__pupil_return__collection__framework",
    "asked_by",
    "answered_by",
)


class ExceptionalRequestCreate(PortalView):
    """This band does not secure the provision in the plan."""

    allowed_roles = SENCO

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self.found(request, pk)
        waiting = row.exceptional_requests.waiting().first()
        initial = {"reason": waiting.reason} if waiting else {}
        return self.page(request, row, ExceptionalRequestForm(initial=initial))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self.found(request, pk)
        form = ExceptionalRequestForm(request.POST)
        if not form.is_valid():
            return self.page(request, row, form)
        ask_for_exception(return_pupil=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The authority has your exceptional request.")
        return redirect("banding:decision_edit", row.pk)

    def found(self, request: HttpRequest, pk: UUID) -> ReturnPupil:
        row = find_row(request, pk)
        need_role(request, row.pupil_return, SENCO)
        return row

    def page(
        self, request: HttpRequest, row: ReturnPupil, form: ExceptionalRequestForm
    ) -> HttpResponse:
        context = frame(request, row.pupil_return) | {"row": row, "form": form}
        return render(request, "banding/exceptional_create.html", context)


class ExceptionalRequestWithdraw(PortalView):
    allowed_roles = SENCO

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        found = ExceptionalRequest.objects.visible_to(request.user).select_related(*RELATED)
        asked = get_object_or_404(found, pk=pk)
        need_role(request, asked.return_pupil.pupil_return, SENCO)
        try:
            withdraw_request(request=asked, by=request.user)
            messages.success(request, "The exceptional request is withdrawn.")
        except RefusalError as error:
            messages.warning(request, str(error))
        return redirect("banding:decision_edit", asked.return_pupil_id)


class ExceptionalRequestList(PortalView):
    allowed_roles = ALL_PUPIL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        found = ExceptionalRequest.objects.visible_to(request.user).select_related(*RELATED)
        page = Paginator(found.order_by("-state", "asked_at"), 25).get_page(request.GET.get("page"))
        return render(request, "banding/exceptional_list.html", {"page_obj": page})


class ExceptionalRequestDetail(PortalView):
    """One request, with the decision it is about, and its answer."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = SEND_OFFICER

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.page(request, self.found(request, pk), AnswerForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        asked, form = self.found(request, pk), AnswerForm(request.POST)
        try:
            if form.is_valid():
                answer_request(request=asked, answer=form.cleaned_data["answer"], by=request.user)
                messages.success(request, "The school can read your answer now.")
                return redirect("banding:exceptional_list")
        except RefusalError as error:
            form.add_error(None, str(error))
        return self.page(request, asked, form)

    def found(self, request: HttpRequest, pk: UUID) -> ExceptionalRequest:
        found = ExceptionalRequest.objects.visible_to(request.user).select_related(*RELATED)
        return get_object_or_404(found, pk=pk)

    def page(
        self, request: HttpRequest, asked: ExceptionalRequest, form: AnswerForm
    ) -> HttpResponse:
        context = {
            "asked": asked,
            "line": line_of(asked.return_pupil),
            "form": form,
            "may_answer": asked.state == RequestState.WAITING
            and request.user.has_role(*SEND_OFFICER),
        }
        return render(request, "banding/exceptional_detail.html", context)
