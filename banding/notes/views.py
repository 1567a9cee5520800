"""A school's own note about a pupil."""

from typing import Any

from django.urls import reverse

from banding.notes.forms import NoteForm
from banding.notes.services import write_note
from banding.returns.pages import AboutReturnPupil
from banding_portal.pages import FormPage
from banding_portal.roles import BANDING_SCHOOL_ROLES


class NoteEdit(AboutReturnPupil, FormPage):
    """Written and read by the school alone."""

    allowed_roles = own_roles = BANDING_SCHOOL_ROLES
    form_class = NoteForm
    template_name = "banding/note_edit.html"

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.found.school_note}

    def act(self, form: NoteForm) -> str:
        write_note(return_pupil=self.found, by=self.user, **form.cleaned_data)
        return "The note is saved."

    def next_url(self) -> str:
        return reverse("banding:decision_edit", args=[self.found.pk])
