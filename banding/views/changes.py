"""Pupil changes of a school: left, not ours, staying on, joined; and undoing them (B7)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding.forms.changes import JoinerForm, PupilChangeForm
from banding.models import Joiner, Return, ReturnPupil
from banding.selectors.return_pupils import line_of
from banding.services.decisions import DecisionError, account_for, clear_account
from banding.services.joiners import JoinerError, add_joiner, withdraw_joiner
from banding.services.open_returns import ReturnClosedError, ReturnError, why_closed
from banding.views.finding import SENCO, find_return, find_row, frame, need_role
from banding_portal.access import PortalView


class PupilChangeEdit(PortalView):
    """Account for one pupil without a band."""

    allowed_roles = SENCO

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self.found(request, pk)
        reason = why_closed(row.pupil_return)
        if reason:
            messages.warning(request, reason)
            return redirect("banding:return_detail", row.pupil_return_id)
        initial = {
            "change": row.change,
            "change_date": row.change_date,
            "reason": row.change_reason,
        }
        return self.page(request, row, PupilChangeForm(row=row, initial=initial))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self.found(request, pk)
        form = PupilChangeForm(request.POST, row=row)
        if not form.is_valid():
            return self.page(request, row, form)
        try:
            account_for(return_pupil=row, by=request.user, **form.cleaned_data)
        except (DecisionError, ReturnClosedError) as error:
            form.add_error(None, str(error))
            return self.page(request, row, form)
        words = line_of(row).status_words
        messages.success(request, f"{row.pupil.display_name}: {words}.")
        return redirect("banding:return_detail", row.pupil_return_id)

    def found(self, request: HttpRequest, pk: UUID) -> ReturnPupil:
        row = find_row(request, pk)
        need_role(request, row.pupil_return, SENCO)
        return row

    def page(self, request: HttpRequest, row: ReturnPupil, form: PupilChangeForm) -> HttpResponse:
        context = frame(request, row.pupil_return) | {"row": row, "form": form}
        return render(request, "banding/pupil_change_edit.html", context)


class PupilChangeUndo(PortalView):
    allowed_roles = SENCO

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = find_row(request, pk)
        need_role(request, row.pupil_return, SENCO)
        try:
            clear_account(return_pupil=row, by=request.user)
            messages.success(request, f"{row.pupil.display_name} is on the list again.")
        except ReturnError as error:
            messages.warning(request, str(error))
        return redirect("banding:return_detail", row.pupil_return_id)


class JoinerCreate(PortalView):
    """Tell the authority of a pupil who joined."""

    allowed_roles = SENCO

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = self.found(request, pk)
        reason = why_closed(pupil_return)
        if reason:
            messages.warning(request, reason)
            return redirect("banding:return_detail", pk)
        return self.page(request, pupil_return, self.form(pupil_return))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = self.found(request, pk)
        form = self.form(pupil_return, request.POST)
        if not form.is_valid():
            return self.page(request, pupil_return, form)
        try:
            joiner = add_joiner(pupil_return=pupil_return, by=request.user, **form.cleaned_data)
        except (JoinerError, ReturnClosedError) as error:
            form.add_error(None, str(error))
            return self.page(request, pupil_return, form)
        messages.success(request, f"{joiner} is with the authority, to be placed at your school.")
        return redirect("banding:return_detail", pk)

    def found(self, request: HttpRequest, pk: UUID) -> Return:
        pupil_return = find_return(request, pk)
        need_role(request, pupil_return, SENCO)
        return pupil_return

    def form(self, pupil_return: Return, data: Any = None) -> JoinerForm:
        return JoinerForm(data, reference_date=pupil_return.collection.reference_date)

    def page(self, request: HttpRequest, pupil_return: Return, form: JoinerForm) -> HttpResponse:
        context: dict[str, Any] = frame(request, pupil_return) | {"form": form}
        return render(request, "banding/joiner_create.html", context)


class JoinerWithdraw(PortalView):
    allowed_roles = SENCO

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        found = Joiner.objects.visible_to(request.user).select_related("pupil_return")
        joiner = get_object_or_404(found, pk=pk)
        need_role(request, joiner.pupil_return, SENCO)
        try:
            withdraw_joiner(joiner=joiner, by=request.user)
            messages.success(request, f"{joiner} is taken off the return.")
        except (JoinerError, ReturnError) as error:
            messages.warning(request, str(error))
        return redirect("banding:return_detail", joiner.pupil_return_id)
