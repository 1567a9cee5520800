"""Choosing one of the person's schools."""

from typing import Any

from banding_portal.forms import PortalForm
from banding_portal.roles import SCHOOL_ROLES, Role
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, User


class StatementFilterForm(PortalForm):
    school = SchoolField(label="School", empty_label="All your schools", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = School.objects.visible_to(user)
        if user.has_role(Role.AUDITOR):
            offer_schools(self, "school", self.schools, nothing="All schools")
        else:
            self.schools = self.schools.filter(pk__in=user.school_ids_as(*SCHOOL_ROLES))
            offer_schools(self, "school", self.schools)
