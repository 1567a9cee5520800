"""Pupil changes of a school: left, not ours, staying on; and undoing them (B7)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from banding.changes.forms import PupilChangeForm
from banding.changes.services import account_for, clear_account
from banding.models import ReturnPupil
from banding.returns.finding import find_row, frame, need_role
from banding.returns.locks import ReturnClosedError
from banding.returns.progress import line_of
from banding.returns.readiness import why_closed
from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO


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
        except (RefusalError, ReturnClosedError) as error:
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
        except RefusalError as error:
            messages.warning(request, str(error))
        return redirect("banding:return_detail", row.pupil_return_id)
