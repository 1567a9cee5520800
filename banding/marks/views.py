"""Somebody of the school has looked at what the authority asked about a pupil."""

from django.urls import reverse

from banding.marks.forms import shown_marks
from banding.marks.services import look_at
from banding.returns.pages import AboutReturnPupil
from banding_portal.pages import ActionPage
from banding_portal.roles import BANDING_SCHOOL_ROLES


class MarksLooked(AboutReturnPupil, ActionPage):
    """Behind the button beside the message, whether or not an answer changes."""

    allowed_roles = own_roles = BANDING_SCHOOL_ROLES

    def act(self) -> str:
        look_at(return_pupil=self.found, by=self.user, marks=shown_marks(self.request.POST))
        return f"{self.found.pupil} is marked as checked."

    def next_url(self) -> str:
        return reverse("banding:decision_edit", args=[self.found.pk])
