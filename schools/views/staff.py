"""The people of a school, as its headteacher keeps them."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404

from banding_portal.access import ConfirmsWho
from banding_portal.pages import FormPage
from banding_portal.roles import HEADTEACHER, Role
from schools.forms.people import StaffForm
from schools.models import School
from schools.selectors.people import staff_of
from schools.services.staff import invite_to_school, mail_about_staff
from schools.views.about_school import AboutSchool


class StaffList(ConfirmsWho, AboutSchool, FormPage[School]):
    """SENCOs and finance contacts of one's own school, and a form to invite another."""

    allowed_roles = HEADTEACHER
    form_class = StaffForm
    template_name = "schools/staff_list.html"

    def find(self) -> School:
        own = School.objects.filter(pk__in=self.user.school_ids_as(Role.HEADTEACHER))
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def act(self, form: StaffForm) -> str:
        given = invite_to_school(school=self.found, by=self.user, **form.cleaned_data)
        try:
            mail_about_staff(membership=given, by=self.user)
        except OSError:
            messages.warning(
                self.request,
                f"{given.user} has been added, but the email could not be sent. Ask an "
                "administrator of the authority to send it again.",
            )
            return ""
        return f"{given.user} is now {given}. An email was sent to {given.user.email}."

    def next_url(self) -> str:
        return self.request.path

    def context(self) -> dict[str, Any]:
        return {"school": self.found, "staff": staff_of(self.found)}
