"""Pupil changes of a school: left, not ours, staying on; and undoing them (B7)."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from banding.changes.forms import PupilChangeForm
from banding.changes.services import account_for, clear_account
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import line_of
from banding_portal.kept_forms.services import forget_form
from banding_portal.pages import ActionPage, FormPage
from banding_portal.roles import SENCO

CANCEL = "cancel"


class PupilChangeEdit(AboutReturnPupil, FormPage):
    """Account for one pupil without a band."""

    allowed_roles = own_roles = SENCO
    form_class = PupilChangeForm
    template_name = "banding/pupil_change_edit.html"

    def answer_first(self) -> HttpResponseBase | None:
        """“Cancel” leaves nothing behind that would be told as not saved."""
        if self.request.POST.get("do") == CANCEL:
            forget_form(user=self.user, path=self.request.path)
            return redirect("banding:return_detail", self.pupil_return.pk)
        return super().answer_first()

    def why_closed(self) -> str:
        return self.pupil_return.why_closed

    def get_initial(self) -> dict[str, Any]:
        row = self.found
        return {
            "change": row.change,
            "change_date": row.change_date,
            "reason": row.change_reason,
            "destination": row.destination,
        }

    def form_options(self) -> dict[str, Any]:
        return {"row": self.found}

    def act(self, form: PupilChangeForm) -> str:
        names = ("change", "change_date", "reason", "destination")
        said = {name: form.cleaned_data[name] for name in names}
        account_for(return_pupil=self.found, by=self.user, **said)
        forget_form(user=self.user, path=self.request.path)
        return f"{self.found.pupil}: {line_of(self.found).status_words}."


class PupilChangeUndo(AboutReturnPupil, ActionPage):
    allowed_roles = own_roles = SENCO

    def act(self) -> str:
        clear_account(return_pupil=self.found, by=self.user)
        forget_form(user=self.user, path=reverse("banding:pupil_change", args=[self.found.pk]))
        return f"{self.found.pupil} is on the list again."
